import { mlflowValue } from '../../conventions/mlflow.js';
import { asNumber } from '../../conventions/convention.js';
import { interpret, type OutlineDraft } from '../../conventions/index.js';
import type { Payload, Score, SpanEvent, SpanMeaning, SpanOutline, SpanReader, SpanTable } from '../../model/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { assessmentScore } from './mlflow-assessment.js';
import { unwrapped } from '../json-layers.js';
import { anyValue, keyValues, nanos } from '../otlp/otlp-values.js';
import { statusOf } from '../otlp/otlp-span.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, fieldsOf, momentOf, recordOf } from '../row.js';
import { normalisedId } from '../span-ids.js';
import { stated } from '../../conventions/attribute-values.js';

/** Attributes with their values decoded; over REST they are OTLP's list of keys and values. */
export function* spanAttributes(span: JsonObject): Generator<[string, unknown]> {
  const { attributes } = span;
  const isList = Array.isArray(attributes);
  for (const [key, value] of keyValues(attributes)) yield [key, parsed(isList ? anyValue(value) : value)];
}

/** Every value was written as JSON, numbers and texts too. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const isPlain = value.length < 16 && /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false)$/.test(value);
  return isPlain ? (JSON.parse(value) as unknown) : mlflowValue(value);
}

/** V2 writes ids as `0x…`. */
const idOf = (value: unknown): string => normalisedId(typeof value === 'string' ? value.replace(/^0x/, '') : value);

const objectIn = (value: unknown): JsonObject => {
  const held = unwrapped(value);
  return isObject(held) ? held : {};
};

/** One trace: its info, and what its spans share. */
export class MlflowTrace {
  readonly document: JsonObject;
  readonly info: JsonObject;
  readonly id: string;
  /** Scores by the span that they judge; those of the trace under no id. */
  readonly scores = new Map<string, Score[]>();
  readonly reader: SpanReader;

  constructor(document: JsonObject, info: JsonObject, id = firstText(info, 'trace_id', 'request_id') ?? '') {
    this.document = document;
    this.info = info;
    this.id = id;
    for (const item of asArray(unwrapped(info['assessments']))) {
      if (!isObject(item)) continue;
      const spanId = idOf(item['span_id']);
      const list = this.scores.get(spanId);
      if (list) list.push(assessmentScore(item));
      else this.scores.set(spanId, [assessmentScore(item)]);
    }
    this.reader = readerOf(this);
  }
}

/** Puts the spans of MLflow traces into a table, one outline object for all of them. */
export class MlflowOutliner {
  readonly #table: SpanTable;
  readonly #draft: OutlineDraft;
  readonly #outline: SpanOutline = emptyOutline();

  constructor(table: SpanTable, draft: OutlineDraft) {
    this.#table = table;
    this.#draft = draft;
  }

  stateFacts({ id, info, scores }: MlflowTrace): void {
    if (id === '') return;
    const facts = this.#table.facts(id);
    const metadata = objectIn(either(info, 'trace_metadata', 'request_metadata'));
    const tags = objectIn(info['tags']);
    const session = mlflowValue(metadata['mlflow.trace.session']);
    const user = mlflowValue(metadata['mlflow.trace.user']);
    const name = firstText(tags, 'mlflow.traceName');
    if (name !== undefined) facts.name = name;
    if (typeof session === 'string') facts.sessionId = session;
    if (typeof user === 'string') facts.userId = user;
    if (Object.keys(metadata).length) facts.metadata = metadata;
    // The tags that MLflow keeps for itself are its bookkeeping.
    for (const [key, value] of Object.entries(tags)) {
      if (!key.startsWith('mlflow.')) facts.tags.add(`${key}:${textOrJson(value)}`);
    }
    for (const score of scores.get('') ?? []) facts.scores.push(score);
  }

  add(span: JsonObject, trace: MlflowTrace): void {
    const outline = clearOutline(this.#outline);
    const draft = this.#draft;
    const { origin } = this.#table;
    const context = isObject(span['context']) ? span['context'] : span;
    const status = isObject(span['status']) ? span['status'] : {};
    outline.name = asText(span['name']);
    draft.reset();
    for (const [key, value] of spanAttributes(span)) draft.attribute(key, value);
    draft.writeTo(outline);
    outline.traceId = trace.id;
    outline.id = idOf(context['span_id']);
    outline.parentId = idOf(either(span, 'parent_span_id', 'parent_id'));
    outline.start = origin.fromNanos(nanos(either(span, 'start_time_unix_nano', 'start_time')));
    outline.end = origin.fromNanos(nanos(either(span, 'end_time_unix_nano', 'end_time')));
    outline.status = statusOf(status['code'] ?? asText(span['status_code']).replace(/^STATUS_CODE_/, ''));
    outline.statusMessage = asText(status['message']) || asText(span['status_message']) || undefined;
    this.#table.add(outline, span, trace.reader);
  }

  /** A span outside of a trace, of which it states the id. */
  addLoose(span: JsonObject, traces: Map<string, MlflowTrace>): void {
    const context = isObject(span['context']) ? span['context'] : span;
    const stated = isObject(span['attributes']) ? mlflowValue(span['attributes']['mlflow.traceRequestId']) : undefined;
    const id = typeof stated === 'string' && stated !== '' ? stated : idOf(context['trace_id']);
    let trace = traces.get(id);
    if (!trace) traces.set(id, (trace = new MlflowTrace({}, {}, id)));
    this.add(span, trace);
  }

  /** A trace without spans (a list of infos), as the span that would be its root. */
  addTrace({ id, info, document }: MlflowTrace): void {
    const outline = clearOutline(this.#outline);
    const state = firstText(info, 'state', 'status');
    outline.traceId = id;
    outline.id = id;
    outline.name = firstText(objectIn(info['tags']), 'mlflow.traceName') ?? 'trace';
    outline.start = momentOf(this.#table.origin, either(info, 'request_time', 'timestamp_ms'));
    const duration = either(info, 'execution_duration_ms', 'execution_time_ms', 'execution_duration');
    // Protobuf writes a duration as seconds with their unit.
    const seconds = /^([\d.]+)s$/.exec(asText(duration))?.[1];
    outline.end = outline.start + (seconds === undefined ? (asNumber(duration) ?? NaN) : Number(seconds) * 1000);
    outline.status = statusOf(state);
    this.#table.add(outline, document, traceReader);
  }
}

function readerOf(trace: MlflowTrace): SpanReader {
  return {
    format: 'mlflow',
    record(raw) {
      const span = isObject(raw) ? raw : {};
      const attributes = new Map(spanAttributes(span));
      if (idOf(either(span, 'parent_span_id', 'parent_id')) === '') {
        for (const [key, value] of fieldsOf(trace.info, INFO_SHOWN)) attributes.set(`trace.${key}`, value);
      }
      return { ...recordOf(attributes), events: asArray(span['events']).filter(isObject).map(eventOf) };
    },
    meaning(record, raw) {
      const span = isObject(raw) ? raw : {};
      const context = isObject(span['context']) ? span['context'] : span;
      const scores = trace.scores.get(idOf(context['span_id']) || 'none');
      return { ...interpret(record), ...(scores && { scores }) };
    },
  };
}

/** The scores, and what a row of `search_traces()` holds beside the fields of the info. */
const INFO_SHOWN: ReadonlySet<string> = new Set([
  'assessments',
  'spans',
  'trace',
  'request',
  'response',
  'data',
  'trace_data',
]);

/** Moments of events are microseconds in V2 and nanoseconds later: told apart by their size. */
function eventOf(event: JsonObject): SpanEvent {
  const value = asNumber(either(event, 'time_unix_nano', 'timestamp')) ?? NaN;
  const time = value > 1e17 ? value / 1e6 : value > 1e14 ? value / 1e3 : value;
  const { attributes } = event;
  const isList = Array.isArray(attributes);
  return {
    name: asText(event['name']),
    attributes: new Map(Array.from(keyValues(attributes), ([key, item]) => [key, isList ? anyValue(item) : item])),
    ...(Number.isFinite(time) && { time }),
  };
}

const traceReader: SpanReader = {
  format: 'mlflow',
  record(raw) {
    const document = isObject(raw) ? raw : {};
    const info = either(document, 'info', 'trace_info');
    return recordOf(fieldsOf(isObject(info) ? info : document));
  },
  meaning(_record, raw): SpanMeaning {
    const document = isObject(raw) ? raw : {};
    const info = objectIn(either(document, 'info', 'trace_info') ?? document);
    const data = objectIn(document['data']);
    return stated<SpanMeaning>({
      input: mlflowValue(data['request'] ?? either(info, 'request', 'request_preview')) as Payload | undefined,
      output: mlflowValue(data['response'] ?? either(info, 'response', 'response_preview')) as Payload | undefined,
    });
  },
};
