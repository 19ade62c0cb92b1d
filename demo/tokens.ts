import { readTraces } from 'llm-trace-kit/formats';
import type { Span } from 'llm-trace-kit/model';
import './demo.js';

const view = document.querySelector('llm-token-view')!;
const select = document.querySelector<HTMLSelectElement>('#call')!;
const chosen = document.querySelector('#chosen')!;
let calls: Span[] = [];

async function load(input: Response | File): Promise<void> {
  const traces = await readTraces(input);
  calls = traces.flatMap(({ spans }) => [...spans]).filter(({ internals }) => internals !== undefined);
  select.replaceChildren(...calls.map(({ name }, at) => new Option(`${at + 1}: ${name}`, String(at))));
  view.span = calls[0];
}

select.addEventListener('change', () => (view.span = calls[Number(select.value)]));
document.querySelector<HTMLInputElement>('#file')!.addEventListener('change', ({ target }) => {
  const [file] = (target as HTMLInputElement).files ?? [];
  if (file) void load(file);
});
view.addEventListener('llm-token-select', ({ detail: { start, end } }) => {
  chosen.textContent = end > start ? `Tokens ${start} to ${end - 1} are chosen.` : '';
});
void fetch('traces/token-probabilities.json').then(load);
