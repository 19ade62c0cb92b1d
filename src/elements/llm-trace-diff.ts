export { LlmTraceDiff } from './llm-trace-diff/llm-trace-diff.js';
