import { LlmStatistics } from '../elements/llm-statistics/llm-statistics.js';
import { define } from '../internal/define.js';

define('llm-statistics', LlmStatistics);
