export { LlmSteps } from './llm-steps/llm-steps.js';
