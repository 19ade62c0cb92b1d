export { LlmAttentionView } from './llm-attention-view/llm-attention-view.js';
