import { stated } from '../../conventions/attribute-values.js';
import { interpret } from '../../conventions/index.js';
import type { SpanEvent, SpanException, SpanLink, SpanReader, SpanRecord } from '../../model/index.js';
import { asArray, asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { millisOfMicros, withLeadingZeros } from '../micros.js';
import { fieldsOf } from '../row.js';
import { normalisedId } from '../span-ids.js';

export const idOf = (value: unknown): string => withLeadingZeros(normalisedId(value));

/**
 * The parent: the first span of the same trace that this one is `CHILD_OF`, else the first that it `FOLLOWS_FROM`. (As
 * in Jaeger itself: jaegertracing/jaeger-idl, model/v1/span.go, `ParentSpanID`.)
 */
export function parentReference(span: JsonObject): JsonObject | undefined {
  const traceId = idOf(span['traceID']);
  let follows: JsonObject | undefined;
  for (const reference of asArray(span['references'])) {
    if (!isObject(reference) || idOf(reference['spanID']) === '') continue;
    const theirs = idOf(reference['traceID']);
    if (theirs !== '' && theirs !== traceId) continue;
    if (reference['refType'] !== 'FOLLOWS_FROM') return reference;
    follows ??= reference;
  }
  return follows;
}

/** Keys and values of a list of tags, and of the map that Elasticsearch keeps some of them in, with `@` for `.`. */
export function* keyedValues(list: unknown, map?: unknown): Generator<[string, unknown]> {
  if (isObject(map)) for (const [key, value] of Object.entries(map)) yield [key.replaceAll('@', '.'), value];
  for (const tag of asArray(list)) {
    if (isObject(tag) && typeof tag['key'] === 'string') yield [tag['key'], tag['value']];
  }
}

/** Fields that are shown as something else than an attribute. */
const SHOWN = new Set([
  ...['traceID', 'spanID', 'parentSpanID', 'operationName', 'references', 'startTime', 'duration'],
  ...['tags', 'tag', 'logs', 'process'],
]);

/** Reads a span of a Jaeger process when somebody looks at it. */
export function jaegerReader(format: string, process: JsonObject): SpanReader {
  return {
    format,
    isMeaningInRecord: true,
    record(raw) {
      const span = isObject(raw) ? raw : {};
      const attributes = new Map(keyedValues(span['tags'], span['tag']));
      for (const [name, value] of fieldsOf(span, SHOWN)) {
        const isEmpty = Array.isArray(value) && value.length === 0;
        if (!isEmpty && !attributes.has(name)) attributes.set(name, value);
      }
      const name = asText(attributes.get('otel.scope.name') ?? attributes.get('otel.library.name'));
      const version = asText(attributes.get('otel.scope.version') ?? attributes.get('otel.library.version'));
      return {
        attributes,
        events: asArray(span['logs']).filter(isObject).map(eventOf),
        links: linksOf(span),
        resource: new Map([['service.name', process['serviceName']], ...keyedValues(process['tags'], process['tag'])]),
        scope: { ...(name && { name }), ...(version && { version }) },
      } satisfies SpanRecord;
    },
    meaning(record) {
      const meaning = interpret(record);
      const exceptions = meaning.exceptions ? [] : record.events.flatMap(openTracingError);
      return exceptions.length ? { ...meaning, exceptions } : meaning;
    },
  };
}

/** An entry of a log. Its name is the field `event`, by OpenTracing's rule and OpenTelemetry's exporter alike. */
function eventOf(log: JsonObject): SpanEvent {
  const attributes = new Map(keyedValues(log['fields']));
  const event = attributes.get('event');
  if (typeof event === 'string') attributes.delete('event');
  const time = millisOfMicros(log['timestamp']);
  return {
    name: asText(event) || asText(attributes.get('message')) || 'log',
    attributes,
    ...(time > 0 && { time }),
  };
}

/** Every reference but the one that is the parent. */
function linksOf(span: JsonObject): SpanLink[] {
  const parent = parentReference(span);
  return asArray(span['references'])
    .filter((reference): reference is JsonObject => isObject(reference) && reference !== parent)
    .map((reference) => ({
      traceId: idOf(reference['traceID'] ?? span['traceID']),
      spanId: idOf(reference['spanID']),
      attributes: new Map([['refType', reference['refType']]]),
    }));
}

/** An error as OpenTracing logs it (opentracing/specification, semantic_conventions.md, "Log fields table"). */
function openTracingError({ name, attributes, time }: SpanEvent): SpanException[] {
  if (name !== 'error') return [];
  const text = (key: string): string | undefined => asText(attributes.get(key)) || undefined;
  return [
    stated<SpanException>({
      type: text('error.kind'),
      message: text('message') ?? text('error.object'),
      stacktrace: text('stack'),
      time,
    }),
  ];
}
