/** The kinds of span, in the order in which a summary lists them. */
export const SPAN_KINDS = [
  'agent',
  'chain',
  'llm',
  'tool',
  'retriever',
  'embedding',
  'reranker',
  'guardrail',
  'evaluator',
  'prompt',
  'span',
] as const;

/** What a span did. `span` is any work that no convention calls by a more telling name. */
export type SpanKind = (typeof SPAN_KINDS)[number];

/** How a span ended, in OpenTelemetry's three words. */
export type SpanStatus = 'ok' | 'error' | 'unset';
