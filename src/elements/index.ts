export * from './events/index.js';
export * from './llm-attention-view.js';
export * from './llm-chosen-spans.js';
export * from './llm-contribution-view.js';
export * from './llm-conversation.js';
export * from './llm-feedback.js';
export * from './llm-findings.js';
export * from './llm-gradient-view.js';
export * from './llm-json.js';
export * from './llm-media.js';
export * from './llm-messages.js';
export * from './llm-metric-summary.js';
export * from './llm-sequence.js';
export * from './llm-source-view.js';
export * from './llm-span-detail.js';
export * from './llm-span-table.js';
export * from './llm-span-tree.js';
export * from './llm-stage-view.js';
export * from './llm-statistics.js';
export * from './llm-steps.js';
export * from './llm-text-block.js';
export * from './llm-timeline.js';
export * from './llm-token-view.js';
export * from './llm-trace-diff.js';
export * from './llm-trace-graph.js';
export * from './llm-trace-list.js';
export * from './llm-trace-view.js';
export {
  registerPartRenderer,
  registerSpanRenderer,
  type PartRenderer,
  type RendererContext,
  type SpanRenderer,
} from './renderers.js';
