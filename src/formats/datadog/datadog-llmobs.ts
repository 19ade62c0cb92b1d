import { asNumber } from '../../conventions/convention.js';
import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import type {
  Payload,
  PromptTemplate,
  SpanKind,
  SpanMeaning,
  SpanReader,
  SpanTable,
  ToolDefinition,
  TraceDocument,
} from '../../model/index.js';
import { documentOf } from '../../payloads/documents.js';
import { firstText, recordsIn, textOrJson } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { addScore, isMetric } from './datadog-evaluations.js';
import { datadogMessages } from './datadog-messages.js';
import { known, tagged, traceTags } from './datadog-tags.js';
import type { Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { JoinedScores } from '../joined-scores.js';
import { nanos } from '../otlp/otlp-values.js';
import { emptyOutline } from '../outline.js';
import {
  clearOutline,
  exceptionOf,
  fieldsOf,
  inSteps,
  parametersIn,
  putError,
  recordOf,
  rowsOf,
  sumOf,
  usageOf,
} from '../row.js';
import { normalisedId } from '../span-ids.js';

/**
 * Datadog LLM Observability: bodies of the HTTP API (`{data: {type: "span", attributes: {ml_app, spans}}}`), batches of
 * the SDKs (`[{event_type: "span", spans}]`), answers of the export API (`{data: [{attributes}]}`), and bare lists of
 * spans, alone or one body on each line; evaluations among them are joined to their spans. A span is told by `start_ns`
 * and `meta` with a kind.
 *
 * Sources: docs.datadoghq.com/llm_observability/setup/api; DataDog/dd-trace-py, ddtrace/llmobs/types.py, _writer.py and
 * _constants.py. Real batches say the kind in `meta.span.kind`, some at the top of the span as well, where the
 * documentation has `meta.kind`; messages without a role are met; nanoseconds are JSON numbers above 2^53.
 *
 * dd-trace for JavaScript (5.132) writes an error as `meta["error.message"]`, `error.type` and `error.stack` where the
 * documentation has `meta.error`, the provider `unknown` where it does not know the address of the API, and of a request's
 * messages neither the calls nor the ids that results answer. Sessions and users are tags.
 */
export const datadogLlmObs: Format = {
  name: 'datadog-llmobs',
  title: 'Datadog LLM Observability',

  detect(value) {
    const isHeld = (item: unknown): boolean => typeof item === 'object' && item !== null;
    const first = firstObject(Array.isArray(value) ? (value as unknown[]).find(isHeld) : value);
    if (!first) return false;
    if (isSpan(first) || isMetric(first)) return true;
    if (Array.isArray(first['spans'])) {
      return (first['event_type'] === 'span' || '_dd.stage' in first) && isSpan(firstObject(first['spans']));
    }
    const data = firstObject(first['data']);
    const attributes = data?.['attributes'];
    if (!isObject(attributes)) return false;
    if (data?.['type'] === 'evaluation_metric') return isMetric(firstObject(attributes['metrics']));
    return isSpan(attributes) || isSpan(firstObject(attributes['spans']));
  },

  *read(value, table) {
    const outline = emptyOutline();
    const groups = [...groupsIn(value, table)];
    const scores = new JoinedScores();
    for (const { metrics } of groups) for (const metric of metrics) addScore(scores, metric);
    for (const { spans, about } of groups) {
      const reader = readerOf(about, scores);
      yield* inSteps(rowsOf(spans, table), (span) => {
        outlineOf(span, about, clearOutline(outline), table);
        table.add(outline, span, reader);
      });
    }
    scores.settle(table);
  },
};

const kindOf = (span: JsonObject): string | undefined => {
  const meta = isObject(span['meta']) ? span['meta'] : {};
  const inner = isObject(meta['span']) ? firstText(meta['span'], 'kind') : undefined;
  return firstText(meta, 'span.kind') ?? inner ?? firstText(meta, 'kind') ?? firstText(span, 'kind', 'span_kind');
};

const isSpan = (value: JsonObject | undefined): value is JsonObject =>
  value?.['start_ns'] !== undefined && kindOf(value) !== undefined;

/** What a body holds; on a line of its own, the body of an SDK is a list within the list of lines. */
const bodiesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]).flat() : [value]);

/** Spans that came together, and what is said of all of them. */
interface Group {
  about: JsonObject;
  spans: readonly unknown[];
  metrics: readonly JsonObject[];
}

function* groupsIn(value: unknown, table: SpanTable): Generator<Group> {
  // Spans that stand alone are one group, so that they share a reader.
  const bare: JsonObject[] = [];
  const metrics: JsonObject[] = [];
  for (const item of rowsOf(bodiesOf(value), table)) {
    if (isMetric(item)) metrics.push(item);
    else if (Array.isArray(item['spans'])) yield { about: item, spans: item['spans'], metrics: [] };
    else if (item['data'] === undefined) bare.push(item);
    else {
      const data: unknown = item['data'];
      for (const { attributes } of rowsOf(Array.isArray(data) ? (data as unknown[]) : [data], table)) {
        if (!isObject(attributes)) {
          table.problems.push({ code: 'unreadable-record', message: 'An entry has no attributes and was left out.' });
        } else if (Array.isArray(attributes['spans']))
          yield { about: attributes, spans: attributes['spans'], metrics: [] };
        else if (Array.isArray(attributes['metrics'])) {
          for (const metric of rowsOf(attributes['metrics'], table)) metrics.push(metric);
        } else bare.push(attributes);
      }
    }
  }
  yield { about: {}, spans: bare, metrics };
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['agent', 'agent'],
  ['workflow', 'chain'],
  ['task', 'chain'],
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['embedding', 'embedding'],
  ['retrieval', 'retriever'],
]);

/** The export API has the fields of `meta` on the span itself. */
const metaOf = (span: JsonObject): JsonObject => (isObject(span['meta']) ? span['meta'] : span);

const sideOf = (span: JsonObject, side: 'input' | 'output'): JsonObject => {
  const value = metaOf(span)[side];
  return isObject(value) ? value : {};
};

/** The error in any of its forms: as the API has it, or in fields whose names have a dot. */
const errorOf = (meta: JsonObject): unknown =>
  meta['error'] ?? {
    message: meta['error.message'],
    type: meta['error.type'],
    stack: meta['error.stack'],
  };

/** "undefined" is what the SDKs write for the parent of a root. */
const parentOf = (span: JsonObject): string => {
  const id = normalisedId(span['parent_id']);
  return id === 'undefined' ? '' : id;
};

function outlineOf(
  span: JsonObject,
  about: JsonObject,
  outline: ReturnType<typeof emptyOutline>,
  table: SpanTable,
): void {
  const meta = metaOf(span);
  const metrics = isObject(span['metrics']) ? span['metrics'] : {};
  outline.traceId = normalisedId(span['trace_id']);
  outline.id = normalisedId(span['span_id']);
  outline.parentId = parentOf(span);
  outline.name = asText(span['name']);
  outline.kind = KINDS.get(kindOf(span)?.toLowerCase() ?? '') ?? 'span';
  outline.start = table.origin.fromNanos(nanos(span['start_ns']));
  outline.end = outline.start + (asNumber(span['duration']) ?? NaN) / 1e6;
  outline.status = span['status'] === 'error' ? 'error' : span['status'] === 'ok' ? 'ok' : 'unset';
  putError(outline, errorOf(meta));
  outline.model = firstText(meta, 'model_name');
  outline.provider = known(firstText(meta, 'model_provider'));
  // Datadog's integrations count cached tokens inside the input and reasoning inside the output, whoever the provider.
  outline.usage = usageOf({
    input: metrics['input_tokens'],
    output: metrics['output_tokens'],
    total: metrics['total_tokens'],
    cacheRead: metrics['cache_read_input_tokens'],
    cacheWrite: metrics['cache_write_input_tokens'],
    reasoning: metrics['reasoning_output_tokens'],
  });
  outline.cost = sumOf(metrics['total_cost']) ?? sumOf(metrics['input_cost'], metrics['output_cost']);
  const seconds = asNumber(metrics['time_to_first_token']);
  if (seconds !== undefined) outline.timeToFirstToken = seconds * 1000;

  const tags = [...asArray(span['tags']), ...asArray(about['tags'])];
  outline.service = tagged(tags, 'service') ?? firstText(about, 'ml_app');
  outline.sessionId = firstText(span, 'session_id') ?? firstText(about, 'session_id') ?? tagged(tags, 'session_id');
  outline.userId = tagged(tags, 'user_id') ?? tagged(tags, 'user_handle');
  outline.tags = traceTags(tags);
  if (outline.parentId === '' && !takesParameters(outline.kind)) outline.metadata = meta['metadata'];
}

/** On a model's span `metadata` holds the parameters of the call. */
const takesParameters = (kind: SpanKind): boolean => kind === 'llm' || kind === 'embedding';

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['input', 'output']);

function readerOf(about: JsonObject, scores: JoinedScores): SpanReader {
  const shared = fieldsOf(about, new Set(['spans', 'data']));
  return {
    format: datadogLlmObs.name,
    record(raw) {
      const span = isObject(raw) ? raw : {};
      const attributes = new Map([...shared, ...fieldsOf(span, new Set([...SHOWN_ELSEWHERE, 'meta']))]);
      if (isObject(span['meta'])) {
        for (const [name, value] of fieldsOf(span['meta'], SHOWN_ELSEWHERE)) attributes.set(`meta.${name}`, value);
      }
      return recordOf(attributes);
    },
    meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw, scores) : {}),
  };
}

function meaningOf(span: JsonObject, scores: JoinedScores): SpanMeaning {
  const meta = metaOf(span);
  const input = sideOf(span, 'input');
  const output = sideOf(span, 'output');
  const kind = KINDS.get(kindOf(span) ?? '') ?? 'span';
  const parameters = new Map([
    ...((takesParameters(kind) ? parametersIn(meta['metadata']) : undefined) ?? []),
    ...(parametersIn(input['parameters']) ?? []),
  ]);
  const exception = exceptionOf(errorOf(meta));
  return stated<SpanMeaning>({
    input: payloadOf(input),
    output: payloadOf(output),
    messages: unlessEmpty([...datadogMessages(input, 'input'), ...datadogMessages(output, 'output')]),
    tools: unlessEmpty(recordsIn(meta['tool_definitions']).flatMap(toolOf)),
    documents: documents(output['documents']),
    inputDocuments: documents(input['documents']),
    parameters: parameters.size ? parameters : undefined,
    prompt: promptOf(input['prompt']),
    exceptions: exception && [exception],
    scores: scores.of(span['trace_id'], span['span_id']),
  });
}

/** The value of a side; where it has none, whatever it is made of. */
function payloadOf(side: JsonObject): Payload | undefined {
  const value = side['value'];
  if (value !== undefined && value !== null && value !== '') return jsonOrText(value) as Payload;
  const held = either(side, 'messages', 'documents');
  return held === undefined ? undefined : held;
}

const documents = (value: unknown): readonly TraceDocument[] | undefined =>
  unlessEmpty(
    asArray(value).map((item) => {
      const name = isObject(item) ? firstText(item, 'name') : undefined;
      return { ...documentOf(item), ...(name !== undefined && { metadata: { name } }) };
    }),
  );

function toolOf(tool: JsonObject): ToolDefinition[] {
  const name = firstText(tool, 'name');
  if (name === undefined) return [];
  return [
    {
      name,
      ...stated<Partial<ToolDefinition>>({ description: firstText(tool, 'description'), parameters: tool['schema'] }),
    },
  ];
}

function promptOf(prompt: unknown): PromptTemplate | undefined {
  if (!isObject(prompt)) return undefined;
  const template = either(prompt, 'template', 'chat_template');
  const version = prompt['version'];
  return stated<PromptTemplate>({
    name: firstText(prompt, 'id', 'name'),
    version: version === undefined ? undefined : textOrJson(version),
    template: template === undefined ? undefined : textOrJson(template),
    variables: prompt['variables'],
  });
}
