import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { tokenUsage } from '../payloads/token-usage.js';
import { stated } from './attribute-values.js';
import {
  asCount,
  kind,
  model,
  text,
  type Convention,
  type FactsRule,
  type OutlineFacts,
  type OutlineRule,
} from './convention.js';

/** `usage_metadata` of LangChain's as JSON text, with what it cost where somebody knew. */
const usageMetadata: FactsRule = {
  rank: 2,
  facts: (value) => {
    const usage = jsonOrText(value);
    if (!isRecord(usage)) return {};
    return stated<OutlineFacts>({
      ...tokenUsage(usage),
      cost: asCount(usage['total_cost']),
      inputCost: asCount(usage['input_cost']),
      outputCost: asCount(usage['output_cost']),
    });
  },
};

/** Tags are joined by commas. */
const joinedTags: OutlineRule = {
  fact: 'tags',
  rank: 1,
  read: (value) => {
    const words = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? value.split(',') : [];
    const tags = words.flatMap((tag) => (typeof tag === 'string' && tag.trim() !== '' ? tag.trim() : []));
    return tags.length ? tags : undefined;
  },
};

/**
 * LangSmith over OpenTelemetry (langchain-ai/langsmith-sdk, python/langsmith/_internal/otel/_otel_exporter.py and
 * js/src/experimental/otel/translator.ts). `gen_ai.prompt` and `gen_ai.completion` are JSON text of all inputs and
 * outputs of a run, be it a model's or not, and its `gen_ai.operation.name` calls a retriever `embeddings` and a prompt
 * `chat`: the run's own type counts. `langsmith.trace.session_id` is the project.
 */
export const langSmithAttributes: Convention = {
  name: 'LangSmith',
  outline: new Map<string, OutlineRule | FactsRule>([
    [
      'langsmith.span.kind',
      kind(1, {
        llm: 'llm',
        chain: 'chain',
        parser: 'chain',
        tool: 'tool',
        retriever: 'retriever',
        embedding: 'embedding',
        prompt: 'prompt',
      }),
    ],
    ['langsmith.usage_metadata', usageMetadata],
    ['langsmith.span.tags', joinedTags],
    ['langsmith.metadata.ls_model_name', model(2)],
    ['langsmith.metadata.ls_provider', text('provider', 1)],
    ['langsmith.metadata.session_id', text('sessionId', 1)],
    ['langsmith.metadata.thread_id', text('sessionId', 2)],
    ['langsmith.metadata.conversation_id', text('sessionId', 3)],
    ['langsmith.metadata.user_id', text('userId', 1)],
  ]),
};
