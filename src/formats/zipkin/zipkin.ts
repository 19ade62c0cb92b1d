import { OutlineDraft } from '../../conventions/index.js';
import type { SpanTable } from '../../model/index.js';
import type { Format } from '../format.js';
import { asArray, asText, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { statusOf } from '../otlp/otlp-span.js';
import { emptyOutline } from '../outline.js';
import { inSteps, rowsOf } from '../row.js';
import { ZipkinIds } from './zipkin-ids.js';
import { serviceOf, tagsOf, timesOf, zipkinReader } from './zipkin-span.js';

/**
 * Spans of Zipkin's API, version 2 (openzipkin/zipkin, zipkin/src/main/java/zipkin2/Span.java): a list, a list of traces,
 * or one span. Told by `traceId` and `id` with what only Zipkin puts beside them.
 *
 * Times are microseconds and may be missing. All tags are text. A server that joins the span of its client writes a second
 * record with the same id (`zipkin-ids.ts`).
 */
export const zipkin: Format = {
  name: 'zipkin',
  title: 'Zipkin v2 JSON',
  detect: (value) => isSpan(firstSpan(value)) && !isV1(value),
  read: (value, table) => read(value, table, zipkin.name),
};

/**
 * Spans of Zipkin's API, version 1 (openzipkin/zipkin, zipkin/src/main/java/zipkin2/internal/V1SpanConverter.java, before
 * 3.0): endpoints stand in annotations, tags are `binaryAnnotations`, and the kind is told by the annotations `cs`, `cr`,
 * `sr` and `ss`. One record may hold both the client's and the server's; it stays one span.
 */
export const zipkinV1: Format = {
  name: 'zipkin-v1',
  title: 'Zipkin v1 JSON',
  detect: (value) => isSpan(firstSpan(value)) && isV1(value),
  read: (value, table) => read(value, table, zipkinV1.name),
};

const KINDS = new Set<unknown>(['CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER']);
/** Keys that other formats have beside `traceId` and `id`. */
const FOREIGN = ['context', 'type', 'observations', 'attributes', 'spanContext', 'startTime'] as const;

function isSpan(span: JsonObject | undefined): boolean {
  if (!span || typeof span['traceId'] !== 'string' || typeof span['id'] !== 'string') return false;
  if (FOREIGN.some((key) => span[key] !== undefined) || typeof span['kind'] === 'number') return false;
  return (
    isObject(span['localEndpoint']) ||
    isObject(span['tags']) ||
    KINDS.has(span['kind']) ||
    typeof span['timestamp'] === 'number' ||
    Array.isArray(span['annotations']) ||
    Array.isArray(span['binaryAnnotations'])
  );
}

const firstSpan = (value: unknown): JsonObject | undefined =>
  Array.isArray(value)
    ? firstObject((value as unknown[]).find((item) => isObject(item) || (Array.isArray(item) && item.length > 0)))
    : firstObject(value);

/** How many spans are looked at for a sign of version 1: most have one, but a span without annotations has none. */
const LOOKED_AT = 50;

function isV1(value: unknown): boolean {
  let left = LOOKED_AT;
  for (const span of spansOf(value)) {
    if (left-- === 0) return false;
    if (!isObject(span)) continue;
    if (Array.isArray(span['binaryAnnotations'])) return true;
    const annotation = firstObject(asArray(span['annotations']));
    if (annotation && isObject(annotation['endpoint'])) return true;
  }
  return false;
}

/** The items of a list, and of the lists in it. */
function* spansOf(value: unknown): Generator {
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (Array.isArray(item)) yield* item as unknown[];
    else yield item;
  }
}

function* read(value: unknown, table: SpanTable, format: string): Generator<number, void> {
  const spans = [...rowsOf([...spansOf(value)], table)];
  const ids = new ZipkinIds(spans);
  const draft = new OutlineDraft();
  const outline = emptyOutline();
  const reader = zipkinReader(format);
  yield* inSteps(spans, (span) => {
    Object.assign(outline, ids.of(span), timesOf(span, table.origin));
    outline.name = asText(span['name']);
    outline.service = serviceOf(span);
    outline.status = 'unset';
    outline.statusMessage = undefined;
    draft.reset();
    let error: unknown;
    for (const [key, tag] of tagsOf(span)) {
      if (key === 'otel.status_code') outline.status = statusOf(tag);
      else if (key === 'otel.status_description') outline.statusMessage = asText(tag) || undefined;
      else if (key === 'error') error = tag;
      draft.attribute(key, tag);
    }
    // The tag alone says that it failed, even where it is empty; its text is the message.
    if (error !== undefined && error !== false && error !== 'false') {
      outline.status = 'error';
      if (error !== 'true') outline.statusMessage ??= asText(error) || undefined;
    }
    draft.writeTo(outline);
    table.add(outline, span, reader);
  });
}
