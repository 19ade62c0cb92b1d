export { LlmJson } from './llm-json/llm-json.js';
