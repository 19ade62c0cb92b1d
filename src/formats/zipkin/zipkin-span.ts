import { interpret } from '../../conventions/index.js';
import type { SpanEvent, SpanReader, TimeOrigin } from '../../model/index.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { millisOfMicros, momentOfMicros } from '../micros.js';
import { fieldsOf } from '../row.js';

/** Annotations of version 1 that say what each side did: send or receive, of client, server or message. */
const CLIENT_SIDE = new Set(['cs', 'cr', 'ms']);
const SERVER_SIDE = new Set(['sr', 'ss', 'mr']);
/** Binary annotations of version 1 whose endpoint is the other side's, not the reporter's. */
const ADDRESSES = new Set(['ca', 'sa', 'ma']);

const annotationsOf = (span: JsonObject): JsonObject[] => asArray(span['annotations']).filter(isObject);
const binaryAnnotationsOf = (span: JsonObject): JsonObject[] => asArray(span['binaryAnnotations']).filter(isObject);

/** Which side of a call a record is of. A record of version 1 that holds both sides is the client's. */
export function sideOf(span: JsonObject): 'client' | 'server' | 'local' {
  if (span['kind'] === 'CLIENT' || span['kind'] === 'PRODUCER') return 'client';
  if (span['kind'] === 'SERVER' || span['kind'] === 'CONSUMER' || span['shared'] === true) return 'server';
  const words = annotationsOf(span).map((annotation) => asText(annotation['value']));
  if (words.some((word) => CLIENT_SIDE.has(word))) return 'client';
  return words.some((word) => SERVER_SIDE.has(word)) ? 'server' : 'local';
}

/** The endpoint that reported the span. */
function endpointOf(span: JsonObject): JsonObject {
  const own = span['localEndpoint'];
  if (isObject(own)) return own;
  let found: JsonObject | undefined;
  for (const { value, endpoint } of annotationsOf(span)) {
    if (!isObject(endpoint)) continue;
    if (SERVER_SIDE.has(asText(value))) return endpoint;
    found ??= endpoint;
  }
  for (const { key, endpoint } of binaryAnnotationsOf(span)) {
    if (isObject(endpoint) && !ADDRESSES.has(asText(key))) found ??= endpoint;
  }
  return found ?? {};
}

export const serviceOf = (span: JsonObject): string | undefined => asText(endpointOf(span)['serviceName']) || undefined;

/** Tags of either version. */
export function* tagsOf(span: JsonObject): Generator<[string, unknown]> {
  if (isObject(span['tags'])) yield* Object.entries(span['tags']);
  for (const { key, value, endpoint } of binaryAnnotationsOf(span)) {
    if (typeof key === 'string') yield [key, ADDRESSES.has(key) && isObject(endpoint) ? endpoint : value];
  }
}

/**
 * Start and end. A tracer of version 1 that shares a span leaves both to the other side; then the first and the last of
 * its annotations tell them.
 */
export function timesOf(span: JsonObject, origin: TimeOrigin): { start: number; end: number } {
  const start = momentOfMicros(origin, span['timestamp']);
  if (!Number.isNaN(start)) return { start, end: start + millisOfMicros(span['duration']) };
  let first = NaN;
  let last = NaN;
  for (const { value, timestamp } of annotationsOf(span)) {
    const word = asText(value);
    if (!CLIENT_SIDE.has(word) && !SERVER_SIDE.has(word)) continue;
    const time = momentOfMicros(origin, timestamp);
    if (Number.isNaN(time)) continue;
    if (!(first <= time)) first = time;
    if (!(last >= time) && (word === 'cr' || word === 'ss')) last = time;
  }
  const duration = millisOfMicros(span['duration']);
  return { start: first, end: Number.isNaN(duration) ? last : first + duration };
}

/** Fields that are shown as something else than an attribute. */
const SHOWN = new Set([
  ...['traceId', 'parentId', 'id', 'name', 'timestamp', 'duration', 'localEndpoint'],
  ...['tags', 'annotations', 'binaryAnnotations'],
]);

export const zipkinReader = (format: string): SpanReader => ({
  format,
  isMeaningInRecord: true,
  record(raw) {
    const span = isObject(raw) ? raw : {};
    const { serviceName, ...endpoint } = endpointOf(span);
    return {
      attributes: new Map([...fieldsOf(span, SHOWN), ...tagsOf(span)]),
      events: annotationsOf(span).map(eventOf),
      links: [],
      resource: new Map([
        ...(serviceName ? [['service.name', serviceName] as const] : []),
        ...Object.entries(endpoint),
      ]),
      scope: {},
    };
  },
  meaning: interpret,
});

function eventOf({ value, timestamp, endpoint }: JsonObject): SpanEvent {
  const time = millisOfMicros(timestamp);
  const withAttributes = otelEvent(asText(value));
  const attributes = withAttributes?.attributes ?? new Map<string, unknown>();
  if (isObject(endpoint)) attributes.set('endpoint', endpoint);
  return { name: withAttributes?.name ?? asText(value), attributes, ...(time > 0 && { time }) };
}

/**
 * An event with attributes, which OpenTelemetry writes as `"name": {…}` (open-telemetry/opentelemetry-specification,
 * trace/sdk_exporters/zipkin.md, "Events"; some exporters leave the quotes out), and its collector as `name|{…}|0`, with how
 * many attributes were dropped (open-telemetry/opentelemetry-collector-contrib, pkg/translator/zipkin).
 */
function otelEvent(text: string): { name: string; attributes: Map<string, unknown> } | undefined {
  const dropped = /\}\|\d+$/.exec(text);
  const start = text.indexOf(dropped ? '|{' : ': {');
  if (start <= 0 || !(dropped || text.endsWith('}'))) return undefined;
  try {
    const attributes: unknown = JSON.parse(text.slice(start + 1, dropped ? dropped.index + 1 : undefined));
    const name = text.slice(0, start).replace(/^"(.*)"$/, '$1');
    return isObject(attributes) ? { name, attributes: new Map(Object.entries(attributes)) } : undefined;
  } catch {
    return undefined;
  }
}
