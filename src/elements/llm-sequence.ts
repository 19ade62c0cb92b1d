export { LlmSequence } from './llm-sequence/llm-sequence.js';
