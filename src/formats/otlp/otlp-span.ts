import { idsOfMark, MARK, SCOPE } from '../../conventions/llm-trace-kit.js';
import { meaningOf } from '../../conventions/meaning.js';
import type { OutlineDraft } from '../../conventions/outline-draft.js';
import { TimeOrigin } from '../../model/time-origin.js';
import type {
  SpanEvent,
  SpanLink,
  SpanOutline,
  SpanReader,
  SpanRecord,
  SpanStatus,
  SpanTable,
  WrittenStructure,
} from '../../model/index.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { anyValue, attributeMapOf, keyValues, nanos } from './otlp-values.js';
import type { JoinedScores } from '../joined-scores.js';
import { normalisedId } from '../span-ids.js';

/** What the spans of one scope have in common. */
export interface SpanGroup {
  format: string;
  resource: JsonObject;
  scope: JsonObject;
  /** The name of the service, where the resource states one. */
  service?: string | undefined;
  /** Collects what attributes say: one for all readers of a source. */
  draft?: OutlineDraft;
  /** Scores that came beside the spans. */
  scores?: JoinedScores;
}

/** Reads a span of OTLP JSON when somebody looks at it. */
export function otlpReader({ format, resource, scope, service, draft, scores }: SpanGroup): SpanReader {
  let resourceAttributes: ReadonlyMap<string, unknown> | undefined;
  const name = asText(scope['name']);
  const version = asText(scope['version']);
  return {
    format,
    get isMeaningInRecord() {
      return scores?.isEmpty ?? true;
    },
    state(raw, outline, origin) {
      writeStatement(raw as JsonObject, outline, { service, draft: draft!, origin });
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
      const meaning = meaningOf(record);
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

interface Stating {
  service: string | undefined;
  draft: OutlineDraft;
  /** What the outline's start counts from. */
  origin: TimeOrigin;
}

/** Writes what a span states of itself into an outline that has its start. */
function writeStatement(span: JsonObject, outline: SpanOutline, { service, draft, origin }: Stating): void {
  // A list has no code and no message either.
  const status = (span['status'] ?? undefined) as JsonObject | undefined;
  outline.name = asText(span['name']);
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
  draft.writeTo(outline, origin);
}

/** The ids that an attribute of a span states, where the container could not hold them as they are. */
function idsStated(attributes: unknown): ReturnType<typeof idsOfMark> {
  if (!Array.isArray(attributes)) {
    for (const [key, value] of keyValues(attributes)) {
      const ids = key === MARK ? idsOfMark(anyValue(value)) : undefined;
      if (ids) return ids;
    }
    return undefined;
  }
  for (const item of attributes as (JsonObject | null | undefined)[]) {
    const ids = item?.['key'] === MARK ? idsOfMark(anyValue(item['value'])) : undefined;
    if (ids) return ids;
  }
  return undefined;
}

/** Puts spans of OTLP JSON into a table. */
export class OtlpSpanOutliner {
  readonly #table: SpanTable;
  readonly #structure: WrittenStructure = { traceId: '', id: undefined, parentId: undefined, start: NaN, end: NaN };
  #lastTraceId: unknown;
  #traceId = '';

  constructor(table: SpanTable) {
    this.#table = table;
  }

  /**
   * Adds a span with its structure alone: what else it states is read when somebody asks.
   *
   * @param scope the name of the library that made it, empty where that is not told: ids in attributes are this kit's alone
   */
  add(span: JsonObject, reader: SpanReader, scope: string): void {
    const structure = this.#structure;
    const { origin } = this.#table;
    const traceId = span['traceId'] ?? span['trace_id'];
    // Nearly always the same as that of the span before.
    if (traceId !== this.#lastTraceId) {
      this.#lastTraceId = traceId;
      this.#traceId = normalisedId(traceId);
    }
    structure.traceId = this.#traceId;
    structure.id = span['spanId'] ?? span['span_id'];
    structure.parentId = span['parentSpanId'] ?? span['parent_span_id'];
    structure.start = origin.fromNanos(nanos(span['startTimeUnixNano'] ?? span['start_time_unix_nano']));
    structure.end = origin.fromNanos(nanos(span['endTimeUnixNano'] ?? span['end_time_unix_nano']));
    const ids = scope === '' || scope === SCOPE ? idsStated(span['attributes']) : undefined;
    if (ids) {
      structure.id = normalisedId(structure.id);
      structure.parentId = normalisedId(structure.parentId);
      Object.assign(structure, ids);
    }
    this.#table.addStructure(structure, span, reader, ids ? asText : normalisedId);
  }
}
