export { LlmContributionView } from './llm-contribution-view/llm-contribution-view.js';
