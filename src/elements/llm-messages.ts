export { LlmMessages } from './llm-messages/llm-messages.js';
