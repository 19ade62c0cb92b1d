import { interpret, OutlineDraft } from '../conventions/index.js';
import type { SpanEvent, SpanLink, SpanReader, SpanTable } from '../model/index.js';
import { SPANS_PER_STEP, type Format } from './format.js';
import { asArray, asText, isObject, type JsonObject } from '../payloads/json-value.js';
import { statusOf } from './otlp/otlp-span.js';
import { emptyOutline } from './outline.js';
import { normalisedId } from './span-ids.js';

/** OpenTelemetry JS writes moments as `[seconds, nanoseconds]`. */
const isMoment = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number';

const isSpan = (value: unknown): value is JsonObject => isObject(value) && isMoment(value['startTime']);

/** The spans of a dump: a span, a list of them, or an object that holds such lists by some name. */
function spansOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (isSpan(value)) return [value];
  return isObject(value) ? Object.values(value).flatMap((list) => asArray(list)) : [];
}

/** `ReadableSpan`s of OpenTelemetry's SDK for JavaScript as `JSON.stringify` leaves them, or live ones. */
export const readableSpan: Format = {
  name: 'otel-js',
  title: 'OpenTelemetry JS spans (ReadableSpan)',

  detect(value) {
    if (Array.isArray(value)) return isSpan(value[0]);
    if (isSpan(value)) return true;
    if (!isObject(value)) return false;
    const lists = Object.values(value);
    return (
      lists.length > 0 &&
      lists.every((list) => Array.isArray(list)) &&
      isSpan(lists.find((list) => list.length > 0)?.[0])
    );
  },

  *read(value, table) {
    const draft = new OutlineDraft();
    const outline = emptyOutline();
    let done = 0;
    for (const span of spansOf(value)) {
      if (!isObject(span)) {
        table.problems.push({ code: 'unreadable-record', message: 'A span is not an object and was left out.' });
        continue;
      }
      const context = contextOf(span);
      const status = isObject(span['status']) ? span['status'] : undefined;
      outline.traceId = normalisedId(context['traceId']);
      outline.id = normalisedId(context['spanId']);
      const parent = span['parentSpanContext'];
      outline.parentId = normalisedId(isObject(parent) ? parent['spanId'] : (span['parentSpanId'] ?? span['parentId']));
      outline.name = asText(span['name']);
      outline.start = momentTime(table, span['startTime']);
      outline.end = span['ended'] === false ? NaN : momentTime(table, span['endTime']);
      outline.status = statusOf(typeof status?.['code'] === 'number' ? status['code'] : undefined);
      outline.statusMessage = (status && asText(status['message'])) || undefined;
      outline.service = asText(resourceOf(span)['service.name']) || undefined;
      draft.reset();
      if (isObject(span['attributes'])) {
        for (const [key, item] of Object.entries(span['attributes'])) draft.attribute(key, item);
      }
      draft.writeTo(outline, table.origin);
      table.add(outline, span, reader);
      if (++done % SPANS_PER_STEP === 0) yield done;
    }
  },
};

/** `spanContext` is an object in most dumps and a function on a live span; some dumps have its fields on the span. */
function contextOf(span: JsonObject): JsonObject {
  const context = span['spanContext'] ?? span['_spanContext'];
  const value: unknown = typeof context === 'function' ? (context as () => unknown).call(span) : context;
  return isObject(value)
    ? value
    : span['spanId'] === undefined
      ? { traceId: span['traceId'], spanId: span['id'] }
      : span;
}

/**
 * The attributes of the resource: a plain object under `attributes` of a live span and in JSON of early SDKs; where that
 * is a getter, JSON has only what is behind it, in SDK 1.x a plain object, in SDK 2.x a list of pairs.
 */
function resourceOf({ resource }: JsonObject): JsonObject {
  if (!isObject(resource)) return {};
  const attributes = resource['attributes'] ?? resource['_attributes'];
  return isObject(attributes) ? attributes : ofPairs(asArray(resource['_rawAttributes']));
}

/** As the SDK reads its pairs: the first of a key counts, and a promise, of which JSON leaves `{}`, is no value yet. */
function ofPairs(pairs: readonly unknown[]): JsonObject {
  const attributes = new Map<string, unknown>();
  for (const pair of pairs) {
    const [key, value] = asArray(pair);
    if (typeof key !== 'string' || value === undefined || value === null || isObject(value)) continue;
    if (!attributes.has(key)) attributes.set(key, value);
  }
  return Object.fromEntries(attributes);
}

function momentTime(table: SpanTable, moment: unknown): number {
  if (!isMoment(moment)) return NaN;
  const [seconds, nanoseconds] = moment;
  // Whole milliseconds and the rest apart, so that the nanoseconds survive.
  const millis = Math.floor(nanoseconds / 1e6);
  return table.origin.fromMillis(seconds * 1000 + millis, (nanoseconds - millis * 1e6) / 1e6);
}

const mapOf = (value: unknown): ReadonlyMap<string, unknown> => new Map(isObject(value) ? Object.entries(value) : []);

const reader: SpanReader = {
  format: readableSpan.name,
  isMeaningInRecord: true,
  record(raw) {
    const span = isObject(raw) ? raw : {};
    const scope = span['instrumentationScope'] ?? span['instrumentationLibrary'];
    const name = isObject(scope) ? asText(scope['name']) : '';
    const version = isObject(scope) ? asText(scope['version']) : '';
    return {
      attributes: mapOf(span['attributes']),
      events: asArray(span['events']).filter(isObject).map(eventOf),
      links: asArray(span['links']).filter(isObject).map(linkOf),
      resource: mapOf(resourceOf(span)),
      scope: { ...(name && { name }), ...(version && { version }) },
    };
  },
  meaning: interpret,
};

function eventOf(event: JsonObject): SpanEvent {
  const { time } = event;
  return {
    name: asText(event['name']),
    attributes: mapOf(event['attributes']),
    ...(isMoment(time) && { time: time[0] * 1000 + time[1] / 1e6 }),
  };
}

function linkOf(link: JsonObject): SpanLink {
  const context = isObject(link['context']) ? link['context'] : {};
  return {
    traceId: normalisedId(context['traceId']),
    spanId: normalisedId(context['spanId']),
    attributes: mapOf(link['attributes']),
  };
}
