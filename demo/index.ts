import { samples, vendorSamples, type Sample } from './demo.js';

const view = document.querySelector('llm-trace-view')!;
const about = document.querySelector('#about')!;
const file = document.querySelector('#file')!;
const buttons = document.querySelector('.samples')!;
const vendors = document.querySelector<HTMLSelectElement>('#vendors')!;

function show(sample: Sample): void {
  view.selected = undefined;
  view.src = sample.url;
  about.textContent = `${sample.about} Recorded from ${sample.recordedFrom}.`;
  file.textContent = sample.url
    .split('/')
    .pop()!
    .replace(/-\w{8}\.json$/, '.json');
  for (const button of buttons.children) button.ariaPressed = String(button.textContent === sample.title);
}

for (const sample of samples) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = sample.title;
  button.addEventListener('click', () => {
    vendors.value = '';
    show(sample);
  });
  buttons.append(button);
}
for (const [index, { title }] of vendorSamples.entries()) vendors.add(new Option(title, String(index)));
vendors.addEventListener('change', () => {
  const sample = vendorSamples[Number(vendors.value)];
  if (vendors.value !== '' && sample) show(sample);
});

show(samples[0]!);
