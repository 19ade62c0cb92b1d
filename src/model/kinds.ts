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

/** Kinds that call a model themselves. Any other kind states figures only as the sum of what it contains. */
export const CALLS_MODEL: ReadonlySet<SpanKind> = new Set<SpanKind>(['llm', 'embedding', 'reranker']);

/** Kinds that say what was done. Chains, prompts and plain spans are mostly the insides of a framework. */
export const SAYS_WHAT_WAS_DONE: ReadonlySet<SpanKind> = new Set<SpanKind>([
  'agent',
  'llm',
  'tool',
  'retriever',
  'embedding',
  'reranker',
  'guardrail',
  'evaluator',
]);

/** How a span ended, in OpenTelemetry's three words. */
export type SpanStatus = 'ok' | 'error' | 'unset';
