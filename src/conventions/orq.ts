import type { SpanKind } from '../model/index.js';
import { count, metadata, model, tags, text, type Convention, type OutlineRule } from './convention.js';

/** By what a type holds: the documentation names types here and there, and nowhere lists them. */
const KINDS: readonly (readonly [RegExp, SpanKind])[] = [
  [/guardrail/, 'guardrail'],
  [/evaluator|evaluation/, 'evaluator'],
  [/rerank/, 'reranker'],
  [/embed/, 'embedding'],
  [/retriev|knowledge/, 'retriever'],
  [/tool|function/, 'tool'],
  [/chat|llm|completion|model|generation/, 'llm'],
  [/agent/, 'agent'],
  [/deployment|workflow|chain/, 'chain'],
  [/prompt/, 'prompt'],
];

const spanType: OutlineRule = {
  fact: 'kind',
  rank: 1,
  read: (value) =>
    typeof value === 'string' ? KINDS.find(([words]) => words.test(value.toLowerCase()))?.[1] : undefined,
};

/**
 * Orq.ai (docs.orq.ai: ai-studio/observability/span-attributes, ai-gateway/orq-attributes), beside OpenTelemetry's GenAI
 * attributes, which hold the messages and the tokens. Tested on the documentation only.
 */
export const orq: Convention = {
  name: 'Orq.ai',
  outline: new Map<string, OutlineRule>([
    ['orq.span_type', spanType],
    ['orq.model.id', model(4)],
    ['orq.model.provider', text('provider', 4)],
    ['orq.billing.total_cost', count('cost', 1)],
    ['orq.billing.input_cost', count('inputCost', 1)],
    ['orq.billing.output_cost', count('outputCost', 1)],
    ['orq.thread_id', text('sessionId', 2)],
    ['orq.session_id', text('sessionId', 3)],
    ['orq.identity_id', text('userId', 3)],
    ['orq.object_name', text('label', 3)],
    ['orq.tags', tags(3)],
    ['orq.metadata', metadata(3)],
  ]),
};
