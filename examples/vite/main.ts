import 'llm-trace-kit/define/llm-trace-view.js';

const view = document.querySelector('llm-trace-view')!;
view.addEventListener('llm-span-select', ({ detail }) => {
  document.querySelector('output')!.textContent = detail.span.name;
});
view.src = 'trace.json';
