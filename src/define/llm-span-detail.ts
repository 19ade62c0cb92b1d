import './llm-json.js';
import './llm-messages.js';
import './llm-text-block.js';
import { LlmSpanDetail } from '../elements/llm-span-detail/llm-span-detail.js';
import { define } from '../internal/define.js';

LlmSpanDetail.laterElements = new Map([
  ['llm-source-view', () => import('./llm-source-view.js')],
  ['llm-stage-view', () => import('./llm-stage-view.js')],
  ['llm-token-view', () => import('./llm-token-view.js')],
  ['llm-trace-diff', () => import('./llm-trace-diff.js')],
]);
define('llm-span-detail', LlmSpanDetail);
