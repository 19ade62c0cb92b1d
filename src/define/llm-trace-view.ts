import './llm-metric-summary.js';
import './llm-span-detail.js';
import './llm-span-tree.js';
import './llm-timeline.js';
import { LlmTraceView } from '../elements/llm-trace-view/llm-trace-view.js';
import { define } from '../internal/define.js';

define('llm-trace-view', LlmTraceView);
