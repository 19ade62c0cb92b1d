export { LlmTextBlock } from './llm-text-block/llm-text-block.js';
