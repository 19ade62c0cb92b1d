import './llm-metric-summary.js';
import './llm-span-detail.js';
import './llm-span-tree.js';
import { LlmTraceView } from '../elements/llm-trace-view/llm-trace-view.js';
import { define } from '../internal/define.js';

LlmTraceView.laterElements = new Map([
  ['llm-findings', () => import('./llm-findings.js')],
  ['llm-timeline', () => import('./llm-timeline.js')],
  ['llm-trace-graph', () => import('./llm-trace-graph.js')],
  ['llm-statistics', () => import('./llm-statistics.js')],
]);
define('llm-trace-view', LlmTraceView);
