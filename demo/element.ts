// The page of an element: controls of its attributes, the code as it would be written with them, and what events come.

interface Attribute {
  name: string;
  type: string;
  default?: string;
  description: string;
}

interface Data {
  tagName: string;
  attributes: Attribute[];
  events: string[];
}

const data = JSON.parse(document.querySelector('#data')!.textContent) as Data;
const shown = document.querySelector<HTMLElement>(`.example ${data.tagName}`);
const place = document.querySelector('.try');

/** What can be chosen, where a type is a list of texts. */
const choicesOf = (type: string): string[] => Array.from(type.matchAll(/'([^']*)'/g), ([, choice]) => choice!);

/** The value that an attribute has where it is not there, as text. */
const initialOf = ({ default: initial = '' }: Attribute): string => initial.replaceAll("'", '').replaceAll('_', '');

function set(element: HTMLElement, name: string, value: string): void {
  // eslint-disable-next-line no-restricted-syntax -- The name is one of the manifest.
  element.setAttribute(name, value);
}

function controlOf(element: HTMLElement, attribute: Attribute): HTMLElement {
  const { name, type, description } = attribute;
  const label = document.createElement('label');
  label.title = description;
  const choices = type.startsWith("'") ? choicesOf(type) : [];
  const initial = initialOf(attribute);
  if (choices.length > 0) {
    const select = document.createElement('select');
    // Without the attribute there is a choice too, where the type names no default.
    const options = choices.includes(initial) ? choices : ['', ...choices];
    for (const choice of options) select.add(new Option(choice || '(not set)', choice));
    select.value = element.getAttribute(name) ?? initial;
    select.addEventListener('change', () => {
      if (select.value === initial) element.removeAttribute(name);
      else set(element, name, select.value);
    });
    label.append(name, select);
  } else {
    const input = document.createElement('input');
    if (type === 'boolean') {
      input.type = 'checkbox';
      input.checked = element.hasAttribute(name);
      input.addEventListener('change', () => element.toggleAttribute(name, input.checked));
      label.append(input, name);
    } else {
      input.value = element.getAttribute(name) ?? '';
      input.placeholder = initial === 'undefined' ? '' : initial;
      input.addEventListener('change', () => {
        if (input.value === '') element.removeAttribute(name);
        else set(element, name, input.value);
      });
      label.append(name, input);
    }
  }
  return label;
}

/** The tag as it would be written now: without what it has anyway. */
function tagOf(element: HTMLElement): string {
  const attributes = data.attributes.flatMap((attribute) => {
    const { name } = attribute;
    const value = element.getAttribute(name);
    if (value === null || (value !== '' && value === initialOf(attribute))) return [];
    return [value === '' ? ` ${name}` : ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`];
  });
  return `<${data.tagName}${attributes.join('')}>`;
}

/** What an event tells, in a line. */
function lineOf({ type, detail }: CustomEvent): string {
  const known = Object.entries((detail ?? {}) as Record<string, unknown>).map(([name, value]) => {
    if (Array.isArray(value)) return `${name}: ${value.length} items`;
    if (typeof value === 'object' && value !== null) {
      return `${name}: ${'name' in value ? String(value.name) : JSON.stringify(value).slice(0, 80)}`;
    }
    return `${name}: ${String(value)}`;
  });
  return `${type} { ${known.join(', ')} }`;
}

function eventLog(element: HTMLElement): HTMLElement {
  const box = document.createElement('section');
  box.className = 'log';
  const title = document.createElement('h3');
  title.textContent = 'Events';
  const list = document.createElement('div');
  list.tabIndex = 0;
  list.role = 'log';
  list.ariaLabel = 'Events';
  const hint = document.createElement('p');
  hint.className = 'muted';
  hint.textContent = 'Use the element: what it tells stands here.';
  for (const name of data.events) {
    element.addEventListener(name, (event) => {
      hint.remove();
      const line = document.createElement('p');
      line.textContent = lineOf(event as CustomEvent);
      list.prepend(line);
      while (list.children.length > 50) list.lastChild!.remove();
    });
  }
  box.append(title, hint, list);
  return box;
}

if (shown && place) {
  const form = document.createElement('form');
  form.ariaLabel = 'Attributes';
  form.addEventListener('submit', (event) => event.preventDefault());
  form.append(...data.attributes.map((attribute) => controlOf(shown, attribute)));
  place.append(form);
  if (data.events.length > 0) place.append(eventLog(shown));
  const tag = document.querySelector('#tag')!;
  new MutationObserver(() => (tag.textContent = tagOf(shown))).observe(shown, { attributes: true });
}
