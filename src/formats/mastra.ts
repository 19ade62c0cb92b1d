import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import type { SpanKind, SpanMeaning, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { documentsOf } from '../payloads/documents.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import type { Format } from './format.js';
import { generationTurns } from './generation-result.js';
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
 * Source: mastra-ai/mastra, packages/core/src/observability/types/tracing.ts. Tested on the documentation only.
 */
export const mastra: Format = {
  name: 'mastra',
  title: 'Mastra traces',

  detect(value) {
    const first = firstObject(value);
    return first !== undefined && (isSpan(spanIn(first)) || isSpan(firstObject(first['spans'])));
  },

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(latestById(spansIn(value, table)), (span) => {
      outlineOf(span, clearOutline(outline), table);
      table.add(outline, span, reader);
    });
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

function* spansIn(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    if (Array.isArray(item['spans']) && !isSpan(item)) yield* rowsOf(item['spans'], table);
    else yield spanIn(item);
  }
}

function latestById(spans: Iterable<JsonObject>): JsonObject[] {
  const latest: JsonObject[] = [];
  const places = new Map<string, number>();
  for (const span of spans) {
    const id = asText(span['spanId'] ?? span['id']);
    const key = `${asText(span['traceId'])}/${id}`;
    const place = id === '' ? undefined : places.get(key);
    if (place !== undefined) latest[place] = span;
    else places.set(key, latest.push(span) - 1);
  }
  return latest;
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
  outline.label = firstText(span, 'entityName');
  outline.kind = kindOf(span);
  outline.start = momentOf(table.origin, either(span, 'startTime', 'startedAt'));
  // An event happens at its start and has no end.
  outline.end = span['isEvent'] === true ? outline.start : momentOf(table.origin, either(span, 'endTime', 'endedAt'));
  putError(outline, span['errorInfo'] ?? span['error']);
  outline.model = firstText(attributes, 'responseModel', 'model');
  outline.provider = firstText(attributes, 'provider');
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

const reader: SpanReader = {
  format: mastra.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, new Set(['input', 'output'])) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
};

function meaningOf(span: JsonObject): SpanMeaning {
  const attributes = partOf(span, 'attributes');
  const kind = kindOf(span);
  const exception = exceptionOf(span['errorInfo'] ?? span['error']);
  const isTalk = kind === 'llm' || kind === 'agent';
  return stated<SpanMeaning>({
    input: payloadIn(span['input']),
    output: payloadIn(span['output']),
    messages: isTalk ? unlessEmpty(generationTurns(span['input'], span['output'], kind === 'llm')) : undefined,
    tools: unlessEmpty(toolDefinitions(attributes['tools'])),
    documents:
      kind === 'retriever' || kind === 'reranker' ? unlessEmpty(documentsOf(foundIn(span['output']))) : undefined,
    parameters: parametersIn(attributes['parameters']),
    exceptions: exception && [exception],
  });
}

const foundIn = (output: unknown): unknown => {
  const value = jsonOrText(output);
  return isObject(value) ? either(value, 'results', 'documents', 'matches') : value;
};
