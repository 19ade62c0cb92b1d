import './demo.js';

const view = document.querySelector('llm-trace-view')!;
const zone = document.querySelector<HTMLElement>('.drop')!;
const input = document.querySelector('input')!;

// Parts of one trace in several files come together. The view shows by itself what is wrong with a file.
const show = (files: FileList | null | undefined): void => void (files?.length && view.load(files).catch(() => {}));

input.addEventListener('change', () => show(input.files));
zone.addEventListener('dragover', (event) => {
  event.preventDefault();
  zone.classList.add('over');
});
zone.addEventListener('dragleave', () => zone.classList.remove('over'));
zone.addEventListener('drop', (event) => {
  event.preventDefault();
  zone.classList.remove('over');
  show(event.dataTransfer?.files);
});
