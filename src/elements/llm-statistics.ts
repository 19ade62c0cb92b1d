export { LlmStatistics } from './llm-statistics/llm-statistics.js';
