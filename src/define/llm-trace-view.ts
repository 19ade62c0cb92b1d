import './llm-span-tree.js';
import { LlmTraceView } from '../elements/llm-trace-view/llm-trace-view.js';
import { define } from '../internal/define.js';

LlmTraceView.laterElements = new Map([
  ['llm-chosen-spans', () => import('./llm-chosen-spans.js')],
  ['llm-display-menu', () => import('./llm-display-menu.js')],
  ['llm-findings', () => import('./llm-findings.js')],
  ['llm-metric-summary', () => import('./llm-metric-summary.js')],
  ['llm-help-sheet', () => import('./llm-help-sheet.js')],
  ['llm-span-detail', () => import('./llm-span-detail.js')],
  ['llm-timeline', () => import('./llm-timeline.js')],
  ['llm-steps', () => import('./llm-steps.js')],
  ['llm-conversation', () => import('./llm-conversation.js')],
  ['llm-span-table', () => import('./llm-span-table.js')],
  ['llm-sequence', () => import('./llm-sequence.js')],
  ['llm-search-field', () => import('./llm-search-field.js')],
  ['llm-share-menu', () => import('./llm-share-menu.js')],
  ['llm-trace-graph', () => import('./llm-trace-graph.js')],
  ['llm-statistics', () => import('./llm-statistics.js')],
]);
define('llm-trace-view', LlmTraceView);
export type { LlmTraceView };
