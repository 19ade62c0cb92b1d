import { interpret } from '../../conventions/index.js';
import type { OutlineDraft } from '../../conventions/index.js';
import {
  TimeOrigin,
  type SpanEvent,
  type SpanLink,
  type SpanOutline,
  type SpanReader,
  type SpanRecord,
  type SpanStatus,
  type SpanTable,
} from '../../model/index.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { anyValue, attributeMapOf, keyValues, nanos } from './otlp-values.js';
import type { JoinedScores } from '../joined-scores.js';
import { emptyOutline } from '../outline.js';
import { normalisedId } from '../span-ids.js';

/** What the spans of one scope have in common. */
export interface SpanGroup {
  format: string;
  resource: JsonObject;
  scope: JsonObject;
  /** Scores that came beside the spans. */
  scores?: JoinedScores;
}

/** Reads a span of OTLP JSON when somebody looks at it. */
export function otlpReader({ format, resource, scope, scores }: SpanGroup): SpanReader {
  let resourceAttributes: ReadonlyMap<string, unknown> | undefined;
  const name = asText(scope['name']);
  const version = asText(scope['version']);
  return {
    format,
    get isMeaningInRecord() {
      return scores?.isEmpty ?? true;
    },
    record(raw) {
      const span = isObject(raw) ? raw : {};
      resourceAttributes ??= attributeMapOf(resource['attributes']);
      return {
        attributes: attributeMapOf(span['attributes']),
        events: asArray(span['events']).filter(isObject).map(eventOf),
        links: asArray(span['links']).filter(isObject).map(linkOf),
        resource: resourceAttributes,
        scope: { ...(name && { name }), ...(version && { version }) },
      } satisfies SpanRecord;
    },
    meaning(record, raw) {
      const meaning = interpret(record);
      const given = isObject(raw)
        ? scores?.of(raw['traceId'] ?? raw['trace_id'], raw['spanId'] ?? raw['span_id'])
        : undefined;
      return given ? { ...meaning, scores: [...(meaning.scores ?? []), ...given] } : meaning;
    },
  };
}

function eventOf(event: JsonObject): SpanEvent {
  const time = nanosToMillis(nanos(either(event, 'timeUnixNano', 'time_unix_nano')));
  return {
    name: asText(event['name']),
    attributes: attributeMapOf(event['attributes']),
    ...(time !== undefined && { time }),
  };
}

function linkOf(link: JsonObject): SpanLink {
  return {
    traceId: normalisedId(either(link, 'traceId', 'trace_id')),
    spanId: normalisedId(either(link, 'spanId', 'span_id')),
    attributes: attributeMapOf(link['attributes']),
  };
}

/** Milliseconds since the epoch, for moments whose nanoseconds nobody subtracts. */
function nanosToMillis(value: unknown): number | undefined {
  const times = new TimeOrigin();
  const millis = times.toEpoch(times.fromNanos(value));
  return millis > 0 ? millis : undefined;
}

const STATUS_WORDS: ReadonlyMap<unknown, SpanStatus> = new Map<unknown, SpanStatus>([
  [1, 'ok'],
  [2, 'error'],
  ['1', 'ok'],
  ['2', 'error'],
  ['STATUS_CODE_OK', 'ok'],
  ['STATUS_CODE_ERROR', 'error'],
  ['OK', 'ok'],
  ['Ok', 'ok'],
  ['ERROR', 'error'],
  ['Error', 'error'],
]);

/** A status code as a number or as a word. Anything else is `unset`. */
export const statusOf = (code: unknown): SpanStatus =>
  code === 1 ? 'ok' : code === undefined ? 'unset' : (STATUS_WORDS.get(code) ?? 'unset');

/** Puts spans of OTLP JSON into a table, one outline object for all of them. */
export class OtlpSpanOutliner {
  readonly #table: SpanTable;
  readonly #draft: OutlineDraft;
  readonly #outline: SpanOutline = emptyOutline();
  #lastTraceId: unknown;
  #traceId = '';

  constructor(table: SpanTable, draft: OutlineDraft) {
    this.#table = table;
    this.#draft = draft;
  }

  add(span: JsonObject, service: string | undefined, reader: SpanReader): void {
    const outline = this.#outline;
    const draft = this.#draft;
    const { origin } = this.#table;
    // A list has no code and no message either.
    const status = (span['status'] ?? undefined) as JsonObject | undefined;
    const traceId = span['traceId'] ?? span['trace_id'];
    // Nearly always the same as that of the span before.
    if (traceId !== this.#lastTraceId) {
      this.#lastTraceId = traceId;
      this.#traceId = normalisedId(traceId);
    }
    outline.traceId = this.#traceId;
    outline.id = normalisedId(span['spanId'] ?? span['span_id']);
    outline.parentId = normalisedId(span['parentSpanId'] ?? span['parent_span_id']);
    outline.name = asText(span['name']);
    outline.start = origin.fromNanos(nanos(span['startTimeUnixNano'] ?? span['start_time_unix_nano']));
    outline.end = origin.fromNanos(nanos(span['endTimeUnixNano'] ?? span['end_time_unix_nano']));
    outline.status = status ? statusOf(status['code']) : 'unset';
    outline.statusMessage = (status && asText(status['message'])) || undefined;
    outline.service = service;
    draft.reset();
    const attributes = span['attributes'];
    if (Array.isArray(attributes)) {
      // By themselves: `keyValues` makes a pair for each. What has a key that is a text is an object.
      for (const item of attributes as (JsonObject | null | undefined)[]) {
        const key = item?.['key'];
        if (typeof key === 'string') draft.attributeOf(key, item!['value'], anyValue);
      }
    } else for (const [key, value] of keyValues(attributes)) draft.attributeOf(key, value, anyValue);
    draft.writeTo(outline, this.#table);
    this.#table.add(outline, span, reader);
  }
}
