import { readTraces } from 'llm-trace-kit/formats';
import type { Trace } from 'llm-trace-kit/model';
import { samples } from './demo.js';

const form = document.querySelector('form')!;
const addresses = form.querySelector('textarea')!;
const state = document.querySelector('#state')!;
const figures = document.querySelector('llm-metric-summary')!;
const list = document.querySelector('llm-trace-list')!;
const view = document.querySelector('llm-trace-view')!;
let traces: readonly Trace[] = [];

function show(id: string | undefined): void {
  const trace = traces.find((one) => one.id === id) ?? traces[0];
  list.selected = trace?.id;
  if (trace) view.data = trace;
}

/** The traces of an address. The collector of the demo gives a list of the requests that it got, each a text. */
async function tracesFrom(address: string): Promise<readonly Trace[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  if (!address.includes('collector/')) return readTraces(response);
  const requests = (await response.json()) as string[];
  return requests.length > 0 ? readTraces(requests.join('\n')) : [];
}

async function read(): Promise<void> {
  const lines = addresses.value.split('\n').filter((line) => line.trim());
  const results = await Promise.allSettled(lines.map((line) => tracesFrom(line.trim())));
  traces = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  state.textContent = [`${traces.length} traces are read.`, ...faults].join(' ');
  figures.traces = list.traces = traces;
  show(undefined);
}

list.addEventListener('llm-trace-select', ({ detail }) => show(detail.traceId));
figures.addEventListener('llm-traces-select', ({ detail }) => (list.traceIds = detail.traceIds));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void read();
});
addresses.value = samples.map(({ url }) => url).join('\n');
void read();
