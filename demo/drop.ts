import './demo.js';

const view = document.querySelector('llm-trace-view')!;
const zone = document.querySelector<HTMLElement>('.drop')!;
const input = document.querySelector('input')!;

// The view shows by itself what is wrong with a file that it cannot read.
const show = (file: File | null | undefined): void => void (file && view.load(file).catch(() => {}));

input.addEventListener('change', () => show(input.files?.[0]));
zone.addEventListener('dragover', (event) => {
  event.preventDefault();
  zone.classList.add('over');
});
zone.addEventListener('dragleave', () => zone.classList.remove('over'));
zone.addEventListener('drop', (event) => {
  event.preventDefault();
  zone.classList.remove('over');
  show(event.dataTransfer?.files[0]);
});
