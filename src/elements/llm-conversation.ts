export { LlmConversation } from './llm-conversation/llm-conversation.js';
