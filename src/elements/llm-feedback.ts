export { LlmFeedback } from './llm-feedback/llm-feedback.js';
