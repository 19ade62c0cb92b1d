import { LlmMetricSummary } from '../elements/llm-metric-summary/llm-metric-summary.js';
import { define } from '../internal/define.js';

define('llm-metric-summary', LlmMetricSummary);
export type { LlmMetricSummary };
