export { LlmTokenView } from './llm-token-view/llm-token-view.js';
