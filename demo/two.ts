import { samples } from './demo.js';

const columns = document.querySelector('.columns')!;
const views = columns.querySelectorAll('llm-trace-view');
views.forEach((view, index) => (view.src = samples[index]!.url));
document.querySelector('#swap')!.addEventListener('click', () => columns.append(columns.firstElementChild!));
