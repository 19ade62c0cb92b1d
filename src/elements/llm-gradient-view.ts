export { LlmGradientView } from './llm-gradient-view/llm-gradient-view.js';
