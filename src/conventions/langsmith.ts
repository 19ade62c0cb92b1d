import type { PromptTemplate, SpanMeaning, SpanRecord } from '../model/index.js';
import { messagesOf } from '../payloads/index.js';
import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { answered, asked, retrieved, unwrapped } from '../payloads/langchain-io.js';
import { tokenUsage } from '../payloads/token-usage.js';
import { hasPrefix, parametersOf, stated, textOf, unlessEmpty, type Attributes } from './attribute-values.js';
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
  meaning,
};

const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['langsmith.metadata.ls_temperature', 'temperature'],
  ['langsmith.metadata.ls_max_tokens', 'max_tokens'],
  ['langsmith.metadata.ls_stop', 'stop'],
  ['langsmith.request.streaming', 'stream'],
]);

function meaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'langsmith.')) return {};
  const runType = attributes.get('langsmith.span.kind');
  const input = unwrapped(jsonOrText(attributes.get('gen_ai.prompt')), 'input');
  const output = unwrapped(jsonOrText(attributes.get('gen_ai.completion')), 'output');
  const messages =
    runType === 'llm'
      ? [...(messagesOf(asked(input), 'input') ?? []), ...(messagesOf(answered(output), 'output') ?? [])]
      : [];
  return stated<SpanMeaning>({
    input: input ?? undefined,
    output: output ?? undefined,
    messages: unlessEmpty(messages),
    documents: runType === 'retriever' ? unlessEmpty(retrieved(output)) : undefined,
    parameters: parametersOf(attributes, PARAMETERS),
    prompt: promptOf(attributes),
  });
}

/** The prompt of LangChain's hub that a run was made with. */
function promptOf(attributes: Attributes): PromptTemplate | undefined {
  const repository = textOf(attributes, 'langsmith.metadata.lc_hub_repo');
  if (repository === undefined) return undefined;
  const owner = textOf(attributes, 'langsmith.metadata.lc_hub_owner');
  const version = textOf(attributes, 'langsmith.metadata.lc_hub_commit_hash');
  return {
    name: owner === undefined ? repository : `${owner}/${repository}`,
    ...(version !== undefined && { version }),
  };
}
