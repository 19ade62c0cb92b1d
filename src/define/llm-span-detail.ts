import './llm-json.js';
import './llm-messages.js';
import './llm-text-block.js';
import { LlmSpanDetail } from '../elements/llm-span-detail/llm-span-detail.js';
import { define } from '../internal/define.js';

LlmSpanDetail.laterElements = new Map([
  ['llm-attention-view', () => import('./llm-attention-view.js')],
  ['llm-contribution-view', () => import('./llm-contribution-view.js')],
  ['llm-gradient-view', () => import('./llm-gradient-view.js')],
  ['llm-source-view', () => import('./llm-source-view.js')],
  ['llm-stage-view', () => import('./llm-stage-view.js')],
  ['llm-token-view', () => import('./llm-token-view.js')],
  ['llm-trace-diff', () => import('./llm-trace-diff.js')],
]);
define('llm-span-detail', LlmSpanDetail);
export type { LlmSpanDetail };
