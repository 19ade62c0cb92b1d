import '../src/define.js';

const view = document.querySelector('llm-trace-view')!;
const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;

view.openFiles = true;
input.addEventListener('change', () => {
  // The view shows by itself what is wrong with a file.
  if (input.files?.length)
    void view.load(input.files).then(
      () => view.scrollIntoView(),
      () => {},
    );
});
