import { keepInUrl } from '../src/elements/keep-in-url.js';
import { samples, vendorSamples, type Sample } from './demo.js';

const view = document.querySelector('llm-trace-view')!;
const about = document.querySelector('#about')!;
const file = document.querySelector('#file')!;
const buttons = document.querySelector('.samples')!;
const vendors = document.querySelector<HTMLSelectElement>('#vendors')!;

function show(sample: Sample): void {
  view.src = sample.url;
  about.textContent = `${sample.about} Recorded from ${sample.recordedFrom}.`;
  file.textContent = sample.url
    .split('/')
    .pop()!
    .replace(/-\w{8}\.json$/, '.json');
  for (const button of buttons.children) button.ariaPressed = String(button.textContent === sample.title);
  vendors.value = String(vendorSamples.indexOf(sample));
  if (vendors.selectedIndex < 0) vendors.value = '';
}

/** Shows a sample as a step of its own: what was selected in the one before is none of it. */
function choose(sample: Sample): void {
  history.pushState(null, '', `?${String(new URLSearchParams({ sample: sample.title }))}`);
  view.selected = view.range = undefined;
  view.query = '';
  show(sample);
}

/** The sample that the address names, or the first. */
function wanted(): Sample {
  const title = new URLSearchParams(location.search).get('sample');
  return [...samples, ...vendorSamples].find((sample) => sample.title === title) ?? samples[0]!;
}

for (const sample of samples) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = sample.title;
  button.addEventListener('click', () => choose(sample));
  buttons.append(button);
}
for (const [index, { title }] of vendorSamples.entries()) vendors.add(new Option(title, String(index)));
vendors.addEventListener('change', () => {
  const sample = vendorSamples[Number(vendors.value)];
  if (vendors.value !== '' && sample) choose(sample);
});

// What is selected, searched and zoomed is in the hash: try a link to this page, and the Back button.
keepInUrl(view);
window.addEventListener('popstate', () => show(wanted()));
show(wanted());
