import { LlmStatistics } from '../elements/llm-statistics/llm-statistics.js';
import { define } from '../internal/define.js';

LlmStatistics.laterElements = new Map([['llm-stage-view', () => import('./llm-stage-view.js')]]);
define('llm-statistics', LlmStatistics);
export type { LlmStatistics };
