export { LlmMedia } from './llm-media/llm-media.js';
