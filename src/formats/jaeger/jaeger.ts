import { OutlineDraft } from '../../conventions/index.js';
import type { SpanOutline, SpanReader, SpanTable } from '../../model/index.js';
import type { Format } from '../format.js';
import { idOf, jaegerReader, keyedValues, parentReference } from './jaeger-span.js';
import { asArray, asText, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { millisOfMicros, momentOfMicros } from '../micros.js';
import { statusOf } from '../otlp/otlp-span.js';
import { emptyOutline } from '../outline.js';
import { inSteps, rowsOf } from '../row.js';

/**
 * Jaeger's JSON (jaegertracing/jaeger-ui, packages/jaeger-ui/src/types/trace.ts and model/transform-trace-data.ts): what
 * its query API answers and its UI exports, `{data: [{traceID, spans, processes}]}`; such a trace alone or in a list; the
 * UI's own state, where `data` is one trace; and spans alone, each with its `process`, as Elasticsearch stores them (with
 * `tag` and `process.tag` as maps whose keys have `@` for `.`). Told by spans with `spanID` and `operationName`.
 *
 * Times are microseconds. Ids may have lost leading zeros (31 digits have been met). A reference may hold the whole span
 * that it points at: one that is nowhere else is read from there.
 */
export const jaeger: Format = {
  name: 'jaeger',
  title: 'Jaeger JSON',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    return isTrace(first) || isSpan(first) || isTrace(firstObject(first['data']));
  },

  *read(value, table) {
    const outliner = new Outliner(table);
    yield* inSteps(spansOf(value, table), ({ span, processes }) => outliner.add(span, processes));
  },
};

const isSpan = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['operationName'] === 'string' &&
  (typeof value['spanID'] === 'string' || typeof value['spanID'] === 'number');

function isTrace(value: JsonObject | undefined): boolean {
  if (!value || !Array.isArray(value['spans'])) return false;
  return value['spans'].length ? isSpan(firstObject(value['spans'])) : isObject(value['processes']);
}

interface PlacedSpan {
  span: JsonObject;
  processes: JsonObject;
}

const NO_PROCESSES: JsonObject = {};

function* spansOf(value: unknown, table: SpanTable): Generator<PlacedSpan> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    if (isSpan(item)) {
      yield { span: item, processes: NO_PROCESSES };
      continue;
    }
    const { data } = item;
    for (const trace of rowsOf(Array.isArray(data) ? (data as unknown[]) : [isObject(data) ? data : item], table)) {
      const processes = isObject(trace['processes']) ? trace['processes'] : NO_PROCESSES;
      const spans = [...rowsOf(asArray(trace['spans']), table)];
      for (const span of spans) yield { span, processes };
      for (const span of embeddedSpans(spans)) yield { span, processes };
    }
  }
}

/**
 * Spans that stand only inside references. Each reference holds all ancestors, so a chain is followed no further than to
 * the first span that is known: what that one refers to has been or will be looked at.
 */
function* embeddedSpans(spans: readonly JsonObject[]): Generator<JsonObject> {
  const known = new Set(spans.map((span) => keyOf(span)));
  const waiting = [...spans];
  for (let span = waiting.pop(); span; span = waiting.pop()) {
    for (const reference of asArray(span['references'])) {
      const held = isObject(reference) ? reference['span'] : undefined;
      if (!isObject(held) || !isSpan(held) || known.has(keyOf(held))) continue;
      known.add(keyOf(held));
      waiting.push(held);
      yield held;
    }
  }
}

const keyOf = (span: JsonObject): string => `${idOf(span['traceID'])} ${idOf(span['spanID'])}`;

class Outliner {
  readonly #table: SpanTable;
  readonly #draft = new OutlineDraft();
  readonly #outline: SpanOutline = emptyOutline();
  readonly #readers = new Map<unknown, SpanReader>();

  constructor(table: SpanTable) {
    this.#table = table;
  }

  add(span: JsonObject, processes: JsonObject): void {
    const outline = this.#outline;
    const draft = this.#draft;
    const process = processOf(span, processes);
    outline.traceId = idOf(span['traceID']);
    outline.id = idOf(span['spanID']);
    outline.parentId = idOf((parentReference(span) ?? { spanID: span['parentSpanID'] })['spanID']);
    outline.name = asText(span['operationName']);
    outline.start = momentOfMicros(this.#table.origin, span['startTime']);
    outline.end = outline.start + millisOfMicros(span['duration']);
    outline.service = asText(process['serviceName']) || undefined;
    outline.status = 'unset';
    outline.statusMessage = undefined;
    draft.reset();
    let error: unknown;
    for (const [key, value] of keyedValues(span['tags'], span['tag'])) {
      if (key === 'otel.status_code') outline.status = statusOf(value);
      else if (key === 'otel.status_description') outline.statusMessage = asText(value) || undefined;
      else if (key === 'error') error = value;
      draft.attribute(key, value);
    }
    // OpenTracing's tag is a boolean; some clients write it as text, or write the message in its place.
    if (error !== undefined && error !== null && error !== false && error !== 'false' && error !== '') {
      outline.status = 'error';
      if (typeof error === 'string' && error !== 'true') outline.statusMessage ??= error;
    }
    draft.writeTo(outline, this.#table.origin);
    this.#table.add(outline, span, this.#readerOf(process));
  }

  /** One reader a process. */
  #readerOf(process: JsonObject): SpanReader {
    let reader = this.#readers.get(process);
    if (!reader) this.#readers.set(process, (reader = jaegerReader(jaeger.name, process)));
    return reader;
  }
}

function processOf(span: JsonObject, processes: JsonObject): JsonObject {
  const id = span['processID'];
  const listed = typeof id === 'string' && Object.hasOwn(processes, id) ? processes[id] : undefined;
  const process = listed ?? span['process'];
  return isObject(process) ? process : NO_PROCESSES;
}
