export { LlmSpanTable } from './llm-span-table/llm-span-table.js';
