import { readTraces } from 'llm-trace-kit/formats';
import { samples, vendorSamples } from './demo.js';

const diff = document.querySelector('llm-trace-diff')!;
const selects = [...document.querySelectorAll('select')].filter(({ id }) => id === 'left' || id === 'right');
const all = [...vendorSamples, ...samples];

async function show(inputs: readonly (Response | File)[]): Promise<void> {
  const [one, other] = await Promise.all(inputs.map((input) => readTraces(input)));
  diff.left = one?.[0];
  // One file may hold both.
  diff.right = other?.[0] ?? one?.[1];
}

const showSamples = async (): Promise<void> =>
  show(await Promise.all(selects.map(({ value }) => fetch(all[Number(value)]!.url))));

for (const [place, select] of selects.entries()) {
  for (const [index, { title }] of all.entries()) select.add(new Option(title, String(index)));
  const wanted = place === 0 ? 'langfuse-otlp' : 'langfuse-ingestion';
  select.value = String(all.findIndex(({ title }) => title.includes(wanted)));
  select.addEventListener('change', () => void showSamples());
}
document.querySelector<HTMLInputElement>('#files')!.addEventListener('change', ({ target }) => {
  const { files } = target as HTMLInputElement;
  if (files?.length) void show([...files].slice(0, 2));
});
void showSamples();
