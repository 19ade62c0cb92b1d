export { LlmMetricSummary } from './llm-metric-summary/llm-metric-summary.js';
