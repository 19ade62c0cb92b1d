import { langfuseCost, LANGFUSE_KINDS, langfuseUsage } from '../../conventions/langfuse.js';
import { asCount, asNumber } from '../../conventions/convention.js';
import type { OutlineDraft } from '../../conventions/index.js';
import type { SpanKind, SpanOutline, SpanReader, SpanTable, Usage } from '../../model/index.js';
import { firstText, firstValue } from '../../payloads/json-record.js';
import { langfuseMeaning, langfuseTraceMeaning } from './langfuse-meaning.js';
import { unwrapped } from '../json-layers.js';
import { asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { scoredDocuments } from '../../payloads/retrieved-documents.js';
import type { JoinedScores } from '../joined-scores.js';
import { emptyOutline } from '../outline.js';
import type { Extent } from '../trace-roots.js';
import { clearOutline, fieldsOf, momentOf, recordOf, sumOf, tagsOf, usageOf } from '../row.js';
import { normalisedId } from '../span-ids.js';

const KINDS: ReadonlyMap<string, SpanKind | undefined> = new Map<string, SpanKind | undefined>([
  ['SPAN', undefined],
  ['EVENT', undefined],
  ...Object.entries(LANGFUSE_KINDS).map(([word, kind]): [string, SpanKind] => [word.toUpperCase(), kind]),
]);

/** Whether a value is an observation, by its type, its start and what it belongs to. */
export const isObservation = (value: unknown): boolean =>
  isObject(value) &&
  KINDS.has(asText(value['type'])) &&
  either(value, 'startTime', 'start_time') !== undefined &&
  either(value, 'traceId', 'trace_id', 'parentObservationId', 'parent_observation_id') !== undefined;

const EMPTY: JsonObject = {};

const objectIn = (value: unknown): JsonObject => {
  const held = unwrapped(value);
  return isObject(held) ? held : EMPTY;
};

/** One trace while it is read, and then what its observations share when somebody looks at them. */
export class LangfuseTrace {
  readonly id: string;
  /** The trace's own record, where the source has one. */
  row: JsonObject | undefined;
  hasObservations = false;
  /** Whether the trace's record is a span of its own, and not what its only root says. */
  isSpan = false;
  readonly scores: JoinedScores;
  readonly reader: SpanReader;

  constructor(id: string, scores: JoinedScores) {
    this.id = id;
    this.scores = scores;
    this.reader = observationReader(this);
  }
}

/** Puts observations into a table, one outline object for all of them. */
export class LangfuseOutliner {
  readonly #table: SpanTable;
  readonly #draft: OutlineDraft;
  readonly #outline: SpanOutline = emptyOutline();

  constructor(table: SpanTable, draft: OutlineDraft) {
    this.#table = table;
    this.#draft = draft;
  }

  add(row: JsonObject, trace: LangfuseTrace): void {
    const outline = clearOutline(this.#outline);
    const { origin } = this.#table;
    const type = asText(row['type']);
    outline.name = asText(row['name']);
    this.#readAttributes(row['metadata'], outline);
    outline.traceId = trace.id;
    outline.id = normalisedId(row['id']);
    outline.parentId = normalisedId(either(row, 'parentObservationId', 'parent_observation_id'));
    // What the conventions would call it is what Langfuse itself has shown in place of the name.
    outline.name = asText(row['name']) || outline.name || type.toLowerCase();
    outline.kind = KINDS.get(type) ?? outline.kind;
    // Before there was a type for it, a retriever was written as a span.
    if (type === 'SPAN' && outline.kind === 'span' && scoredDocuments(row['output']).length) outline.kind = 'retriever';
    outline.start = momentOf(origin, either(row, 'startTime', 'start_time'));
    outline.end = momentOf(origin, either(row, 'endTime', 'end_time'));
    // A moment has no end, and is not running.
    if (type === 'EVENT' && Number.isNaN(outline.end)) outline.end = outline.start;
    if (row['level'] === 'ERROR') outline.status = 'error';
    outline.statusMessage = firstText(row, 'statusMessage', 'status_message');
    outline.model = firstText(row, 'model', 'providedModelName', 'provided_model_name') ?? outline.model;
    outline.usage = usageOfRow(row) ?? outline.usage;
    outline.cost = costOfRow(row) ?? outline.cost;
    outline.timeToFirstToken = this.#timeToFirstToken(row, outline.start) ?? outline.timeToFirstToken;
    outline.sessionId = firstText(row, 'sessionId', 'session_id') ?? outline.sessionId;
    outline.userId = firstText(row, 'userId', 'user_id') ?? outline.userId;
    outline.tags = tagsOf(either(row, 'traceTags', 'trace_tags', 'tags')) ?? outline.tags;
    // The metadata of an observation is its own; the trace's is stated by the trace.
    outline.metadata = undefined;
    const traceName = firstText(row, 'traceName', 'trace_name');
    if (traceName !== undefined) this.#table.facts(trace.id).name ??= traceName;
    this.#table.add(outline, row, trace.reader);
  }

  /** A trace that has no observations, or several roots, as the span that it would be the root of. */
  addTrace(row: JsonObject, trace: LangfuseTrace, inside?: Extent): void {
    trace.isSpan = true;
    const outline = clearOutline(this.#outline);
    outline.traceId = trace.id;
    outline.id = trace.id;
    outline.name = asText(row['name']) || 'trace';
    outline.start = momentOf(this.#table.origin, row['timestamp']);
    // Seconds on a trace, in every version.
    outline.end = outline.start + (asCount(row['latency']) ?? NaN) * 1000;
    if (inside && Number.isNaN(outline.start)) outline.start = inside.start;
    if (inside && Number.isNaN(outline.end)) outline.end = inside.end;
    outline.cost = unlessZero(asCount(row['totalCost']));
    this.#table.add(outline, row, traceReader);
  }

  /** Attributes of the OpenTelemetry span that the observation was made from are kept in its metadata. */
  #readAttributes(metadata: unknown, outline: SpanOutline): void {
    const draft = this.#draft;
    draft.reset();
    if (isObject(metadata) || (typeof metadata === 'string' && /attributes/i.test(metadata))) {
      const { attributes, resourceAttributes } = objectIn(metadata);
      for (const [key, value] of Object.entries(objectIn(attributes))) draft.attribute(key, value);
      outline.service = firstText(objectIn(resourceAttributes), 'service.name');
    }
    draft.writeTo(outline);
  }

  #timeToFirstToken(row: JsonObject, start: number): number | undefined {
    const first = momentOf(this.#table.origin, either(row, 'completionStartTime', 'completion_start_time'));
    if (first >= start) return first - start;
    const seconds = asNumber(either(row, 'timeToFirstToken', 'time_to_first_token'));
    return seconds === undefined ? undefined : seconds * 1000;
  }
}

/**
 * Tokens of an observation. The keys of `usageDetails` do not overlap, so a side is the sum of its keys (see
 * `langfuseUsage`). Older records state `usage`, `inputUsage`… or `promptTokens`…, which count a side as a whole; there
 * all zeros mean that nothing is known.
 */
function usageOfRow(row: JsonObject): Usage | undefined {
  const split = usageOf(langfuseUsage(unwrapped(either(row, 'usageDetails', 'usage_details'))));
  if (split) return split;
  const legacy = objectIn(row['usage']);
  const unit = legacy['unit'] ?? row['unit'];
  // Characters, seconds, images… are no tokens.
  if (typeof unit === 'string' && unit !== 'TOKENS') return undefined;
  const usage = usageOf({
    input:
      firstValue(legacy, 'input', 'promptTokens', 'prompt_tokens') ?? firstValue(row, 'inputUsage', 'promptTokens'),
    output:
      firstValue(legacy, 'output', 'completionTokens', 'completion_tokens') ??
      firstValue(row, 'outputUsage', 'completionTokens'),
    total: firstValue(legacy, 'total', 'totalTokens', 'total_tokens') ?? firstValue(row, 'totalUsage', 'totalTokens'),
  });
  return usage && (usage.input || usage.output || usage.total) ? usage : undefined;
}

const unlessZero = (dollars: number | undefined): number | undefined => (dollars === 0 ? undefined : dollars);

/** US dollars. Beside empty details, 0 means that nothing is known. */
function costOfRow(row: JsonObject): number | undefined {
  const split = langfuseCost(unwrapped(either(row, 'costDetails', 'cost_details')));
  if (split !== undefined) return split;
  const legacy = objectIn(row['usage']);
  const total = firstValue(row, 'calculatedTotalCost', 'totalCost', 'total_cost') ?? legacy['totalCost'];
  const sides = [
    firstValue(row, 'calculatedInputCost', 'inputCost') ?? legacy['inputCost'],
    firstValue(row, 'calculatedOutputCost', 'outputCost') ?? legacy['outputCost'],
  ];
  return unlessZero(asCount(total) ?? sumOf(...sides));
}

/** Shown as messages, payloads and metadata. */
const SHOWN: ReadonlySet<string> = new Set(['input', 'output', 'metadata', 'observations', 'scores']);

const mapOf = (value: unknown): ReadonlyMap<string, unknown> => new Map(Object.entries(objectIn(value)));

function observationReader(trace: LangfuseTrace): SpanReader {
  return {
    format: 'langfuse',
    record(raw) {
      const row = isObject(raw) ? raw : EMPTY;
      const metadata = objectIn(row['metadata']);
      const { attributes: kept, resourceAttributes, scope, ...others } = metadata;
      const attributes = new Map(mapOf(kept));
      const put = (key: string, value: unknown, from: string): void => {
        attributes.set(attributes.has(key) ? `${from}.${key}` : key, value);
      };
      for (const [key, value] of fieldsOf(row, SHOWN)) put(key, value, 'observation');
      for (const [key, value] of Object.entries(others)) attributes.set(`metadata.${key}`, value);
      if (!isObject(unwrapped(row['metadata'])) && row['metadata']) attributes.set('metadata', row['metadata']);
      if (isRoot(row) && trace.row && !trace.isSpan) {
        for (const [key, value] of fieldsOf(trace.row, SHOWN)) attributes.set(`trace.${key}`, value);
      }
      const name = firstText(objectIn(scope), 'name');
      const version = firstText(objectIn(scope), 'version');
      return {
        ...recordOf(attributes),
        resource: mapOf(resourceAttributes),
        scope: { ...(name !== undefined && { name }), ...(version !== undefined && { version }) },
      };
    },
    meaning(record, raw) {
      const row = isObject(raw) ? raw : EMPTY;
      const meaning = langfuseMeaning(record, row, trace.scores.of(trace.id, row['id']));
      if (!trace.row || trace.isSpan || !isRoot(row)) return meaning;
      // The whole trace's input and output are those of its root, and may be stated only once.
      const { input, output } = langfuseTraceMeaning(trace.row);
      return {
        ...meaning,
        ...(meaning.input === undefined && input !== undefined && { input }),
        ...(meaning.output === undefined && output !== undefined && { output }),
      };
    },
  };
}

const isRoot = (row: JsonObject): boolean =>
  normalisedId(either(row, 'parentObservationId', 'parent_observation_id')) === '';

const traceReader: SpanReader = {
  format: 'langfuse',
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, new Set(['input', 'output', 'metadata'])) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? langfuseTraceMeaning(raw) : {}),
};
