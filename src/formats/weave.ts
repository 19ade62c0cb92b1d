import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import { interpret, OutlineDraft } from '../conventions/index.js';
import type {
  Score,
  SpanKind,
  SpanMeaning,
  SpanOutline,
  SpanReader,
  SpanTable,
  TraceDocument,
  Usage,
} from '../model/index.js';
import { addUsage } from '../model/usage.js';
import { firstText, recordsIn } from '../payloads/json-record.js';
import { retrievedDocuments, scoredDocuments } from '../payloads/retrieved-documents.js';
import { toolDefinitions } from '../payloads/tools.js';
import { flatAttributes } from './flat-attributes.js';
import type { Format } from './format.js';
import { generationTurns } from './generation-result.js';
import { asText, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { deepMerge } from './merged-rows.js';
import { emptyOutline } from './outline.js';
import {
  callParameters,
  clearOutline,
  exceptionOf,
  fieldsOf,
  inSteps,
  momentOf,
  parametersIn,
  partOf,
  payloadIn,
  putError,
  recordOf,
  rowsOf,
  scoresOf,
  sumOf,
  usageOf,
} from './row.js';
import { normalisedId } from './span-ids.js';
import { tokenUsage } from '../payloads/token-usage.js';

/**
 * W&B Weave calls: lines of `/calls/stream_query`, lists, `{calls: […]}`, and what its SDKs send, where the start and the
 * end of a call are two records (`{batch: [{mode: "start", req: {start}}, …]}`) that are put together by their id. A call
 * is told by `op_name` beside `started_at` or `inputs`. Calls that came in by OpenTelemetry keep that span as `otel_dump`,
 * whose attributes are read as those of any span.
 *
 * Source: wandb/weave, weave/trace_server/trace_server_interface.py (CallSchema). The JavaScript SDK differs: it has no kind for an
 * op, so that only its integrations' names and scored documents tell one; session and user are attributes that the caller
 * chose; an argument is called `arg0`; and an object that it meets twice is sent as `[Circular]` the second time.
 */
export const weave: Format = {
  name: 'weave',
  title: 'W&B Weave calls',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    return [first, firstObject(first['calls']), firstObject(first['batch'])].some(
      (item) => item !== undefined && (isCall(item) || isCall(halfOf(item)?.half)),
    );
  },

  *read(value, table) {
    const outline = emptyOutline();
    const draft = new OutlineDraft();
    yield* inSteps(wholeCalls(value, table), (call) => {
      outlineOf(call, clearOutline(outline), draft, table);
      table.add(outline, call, reader);
    });
  },
};

const isCall = (call: JsonObject | undefined): boolean =>
  call !== undefined &&
  (typeof call['op_name'] === 'string'
    ? call['started_at'] !== undefined || isObject(call['inputs'])
    : typeof call['id'] === 'string' && call['ended_at'] !== undefined && isObject(call['summary']));

/** The start or the end of a call, out of its wrappers. */
function halfOf(item: JsonObject): { half: JsonObject } | undefined {
  const request = isObject(item['req']) ? item['req'] : item;
  const half = request['start'] ?? request['end'];
  return isObject(half) ? { half } : undefined;
}

/** The calls, each end put together with its start. */
function wholeCalls(value: unknown, table: SpanTable): JsonObject[] {
  const calls: JsonObject[] = [];
  const places = new Map<string, number>();
  const ours = new WeakSet<object>();
  const add = (item: JsonObject): void => {
    const half = halfOf(item)?.half;
    const call = half ?? item;
    const id = asText(call['id']);
    const place = half && id !== '' ? places.get(id) : undefined;
    if (place !== undefined) calls[place] = deepMerge(calls[place]!, call, ours);
    else {
      const added = calls.push(call) - 1;
      if (half) places.set(id, added);
    }
  };
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const list = item['op_name'] === undefined ? (item['calls'] ?? item['batch']) : undefined;
    if (Array.isArray(list)) for (const inner of rowsOf(list, table)) add(inner);
    else add(item);
  }
  return calls;
}

/** The name of an operation in `weave:///entity/project/op/NAME:digest`; a plain name as it is. */
const operationOf = (call: JsonObject): string => {
  const name = asText(call['op_name']);
  return /^weave:\/\/\/.*\/op\/([^/]+?)(?::[^:/]*)?$/.exec(name)?.[1] ?? name;
};

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['agent', 'agent'],
  ['chain', 'chain'],
  ['workflow', 'chain'],
  ['retriever', 'retriever'],
  ['retrieval', 'retriever'],
  ['search', 'retriever'],
  ['embedding', 'embedding'],
  ['reranker', 'reranker'],
  ['guardrail', 'guardrail'],
  ['scorer', 'evaluator'],
  ['evaluation', 'evaluator'],
]);

/** Operations of Weave's own integrations, by their names; the first that fits is taken. */
const OPERATIONS: readonly (readonly [RegExp, SpanKind])[] = [
  [/embeddings?\.create|\.embed(_content|ding)?$/i, 'embedding'],
  [/completions?\.(create|parse|stream)|messages\.(create|stream)|responses\.(create|parse)|generate_?content/i, 'llm'],
  [/^(litellm\.a?completion|llm\.)|\.(a?chat|converse|converse_stream)$|ChatCompletion/i, 'llm'],
  [/^Evaluation\.|(^|[._])(scorer|score)$/i, 'evaluator'],
  [/rerank/i, 'reranker'],
];

/** Whose client an integration wraps: the first word of the name of its operations. */
const PROVIDERS: ReadonlySet<string> = new Set([
  'openai',
  'anthropic',
  'cohere',
  'groq',
  'mistralai',
  'huggingface_hub',
]);

const providerOf = (call: JsonObject): string | undefined => {
  const [word = '', ...rest] = operationOf(call).split('.');
  return rest.length && PROVIDERS.has(word) ? word : undefined;
};

function kindOf(call: JsonObject): SpanKind | undefined {
  const attributes = partOf(call, 'attributes');
  const own = partOf(attributes, 'weave');
  const word = firstText(own, 'kind') ?? firstText(partOf(own, 'op'), 'kind') ?? firstText(attributes, 'kind');
  const stated = KINDS.get(word?.toLowerCase() ?? '');
  if (stated) return stated;
  const operation = operationOf(call);
  const known = OPERATIONS.find(([names]) => names.test(operation))?.[1];
  return known ?? (scoredDocuments(call['output']).length ? 'retriever' : undefined);
}

function outlineOf(call: JsonObject, outline: SpanOutline, draft: OutlineDraft, table: SpanTable): void {
  const summary = partOf(call, 'summary');
  const own = partOf(summary, 'weave');
  outline.name = operationOf(call);
  draft.reset();
  for (const [key, value] of otelAttributes(call)) draft.attribute(key, value);
  draft.writeTo(outline);

  outline.traceId = normalisedId(call['trace_id']);
  outline.id = normalisedId(call['id']);
  outline.parentId = normalisedId(call['parent_id']);
  outline.name = firstText(call, 'display_name') ?? firstText(own, 'trace_name') ?? (outline.name || operationOf(call));
  outline.start = momentOf(table.origin, call['started_at']);
  outline.end = momentOf(table.origin, call['ended_at']);
  // An error further down (`descendant_error`) is not this call's own.
  outline.status = own['status'] === 'success' ? 'ok' : own['status'] === 'error' ? 'error' : 'unset';
  putError(outline, call['exception']);
  outline.kind = kindOf(call) ?? outline.kind;

  const usage = partOf(summary, 'usage');
  const models = Object.keys(usage);
  outline.model ??= firstText(partOf(call, 'inputs'), 'model') ?? (models.length === 1 ? models[0] : undefined);
  outline.usage = usageOfModels(usage) ?? outline.usage;
  outline.cost = costOf(own['costs']) ?? outline.cost;
  outline.provider ??= providerOf(call);
  const attributes = partOf(call, 'attributes');
  outline.sessionId = firstText(call, 'thread_id') ?? outline.sessionId ?? firstText(attributes, ...SESSION);
  // `wb_user_id` is who ran the program; whom it ran for only the caller says.
  outline.userId = firstText(attributes, 'user_id', 'userId') ?? firstText(call, 'wb_user_id') ?? outline.userId;
  if (outline.parentId === '') {
    const stated = parametersIn(attributes, WEAVES_OWN);
    if (stated) outline.metadata = Object.fromEntries(stated);
  }
}

const SESSION = ['session_id', 'sessionId', 'thread_id', 'conversation_id'] as const;

const WEAVES_OWN: ReadonlySet<string> = new Set(['weave', 'otel_span']);

/** The tokens of all models of a call together; a call above others states their sum. */
function usageOfModels(models: JsonObject): Usage | undefined {
  let sum: Usage | undefined;
  for (const counts of Object.values(models)) {
    const usage = isObject(counts) ? usageOfModel(counts) : undefined;
    if (usage) addUsage((sum ??= {}), usage);
  }
  return sum;
}

/**
 * Weave keeps the provider's own words, so Anthropic's cached tokens are beside `input_tokens` and added. Where the key is
 * `prompt_tokens` (OpenAI, LiteLLM, Weave's own sums) it includes them, whatever stands beside it.
 */
function usageOfModel(counts: JsonObject): Usage | undefined {
  if (counts['prompt_tokens'] === undefined) return tokenUsage(counts);
  const { cache_read_input_tokens: cacheRead, cache_creation_input_tokens: cacheWrite, ...others } = counts;
  return { ...usageOf({ cacheRead, cacheWrite }), ...tokenUsage(others) };
}

function costOf(models: unknown): number | undefined {
  if (!isObject(models)) return undefined;
  return sumOf(
    ...Object.values(models)
      .filter(isObject)
      .flatMap((costs) => [
        costs['prompt_tokens_total_cost'],
        costs['completion_tokens_total_cost'],
        costs['cache_read_input_tokens_total_cost'],
        costs['cache_creation_input_tokens_total_cost'],
      ]),
  );
}

/** The attributes of the OpenTelemetry span that a call was made from; Weave nests them by the dots in their keys. */
function otelAttributes(call: JsonObject): ReadonlyMap<string, unknown> {
  const dump = isObject(call['otel_dump']) ? call['otel_dump'] : partOf(partOf(call, 'attributes'), 'otel_span');
  return flatAttributes(dump['attributes']);
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['inputs', 'output', 'otel_dump']);

const reader: SpanReader = {
  format: weave.name,
  record: (raw) =>
    recordOf(isObject(raw) ? new Map([...otelAttributes(raw), ...fieldsOf(raw, SHOWN_ELSEWHERE)]) : new Map()),
  meaning: (record, raw) => (isObject(raw) ? { ...interpret(record), ...meaningOf(raw) } : {}),
};

function meaningOf(call: JsonObject): SpanMeaning {
  const inputs = partOf(call, 'inputs');
  const exception = exceptionOf(call['exception']);
  const kind = kindOf(call);
  const messages = kind === 'tool' ? [] : generationTurns(inputs, call['output'], kind === 'llm');
  return stated<SpanMeaning>({
    input: Object.keys(inputs).length ? inputs : undefined,
    output: payloadIn(call['output']),
    messages: unlessEmpty(messages),
    tools: unlessEmpty(toolDefinitions(inputs['tools'])),
    documents: kind === 'llm' ? undefined : unlessEmpty(documentsOf(kind, call['output'])),
    parameters: callParameters(inputs),
    exceptions: exception && [exception],
    scores: unlessEmpty(recordsIn(partOf(partOf(call, 'summary'), 'weave')['feedback']).flatMap(scoresOfFeedback)),
  });
}

const documentsOf = (kind: SpanKind | undefined, output: unknown): TraceDocument[] =>
  kind === 'retriever' ? retrievedDocuments(output) : scoredDocuments(output);

/** A reaction, a note, a person's annotation (`wandb.annotation.NAME`), or a scorer's output (`wandb.runnable.NAME`). */
function scoresOfFeedback(feedback: JsonObject): Score[] {
  const type = asText(feedback['feedback_type']);
  const payload = partOf(feedback, 'payload');
  const [, family, name = ''] = /^wandb\.(\w+)\.(.*)$/.exec(type) ?? [];
  const source = family === 'runnable' ? 'code' : 'human';
  const note = firstText(payload, 'note');
  if (family === 'note' || note !== undefined)
    return [{ name: 'note', source, ...(note !== undefined && { explanation: note }) }];
  if (family === 'reaction') {
    const emoji = firstText(payload, 'emoji', 'alias');
    return [{ name: 'reaction', source, ...(emoji !== undefined && { value: emoji }) }];
  }
  const value = payload['value'] ?? payload['output'] ?? feedback['payload'];
  const number = asNumber(value);
  if (isObject(value))
    return scoresOf(value, source).map((score) => ({ ...score, name: `${name || type}.${score.name}` }));
  if (typeof value === 'string' || typeof value === 'boolean') return [{ name: name || type, value, source }];
  return [{ name: name || type, source, ...(number !== undefined && { value: number }) }];
}
