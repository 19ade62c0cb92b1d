export { LlmStageView } from './llm-stage-view/llm-stage-view.js';
