// Custom properties to try. The list of them, what they are and what they are without a page comes from the element's own manifest
// and styles.
import '../src/define.js';
import { customProperties } from 'virtual:custom-properties';

type Scheme = 'light' | 'dark';
type Values = ReadonlyMap<string, string>;

/** A look: what is set, for both schemes alike or as `light-dark()`. */
const PRESETS = new Map<string, Record<string, string>>([
  ['As it comes', {}],
  [
    'A code forge',
    {
      '--llm-font': '-apple-system, "Segoe UI", "Noto Sans", sans-serif',
      '--llm-font-size': '14px',
      '--llm-row-height': '32px',
      '--llm-background': 'light-dark(#ffffff, #0d1117)',
      '--llm-surface': 'light-dark(#f6f8fa, #151b23)',
      '--llm-line': 'light-dark(#d1d9e0, #3d444d)',
      '--llm-text': 'light-dark(#1f2328, #f0f6fc)',
      '--llm-muted': 'light-dark(#59636e, #9198a1)',
      '--llm-hover': 'light-dark(#eff2f5, #1c2129)',
      '--llm-selection': 'light-dark(#ddf4ff, #132339)',
      '--llm-focus': 'light-dark(#0969da, #4493f8)',
      '--llm-view-radius': '6px',
    },
  ],
  [
    'Paper',
    {
      '--llm-font': 'Georgia, "Times New Roman", serif',
      '--llm-font-size': '14px',
      '--llm-radius': '2px',
      '--llm-view-radius': '0px',
      '--llm-background': 'light-dark(#fdfaf3, #1d1a15)',
      '--llm-surface': 'light-dark(#f5efe2, #26221b)',
      '--llm-line': 'light-dark(#ddd3bd, #443d30)',
      '--llm-text': 'light-dark(#2a241a, #efe8d8)',
      '--llm-muted': 'light-dark(#665c49, #b5aa93)',
      '--llm-hover': 'light-dark(#f3ecdc, #2b261e)',
      '--llm-selection': 'light-dark(#efe3c6, #3b3322)',
      '--llm-focus': 'light-dark(#7a3f00, #e5b36a)',
    },
  ],
  [
    'High contrast',
    {
      '--llm-font-size': '15px',
      '--llm-font-size-small': '13px',
      '--llm-row-height': '34px',
      '--llm-background': 'light-dark(#ffffff, #000000)',
      '--llm-surface': 'light-dark(#ffffff, #000000)',
      '--llm-line': 'light-dark(#000000, #ffffff)',
      '--llm-text': 'light-dark(#000000, #ffffff)',
      '--llm-muted': 'light-dark(#000000, #ffffff)',
      '--llm-hover': 'light-dark(#e6e6e6, #262626)',
      '--llm-selection': 'light-dark(#cfe3ff, #00306b)',
      '--llm-focus': 'light-dark(#0037b3, #8fb8ff)',
    },
  ],
  [
    'Small and dense',
    { '--llm-font-size': '12px', '--llm-font-size-small': '11px', '--llm-row-height': '24px', '--llm-radius': '3px' },
  ],
]);

const view = document.querySelector('llm-trace-view')!;
const form = document.querySelector<HTMLFormElement>('.properties')!;
const preset = document.querySelector<HTMLSelectElement>('#preset')!;
const scheme = document.querySelector<HTMLSelectElement>('#scheme')!;
const style = document.querySelector<HTMLElement>('#style')!;

const isColour = (value: string): boolean => /^(light-dark\(|#)/.test(value);
const both = (value: string): Record<Scheme, string> => {
  const [, light, dark] = /^light-dark\((#\w+), (#\w+)\)$/.exec(value) ?? ['', value, value];
  return { light, dark };
};

const initial: Values = new Map(customProperties.map(({ name, initial: value }) => [name, value]));
const set = new Map<string, string>();
const valueOf = (name: string): string => set.get(name) ?? initial.get(name)!;

function change(name: string, value: string): void {
  const now = both(valueOf(name));
  const next = isColour(initial.get(name)!)
    ? `light-dark(${scheme.value === 'light' ? value : now.light}, ${scheme.value === 'dark' ? value : now.dark})`
    : value;
  if (next === initial.get(name) || next === '') set.delete(name);
  else set.set(name, next);
  apply();
}

/** Sets what is set, and says it as CSS. */
function apply(): void {
  for (const { name } of customProperties) view.style.setProperty(name, set.get(name) ?? null);
  const lines = Array.from(set, ([name, value]) => `  ${name}: ${value};`);
  style.textContent = lines.length > 0 ? `llm-trace-view {\n${lines.join('\n')}\n}` : '/* Nothing is changed yet. */';
}

/** The controls, with what holds now. */
function showControls(): void {
  form.replaceChildren(
    ...customProperties.map(({ name, description }) => {
      const label = document.createElement('label');
      const input = document.createElement('input');
      const words = document.createElement('span');
      const code = document.createElement('code');
      code.textContent = name;
      words.append(code, ` ${description}`);
      input.name = name;
      if (isColour(initial.get(name)!)) {
        input.type = 'color';
        input.value = both(valueOf(name))[scheme.value as Scheme];
      } else {
        input.value = valueOf(name);
      }
      input.addEventListener('input', () => change(name, input.value));
      label.append(input, words);
      return label;
    }),
  );
}

preset.append(...Array.from(PRESETS.keys(), (name) => new Option(name, name)));
preset.addEventListener('change', () => {
  set.clear();
  for (const [name, value] of Object.entries(PRESETS.get(preset.value)!)) set.set(name, value);
  apply();
  showControls();
});
scheme.value = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
const showScheme = (): void => {
  view.theme = scheme.value as Scheme;
  showControls();
};
scheme.addEventListener('change', showScheme);
document.querySelector('#reset')!.addEventListener('click', () => {
  set.clear();
  preset.selectedIndex = 0;
  apply();
  showControls();
});
form.addEventListener('submit', (event) => event.preventDefault());
apply();
showScheme();
