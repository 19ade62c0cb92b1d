export { LlmTraceList } from './llm-trace-list/llm-trace-list.js';
