export { LlmChosenSpans } from './llm-chosen-spans/llm-chosen-spans.js';
