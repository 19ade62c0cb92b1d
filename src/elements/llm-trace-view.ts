export { LlmTraceView } from './llm-trace-view/llm-trace-view.js';
