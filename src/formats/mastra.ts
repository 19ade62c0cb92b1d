import { asNumber } from '../conventions/convention.js';
import { ownTool, stated, unlessEmpty } from '../conventions/attribute-values.js';
import type { SpanKind, SpanMeaning, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { documentsOf } from '../payloads/documents.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import type { Format } from './format.js';
import { JoinedScores } from './joined-scores.js';
import { addScore, isScore } from './mastra-scores.js';
import { turnsOf } from './mastra-turns.js';
import { asText, either, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
import {
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
  tagsOf,
  usageOf,
} from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * Spans of Mastra's tracing as its exporters are given them (`{id, traceId, parentSpanId, type, startTime, …}`), as the
 * events that bring them (`{type: "span_ended", exportedSpan}`), and as its storage and server give them (`spanId`,
 * `spanType`, `startedAt`; `{spans: […]}`). A span is told by its type, a word of Mastra's own. Of several records of one
 * span the last says all.
 *
 * Its platform's exporter sends bodies `{spans}`, then `{scores}` and `{feedback}`, which are joined to what they judge.
 *
 * One call of a model is up to three spans, each inside the other: a generation (with all turns of an agent), its steps (with
 * the tools that the model called) and their inferences (the call alone). The innermost is the call; what is around it is a
 * chain, as with the AI SDK. An inference states the model and the parameters, but neither turns nor tools that went in:
 * those are its step's and its generation's.
 *
 * Source: mastra-ai/mastra, packages/core/src/observability/types/tracing.ts; recorded from @mastra/observability 1.17. Where
 * that differs: a span has both the exporter's names of its fields and the storage's; `completionStartTime` of later steps
 * is that of the first one, before they start; a streamed call may have an empty `usage`; a generation's `toolCalls` are those
 * of all its steps, beside the text of the last; the `entityName` of a workflow's step is the workflow's.
 */
export const mastra: Format = {
  name: 'mastra',
  title: 'Mastra traces',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    return (
      isSpan(spanIn(first)) ||
      isSpan(firstObject(first['spans'])) ||
      isScore(firstObject(first['scores'])) ||
      isScore(firstObject(first['feedback']))
    );
  },

  *read(value, table) {
    const outline = emptyOutline();
    const scores = new JoinedScores();
    const spans = latestById(spansIn(value, table, scores));
    const reader = readerOf(spans, scores);
    const wrappers = wrappersAmong(spans.values());
    yield* inSteps(spans.values(), (span) => {
      outlineOf(span, clearOutline(outline), table);
      if (outline.kind === 'llm' && wrappers.has(keyOf(span))) outline.kind = 'chain';
      table.add(outline, span, reader);
    });
    scores.settle(table);
  },
};

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['agent_run', 'agent'],
  ['model_generation', 'llm'],
  ['llm_generation', 'llm'],
  ['model_step', 'llm'],
  ['model_inference', 'llm'],
  ['model_chunk', 'span'],
  ['llm_chunk', 'span'],
  ['tool_call', 'tool'],
  ['mcp_tool_call', 'tool'],
  ['client_tool_call', 'tool'],
  ['provider_tool_call', 'tool'],
  ['processor_run', 'chain'],
  ['workflow_run', 'chain'],
  ['workflow_step', 'chain'],
  ['workflow_conditional', 'chain'],
  ['workflow_conditional_eval', 'chain'],
  ['workflow_parallel', 'chain'],
  ['workflow_loop', 'chain'],
  ['workflow_sleep', 'span'],
  ['workflow_wait_event', 'span'],
  ['scorer_run', 'evaluator'],
  ['scorer_step', 'evaluator'],
  ['memory_operation', 'span'],
  ['workspace_action', 'span'],
  ['rag_ingestion', 'chain'],
  ['rag_embedding', 'embedding'],
  ['rag_vector_operation', 'retriever'],
  ['rag_action', 'chain'],
  ['graph_action', 'span'],
  ['generic', 'span'],
]);

const spanIn = (item: JsonObject): JsonObject => {
  const span = item['exportedSpan'] ?? item['span'];
  return isObject(span) ? span : item;
};

const typeOf = (span: JsonObject): string => asText(span['spanType'] ?? span['type']);
const isSpan = (span: JsonObject | undefined): boolean =>
  span !== undefined &&
  KINDS.has(typeOf(span)) &&
  typeof span['traceId'] === 'string' &&
  typeof (span['spanId'] ?? span['id']) === 'string' &&
  either(span, 'startTime', 'startedAt') !== undefined;

function* spansIn(value: unknown, table: SpanTable, scores: JoinedScores): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    if (isSpan(spanIn(item))) yield spanIn(item);
    else if (Array.isArray(item['spans'])) yield* rowsOf(item['spans'] as unknown[], table);
    else {
      const list = ['scores', 'feedback'].map((name) => item[name]).find(Array.isArray);
      if (list === undefined) yield spanIn(item);
      else for (const score of rowsOf(list as unknown[], table)) addScore(scores, score, table);
    }
  }
}

const idOf = (span: JsonObject): string => asText(span['spanId'] ?? span['id']);
const keyOf = (span: JsonObject, id = idOf(span)): string => `${asText(span['traceId'])}/${id}`;

/** Of several records of one span the last. A span without an id is one of its own. */
function latestById(spans: Iterable<JsonObject>): ReadonlyMap<string, JsonObject> {
  const latest = new Map<string, JsonObject>();
  let unnamed = 0;
  for (const span of spans) latest.set(idOf(span) === '' ? ` ${unnamed++}` : keyOf(span), span);
  return latest;
}

const keyOfParent = (span: JsonObject): string => keyOf(span, asText(span['parentSpanId']));

/** The spans whose call of the model is a span of its own, inside of them. */
function wrappersAmong(spans: Iterable<JsonObject>): ReadonlySet<string> {
  const wrappers = new Set<string>();
  for (const span of spans) {
    if (/^model_(?:step|inference)$/.test(typeOf(span))) wrappers.add(keyOfParent(span));
  }
  return wrappers;
}

const kindOf = (span: JsonObject): SpanKind =>
  typeOf(span) === 'rag_action' && partOf(span, 'attributes')['action'] === 'rerank'
    ? 'reranker'
    : (KINDS.get(typeOf(span)) ?? 'span');

function outlineOf(span: JsonObject, outline: SpanOutline, table: SpanTable): void {
  const attributes = partOf(span, 'attributes');
  const metadata = partOf(span, 'metadata');
  outline.traceId = normalisedId(span['traceId']);
  outline.id = normalisedId(span['spanId'] ?? span['id']);
  outline.parentId = normalisedId(span['parentSpanId']);
  outline.name = asText(span['name']);
  outline.label = typeOf(span) === 'workflow_step' ? firstText(span, 'entityId') : firstText(span, 'entityName');
  outline.kind = kindOf(span);
  outline.start = momentOf(table.origin, either(span, 'startTime', 'startedAt'));
  // An event happens at its start and has no end.
  outline.end = span['isEvent'] === true ? outline.start : momentOf(table.origin, either(span, 'endTime', 'endedAt'));
  outline.status = statusOf(attributes);
  putError(outline, span['errorInfo'] ?? span['error']);
  // Where a step says it.
  const called = partOf(metadata, 'modelMetadata');
  outline.model = firstText(attributes, 'responseModel', 'model') ?? firstText(called, 'modelId');
  outline.provider = firstText(attributes, 'provider') ?? firstText(called, 'modelProvider');
  outline.usage = usageIn(partOf(attributes, 'usage'));
  outline.cost = asNumber(partOf(attributes, 'costContext')['estimatedCost']);
  const first = momentOf(table.origin, attributes['completionStartTime']) - outline.start;
  if (first >= 0) outline.timeToFirstToken = first;
  outline.sessionId =
    firstText(span, 'sessionId') ??
    firstText(metadata, 'sessionId', 'threadId') ??
    firstText(attributes, 'conversationId') ??
    firstText(span, 'threadId');
  outline.userId = firstText(span, 'userId') ?? firstText(metadata, 'userId');
  outline.tags = tagsOf(span['tags']);
  if (outline.parentId === '' && Object.keys(metadata).length) outline.metadata = metadata;
}

/** The sides are the sums of their details. Mastra before 1.0 had the AI SDK's names. */
function usageIn(usage: JsonObject): SpanOutline['usage'] {
  const input = partOf(usage, 'inputDetails');
  const output = partOf(usage, 'outputDetails');
  return usageOf({
    input: either(usage, 'inputTokens', 'promptTokens'),
    output: either(usage, 'outputTokens', 'completionTokens'),
    total: usage['totalTokens'],
    cacheRead: input['cacheRead'] ?? either(usage, 'cachedInputTokens', 'promptCacheHitTokens'),
    cacheWrite: input['cacheWrite'],
    reasoning: output['reasoning'] ?? usage['reasoningTokens'],
    audioInput: input['audio'],
    audioOutput: output['audio'],
  });
}

/** Tools say whether they succeeded, workflows how they ended; the others say it only by an error. */
function statusOf({ success, status }: JsonObject): SpanOutline['status'] {
  if (success === true || status === 'success') return 'ok';
  return success === false || status === 'failed' ? 'error' : 'unset';
}

/** Names of the exporter, and those of the storage for the same. */
const TWINS = [
  ['id', 'spanId'],
  ['type', 'spanType'],
  ['startTime', 'startedAt'],
  ['endTime', 'endedAt'],
  ['errorInfo', 'error'],
] as const;

function readerOf(spans: ReadonlyMap<string, JsonObject>, scores: JoinedScores): SpanReader {
  const parentOf = (span: JsonObject | undefined): JsonObject => (span && spans.get(keyOfParent(span))) ?? {};
  return {
    format: mastra.name,
    record(raw) {
      if (!isObject(raw)) return recordOf(new Map());
      const twins = TWINS.filter(([name]) => raw[name] !== undefined && raw[name] !== null).map(([, twin]) => twin);
      return recordOf(fieldsOf(raw, new Set(['input', 'output', ...twins])));
    },
    meaning(_record, raw) {
      if (!isObject(raw)) return {};
      const step = typeOf(raw) === 'model_inference' ? parentOf(raw) : {};
      return meaningOf(raw, step, parentOf(step), scores);
    },
  };
}

/** What a span means; `step` and `generation` are those of an inference, and empty for any other span. */
function meaningOf(span: JsonObject, step: JsonObject, generation: JsonObject, scores: JoinedScores): SpanMeaning {
  const attributes = partOf(span, 'attributes');
  const kind = kindOf(span);
  const exception = exceptionOf(span['errorInfo'] ?? span['error']);
  const isTalk = kind === 'llm' || kind === 'agent';
  const input = span['input'] ?? step['input'];
  const tools = toolDefinitions(attributes['tools'] ?? partOf(generation, 'attributes')['tools']);
  const offered = attributes['availableTools'];
  return stated<SpanMeaning>({
    input: payloadIn(span['input']),
    output: payloadIn(span['output']),
    messages: isTalk ? unlessEmpty(turnsOf(input, span['output'], attributes)) : undefined,
    tools:
      kind === 'tool'
        ? ownTool(either(span, 'entityName', 'entityId'), attributes['toolDescription'])
        : unlessEmpty(Array.isArray(offered) ? tools.filter(({ name }) => offered.includes(name)) : tools),
    documents:
      kind === 'retriever' || kind === 'reranker' ? unlessEmpty(documentsOf(foundIn(span['output']))) : undefined,
    parameters: parametersIn(attributes['parameters']),
    exceptions: exception && [exception],
    scores: scores.of(span['traceId'], idOf(span)),
  });
}

const foundIn = (output: unknown): unknown => {
  const value = jsonOrText(output);
  return isObject(value) ? either(value, 'results', 'documents', 'matches') : value;
};
