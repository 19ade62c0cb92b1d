import './demo.js';
import { sources } from 'llm-trace-kit/sources';

const form = document.querySelector<HTMLFormElement>('#backend')!;
const field = (name: string): HTMLInputElement => form.querySelector(`[name="${name}"]`)!;
const summary = document.querySelector('llm-metric-summary')!;
const list = document.querySelector('llm-trace-list')!;
const view = document.querySelector('llm-trace-view')!;

const choice = form.querySelector('select')!;
choice.append(...sources.map(({ name, title }) => new Option(title, name)));

const chosen = () => sources.find(({ name }) => name === choice.value)!;
const place = document.querySelector<HTMLElement>('#place')!;
const PLACES = { project: 'Project', projectId: 'Id of the project', experiment: 'Experiment', database: 'Database' };

function choose(): void {
  const { address, place: what } = chosen();
  field('address').value = address;
  field('place').value = '';
  place.hidden = what === undefined;
  place.querySelector('span')!.textContent = what ? PLACES[what] : '';
}
choice.addEventListener('change', choose);
choose();

/** Asked for with each request: what is written there now. */
function headers(): Record<string, string> {
  const [, name = '', value = ''] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(field('header').value) ?? [];
  return name ? { [name]: value } : {};
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const address = field('address').value;
  const isFar = field('relay').checked && /^https?:/.test(address);
  const url = isFar ? new URL(`/relay/${encodeURIComponent(address)}`, location.href).href : address;
  void chosen()
    .open({ url, headers, place: field('place').value || undefined })
    .then((source) => {
      summary.hidden = list.hidden = false;
      view.hidden = true;
      summary.source = list.source = source;
    });
});

list.addEventListener('llm-trace-select', ({ detail }) => {
  view.hidden = false;
  view.source = list.source;
  view.traceId = detail.traceId;
});
// A stretch of time that was chosen in the figures is asked for in the list.
summary.addEventListener('llm-traces-select', ({ detail }) => {
  const { range } = detail;
  list.filter = range ? { from: range.start, to: range.end } : {};
});
