import { samples } from './demo.js';

document.querySelector('llm-trace-view')!.src = samples[0]!.url;
