import { samples } from './demo.js';

const view = document.querySelector('llm-trace-view')!;
const form = document.querySelector('form')!;
const address = form.querySelector('input')!;

view.src = address.value = new URL(samples[0]!.url, location.href).href;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  view.src = address.value;
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-src]')) {
  button.addEventListener('click', () => (view.src = button.dataset['src']));
}
