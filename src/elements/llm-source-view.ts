export { LlmSourceView } from './llm-source-view/llm-source-view.js';
