import { OutlineDraft } from '../../conventions/outline-draft.js';
import { furtherOutlines, isFurtherKey, isFurtherName, statesKind } from '../../conventions/outlines.js';
import type { SpanReader, SpanTable } from '../../model/index.js';
import { alsoNeeded } from '../../model/sums.js';
import { SPANS_PER_STEP, type Format, type Reading } from '../format.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { JoinedScores } from '../joined-scores.js';
import { isIngestionBatch } from '../langfuse/langfuse-batch.js';
import { addBatchedScores } from '../langfuse/langfuse-score.js';
import { anyValue, keyValues } from './otlp-values.js';
import { otlpReader, OtlpSpanOutliner } from './otlp-span.js';

const RESOURCE_SPANS = ['resourceSpans', 'resource_spans'] as const;
/** The last two are what OTLP called scopes before version 0.15. */
const SCOPE_SPANS = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
] as const;

/** What else OpenTelemetry's collector writes to the same file, by the keys of such documents. */
const OTHER_SIGNALS: readonly [string, readonly string[]][] = [
  ['metrics', ['resourceMetrics', 'resource_metrics', 'scopeMetrics', 'scope_metrics']],
  ['logs', ['resourceLogs', 'resource_logs', 'scopeLogs', 'scope_logs']],
  ['profiles', ['resourceProfiles', 'resource_profiles', 'scopeProfiles', 'scope_profiles']],
];

/** Spans of each library that are looked at for what they say it with. The others have their say when all are asked. */
const LOOKED_AT = 128;

/** How many objects of unknown shape may come before the first document. */
const FEW = 8;

const holds = (value: JsonObject | undefined, names: readonly string[]): boolean =>
  value !== undefined && Array.isArray(either(value, ...names));

/**
 * OTLP in JSON (opentelemetry-proto, "JSON Protobuf Encoding"), and what is met under that name: one document, a list or
 * lines of documents, bare `resourceSpans`; ids in hex of either case, in base64, or as bytes; enums as numbers or words;
 * keys in camel case or snake case; 64-bit numbers as text, as numbers, or as the halves of protobufjs. Langfuse's SDK sends
 * spans so and scores as batches of its own (`{batch: [{type: "score-create", …}]}`), which may be among the lines, as may
 * metrics and logs: those are counted.
 */
export const otlp: Format = {
  name: 'otlp',
  title: 'OTLP JSON',

  detect: (value) => (Array.isArray(value) ? hasDocument(value) : isDocument(value)),

  read: (value, table) => readOtlp(value, table, otlp.name),

  begin: (table) => new OtlpReading(table, otlp.name),
};

const isDocument = (value: unknown): boolean =>
  isObject(value) && (holds(value, RESOURCE_SPANS) || isResourceSpans(value));

/** Whether there is a document among the first objects of a list, or behind others that are met in its company. */
function hasDocument(list: readonly unknown[]): boolean {
  let strangers = 0;
  for (const item of list) {
    if (isDocument(item)) return true;
    if (!isObject(item) || isIngestionBatch(item) || otherSignal(item) !== undefined) continue;
    if (++strangers === FEW) return false;
  }
  return false;
}

const otherSignal = (document: JsonObject): string | undefined =>
  OTHER_SIGNALS.find(([, keys]) => holds(document, keys))?.[0];

/** What one resource sent. */
export const isResourceSpans = (value: JsonObject | undefined): boolean => holds(value, SCOPE_SPANS);

/** Reads a document of OTLP JSON, bare `resourceSpans`, or a list of either, as a container of this name. */
export function* readOtlp(value: unknown, table: SpanTable, format: string): Generator<number, void> {
  const reading = new OtlpReading(table, format);
  yield* reading.add(Array.isArray(value) ? (value as unknown[]) : [value]);
  reading.finish();
}

class OtlpReading implements Reading {
  readonly #table: SpanTable;
  readonly #format: string;
  readonly #outliner: OtlpSpanOutliner;
  readonly #draft = new OutlineDraft();
  readonly #scores = new JoinedScores();
  /** Documents that hold something else, by what they hold. */
  readonly #others = new Map<string | undefined, number>();
  #otherEvents = 0;
  /** Spans that were looked at for further vocabularies, by the library that made them. */
  readonly #looked = new Map<string, number>();
  #done = 0;

  constructor(table: SpanTable, format: string) {
    this.#table = table;
    this.#format = format;
    this.#outliner = new OtlpSpanOutliner(table);
    alsoNeeded(furtherOutlines);
  }

  *add(documents: readonly unknown[]): Generator<number, void> {
    for (const document of documents) {
      for (const resourceSpans of this.#resourceSpansOf(document)) yield* this.#readResource(resourceSpans);
    }
  }

  finish(): void {
    for (const [signal, count] of this.#others) {
      const [documents, hold, are] = count === 1 ? ['document', 'holds', 'is'] : ['documents', 'hold', 'are'];
      const what = signal === undefined ? `${are} of an unknown shape` : `${hold} ${signal}`;
      const message = `${count} ${documents} ${what} and ${count === 1 ? 'was' : 'were'} left out.`;
      this.#table.problems.push({ code: 'unreadable-record', message });
    }
    const events = this.#otherEvents;
    if (events > 0) {
      const message = `${events} ${events === 1 ? 'record holds' : 'records hold'} no spans and no scores, and were left out.`;
      this.#table.problems.push({ code: 'unreadable-record', message });
    }
    this.#scores.settle(this.#table);
  }

  *#readResource(resourceSpans: JsonObject): Generator<number, void> {
    const resource = isObject(resourceSpans['resource']) ? resourceSpans['resource'] : {};
    const service = serviceName(resource);
    for (const scopeSpans of asArray(either(resourceSpans, ...SCOPE_SPANS))) {
      if (!isObject(scopeSpans)) {
        leaveOut(this.#table, 'A scope');
        continue;
      }
      const scope = either(scopeSpans, 'scope', 'instrumentationLibrary', 'instrumentation_library');
      const reader = otlpReader({
        format: this.#format,
        resource,
        scope: isObject(scope) ? scope : {},
        service,
        draft: this.#draft,
        scores: this.#scores,
      });
      const library = isObject(scope) ? asText(scope['name']) : '';
      const spans = asArray(scopeSpans['spans']);
      // Of many small batches none knows how many are to come.
      if (spans.length > SPANS_PER_STEP) this.#table.expect(spans.length);
      for (let from = 0; from < spans.length; from += SPANS_PER_STEP) {
        const end = Math.min(from + SPANS_PER_STEP, spans.length);
        this.#readSome(spans, from, end, reader, library);
        this.#done += end - from;
        yield this.#done;
      }
    }
  }

  #readSome(spans: readonly unknown[], from: number, end: number, reader: SpanReader, scope: string): void {
    for (let at = from; at < end; at++) {
      const span = spans[at];
      if (!isObject(span)) leaveOut(this.#table, 'A span');
      else {
        this.#outliner.add(span, reader, scope);
        this.#look(span, scope);
      }
    }
  }

  /** Where further vocabularies are met, they are loaded before the first rows are asked. */
  #look(span: JsonObject, scope: string): void {
    const looked = this.#looked.get(scope) ?? 0;
    if (looked === LOOKED_AT || furtherOutlines.isThere || this.#table.needs) return;
    this.#looked.set(scope, looked + 1);
    if (saysMore(span)) this.#table.needs = furtherOutlines;
  }

  #resourceSpansOf(document: unknown): readonly JsonObject[] {
    if (!isObject(document)) {
      leaveOut(this.#table, 'A document');
      return [];
    }
    if (isIngestionBatch(document)) {
      this.#otherEvents += addBatchedScores(document, this.#scores);
      return [];
    }
    if (!isDocument(document)) {
      const signal = otherSignal(document);
      // An export of nothing is an empty object.
      if (Object.keys(document).length) this.#others.set(signal, (this.#others.get(signal) ?? 0) + 1);
      return [];
    }
    const wrapped = either(document, ...RESOURCE_SPANS);
    if (!Array.isArray(wrapped)) return [document];
    return wrapped.filter((item: unknown) => {
      if (!isObject(item)) leaveOut(this.#table, 'A resource');
      return isObject(item);
    });
  }
}

/** Whether a further vocabulary may say something of a span. */
function saysMore({ name, attributes }: JsonObject): boolean {
  let isKindStated = false;
  for (const [key] of keyValues(attributes)) {
    if (isFurtherKey(key)) return true;
    isKindStated ||= statesKind(key);
  }
  return !isKindStated && typeof name === 'string' && isFurtherName(name);
}

function leaveOut(table: SpanTable, what: string): void {
  table.problems.push({ code: 'unreadable-record', message: `${what} is not an object and was left out.` });
}

function serviceName(resource: JsonObject): string | undefined {
  for (const [key, value] of keyValues(resource['attributes'])) {
    if (key === 'service.name') return asText(anyValue(value)) || undefined;
  }
  return undefined;
}
