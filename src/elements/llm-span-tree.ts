export { LlmSpanTree } from './llm-span-tree/llm-span-tree.js';
