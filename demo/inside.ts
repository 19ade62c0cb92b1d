import { readTraces } from 'llm-trace-kit/formats';
import type { Span, Trace } from 'llm-trace-kit/model';
import { samples } from './demo.js';

const stages = document.querySelector('llm-stage-view')!;
const sources = document.querySelector('llm-source-view')!;
const sample = document.querySelector<HTMLSelectElement>('#sample')!;
const call = document.querySelector<HTMLSelectElement>('#call')!;
const about = document.querySelector('#about')!;
let trace: Trace | undefined;
let calls: Span[] = [];

/** The first choice is all calls together. */
function show(): void {
  stages.trace = trace;
  stages.span = calls[Number(call.value) - 1];
  sources.span = stages.span ?? calls.at(-1);
}

async function load(input: Response | File): Promise<void> {
  [trace] = await readTraces(input);
  calls = [...(trace?.spans ?? [])].filter(({ kind }) => kind === 'llm');
  call.replaceChildren(
    new Option(`All ${calls.length} calls`, '0'),
    ...calls.map(({ name }, at) => new Option(`${at + 1}: ${name}`, String(at + 1))),
  );
  call.value = String(Math.min(1, calls.length));
  show();
}

async function loadSample(): Promise<void> {
  const { url, about: words } = samples[Number(sample.value)]!;
  about.textContent = words;
  await load(await fetch(url));
}

sample.replaceChildren(...samples.map(({ title }, at) => new Option(title, String(at))));
sample.value = String(
  Math.max(
    0,
    samples.findIndex(({ url }) => url.includes('rag-kensho')),
  ),
);
sample.addEventListener('change', () => void loadSample());
call.addEventListener('change', show);
stages.addEventListener('llm-span-select', ({ detail: { span } }) => {
  call.value = String(calls.indexOf(span) + 1);
  show();
});
document.querySelector<HTMLInputElement>('#file')!.addEventListener('change', ({ target }) => {
  const [file] = (target as HTMLInputElement).files ?? [];
  about.textContent = '';
  if (file) void load(file);
});
void loadSample();
