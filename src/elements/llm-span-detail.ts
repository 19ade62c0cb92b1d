export { LlmSpanDetail } from './llm-span-detail/llm-span-detail.js';
