import { OutlineDraft } from '../../conventions/index.js';
import { asNumber } from '../../conventions/convention.js';
import type { Score, SpanKind, SpanOutline, SpanReader, SpanTable } from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import type { Format } from '../format.js';
import { asArray, asText, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { scoredDocuments } from '../../payloads/retrieved-documents.js';
import { isModelCall, opikScores, opikUsage } from './opik-meaning.js';
import { opikReader, scoresOfRow } from './opik-reader.js';
import { emptyOutline } from '../outline.js';
import { clearOutline, inSteps, momentOf, putError, rowsOf, tagsOf } from '../row.js';
import { normalisedId } from '../span-ids.js';
import { gatherRoots } from '../trace-roots.js';

/**
 * Opik: the files of `opik export` (`{trace, spans}`), pages of its REST API (`{page, size, total, content}`), lists and
 * lines of traces or spans as its SDKs give them, and the bodies of its batches (`{spans}`, `{traces}`, `{scores}`), in
 * snake case or in the TypeScript SDK's camel case. A span is told by one of four types beside its trace and start.
 *
 * Source: comet-ml/opik, apps/opik-documentation/documentation/fern/openapi/opik.yaml (Trace_Public, Span_Public).
 * Real files differ: a trace may have several roots, since the trace is what stands above them, and is made a span then; the
 * names of LlamaIndex's events are the only word of what a general span did; a file may hold the scores of whole threads.
 * The TypeScript SDK's wrapper of OpenAI sends calls as general spans that have a model and usage, and a streamed answer
 * as `{message: text}`; users have no field, and stand in the metadata.
 */
export const opik: Format = {
  name: 'opik',
  title: 'Opik',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    if (isSpan(first) || isTrace(first)) return true;
    if (isObject(first['trace']) && Array.isArray(first['spans'])) {
      return isSpan(firstObject(first['spans']) ?? {}) || isTrace(first['trace']);
    }
    return ['spans', 'traces', 'content'].some((key) => {
      const row = firstObject(asArray(first[key]));
      return row !== undefined && (isSpan(row) || isTrace(row));
    });
  },

  *read(value, table) {
    const reading = new Reading(table);
    yield* inSteps(reading.spansIn(value), (span) => reading.addSpan(span));
    yield* inSteps(reading.tracesWithoutSpans(), (trace) => reading.addTrace(trace));
    reading.finish();
  },
};

const KINDS: ReadonlyMap<string, SpanKind | undefined> = new Map<string, SpanKind | undefined>([
  ['general', undefined],
  ['tool', 'tool'],
  ['llm', 'llm'],
  ['guardrail', 'guardrail'],
]);

/** What LlamaIndex calls its events (CBEventType), where they tell a kind. */
const KINDS_OF_NAMES: ReadonlyMap<string, SpanKind> = new Map([
  ['retrieve', 'retriever'],
  ['embedding', 'embedding'],
  ['reranking', 'reranker'],
  ['function_call', 'tool'],
]);

const hasStart = (row: JsonObject): boolean => typeof either(row, 'start_time', 'startTime') === 'string';

const isSpan = (row: JsonObject): boolean =>
  typeof row['id'] === 'string' &&
  typeof either(row, 'trace_id', 'traceId') === 'string' &&
  KINDS.has(asText(row['type'])) &&
  hasStart(row);

/** Fields that only Opik's traces have. */
const TRACE_FIELDS = [
  'thread_id',
  'threadId',
  'feedback_scores',
  'feedbackScores',
  'total_estimated_cost',
  'totalEstimatedCost',
  'error_info',
  'errorInfo',
  'span_count',
  'project_name',
  'projectName',
  'project_id',
];

const isTrace = (row: JsonObject): boolean =>
  typeof row['id'] === 'string' &&
  hasStart(row) &&
  either(row, 'trace_id', 'traceId', 'type', 'run_type', 'session_id', 'span_id') === undefined &&
  ('input' in row || 'output' in row) &&
  TRACE_FIELDS.some((field) => field in row);

/** What a general span is, by what it holds. */
const kindOfContent = (row: JsonObject): SpanKind =>
  isModelCall(row) ? 'llm' : scoredDocuments(row['output']).length ? 'retriever' : 'span';

/** US dollars. */
const costOf = (row: JsonObject): number | undefined =>
  asNumber(either(row, 'total_estimated_cost', 'totalEstimatedCost'));

/** Rows of the table, no more than two of each, and whether any span has a cost. */
interface Stated {
  calls: number[];
  roots: number[];
  hasCost: boolean;
}

class Reading {
  readonly #table: SpanTable;
  readonly #draft = new OutlineDraft();
  readonly #outline: SpanOutline = emptyOutline();
  readonly #traces = new Map<string, JsonObject>();
  /** What the spans of each trace state. */
  readonly #traced = new Map<string, Stated>();
  /** Scores of threads, by thread. */
  readonly #threads = new Map<string, readonly Score[]>();
  /** Scores that were sent apart, by the id of what they judge. */
  readonly #scores = new Map<string, Score[]>();
  /** Traces that are a span above several roots. */
  readonly #gathered = new Set<string>();
  readonly #reader: SpanReader = opikReader(this.#traces, this.#scores, this.#gathered);

  constructor(table: SpanTable) {
    this.#table = table;
  }

  /** Scores that were sent apart: each names a span or a trace, and does not say which. */
  #addScores(list: readonly unknown[]): void {
    for (const item of rowsOf(list, this.#table)) {
      const id = normalisedId(item['id']);
      const known = this.#scores.get(id);
      if (known) for (const score of opikScores([item])) known.push(score);
      else this.#scores.set(id, opikScores([item]));
    }
  }

  /** Every span; traces and what is said of threads are kept. */
  *spansIn(value: unknown): Generator<JsonObject> {
    for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], this.#table)) {
      if (isSpan(item)) {
        yield item;
        continue;
      }
      if (Array.isArray(item['scores']) && item['id'] === undefined) {
        this.#addScores(item['scores']);
        continue;
      }
      const lists = ['traces', 'spans', 'content'].filter((key) => Array.isArray(item[key]));
      if (isObject(item['trace'])) this.#addTraceRow(item['trace']);
      else if (lists.length === 0) this.#addTraceRow(item);
      for (const key of lists) {
        for (const row of rowsOf(asArray(item[key]), this.#table)) {
          if (key !== 'traces' && either(row, 'trace_id', 'traceId') !== undefined) yield row;
          else this.#addTraceRow(row);
        }
      }
      const threads = item['thread_feedback_scores'];
      for (const [thread, scores] of Object.entries(isObject(threads) ? threads : {})) {
        this.#threads.set(thread, opikScores(scores));
      }
    }
  }

  #addTraceRow(row: JsonObject): void {
    const id = normalisedId(row['id']);
    if (id !== '') this.#traces.set(id, row);
    else this.#table.problems.push({ code: 'unreadable-record', message: 'A trace without an id was left out.' });
  }

  *tracesWithoutSpans(): Generator<JsonObject> {
    for (const [id, trace] of this.#traces) if (!this.#traced.has(id)) yield trace;
  }

  addSpan(row: JsonObject): void {
    const outline = this.#outlineOf(row);
    outline.traceId = normalisedId(either(row, 'trace_id', 'traceId'));
    outline.parentId = normalisedId(either(row, 'parent_span_id', 'parentSpanId'));
    this.#note(outline);
    this.#table.add(outline, row, this.#reader);
  }

  /** A trace without spans, as the span that it would be the root of. Its usage is then nobody else's. */
  addTrace(row: JsonObject): void {
    const outline = this.#outlineOf(row);
    outline.traceId = outline.id;
    this.#table.add(outline, row, this.#reader);
  }

  #note({ traceId, parentId, usage, cost }: SpanOutline): void {
    let stated = this.#traced.get(traceId);
    if (!stated) this.#traced.set(traceId, (stated = { calls: [], roots: [], hasCost: false }));
    // Two of a kind are as many as any.
    if (usage && stated.calls.length < 2) stated.calls.push(this.#table.length);
    if (parentId === '' && stated.roots.length < 2) stated.roots.push(this.#table.length);
    if (cost !== undefined) stated.hasCost = true;
  }

  /**
   * Some exports state cost and usage of the trace only. They are those of the one span that called a model, else the sum
   * that the root covers.
   */
  #giveFigures(row: JsonObject, { calls, roots, hasCost }: Stated): void {
    const at = calls.length === 1 ? calls[0] : roots.length === 1 ? roots[0] : undefined;
    if (at === undefined) return;
    if (!hasCost) this.#table.setCost(at, costOf(row));
    if (calls.length === 0) this.#table.setUsage(at, opikUsage(row['usage']));
  }

  finish(): void {
    for (const [id] of gatherRoots(this.#table, (traceId) => this.#traces.has(traceId))) {
      this.#gathered.add(id);
      this.addTrace(this.#traces.get(id)!);
    }
    this.#settleScores();
    for (const [traceId, row] of this.#traces) {
      const stated = this.#traced.get(traceId);
      if (stated && !this.#gathered.has(traceId)) this.#giveFigures(row, stated);
      const facts = this.#table.facts(traceId);
      const name = firstText(row, 'name');
      const thread = firstText(row, 'thread_id', 'threadId');
      const metadata = row['metadata'];
      const userId = isObject(metadata) ? firstText(metadata, 'user_id', 'userId') : undefined;
      if (userId !== undefined) facts.userId = userId;
      if (name !== undefined) facts.name = name;
      if (thread !== undefined) facts.sessionId = thread;
      if (metadata !== undefined && metadata !== null) facts.metadata = metadata;
      for (const tag of tagsOf(row['tags']) ?? []) facts.tags.add(tag);
      // Where the trace stands for itself, its scores are those of its span as well.
      for (const score of scoresOfRow(row)) facts.scores.push(score);
      for (const score of this.#threads.get(thread ?? '') ?? []) facts.scores.push(score);
    }
  }

  /** What was said apart of a trace is the trace's; what names nothing that is here is reported. */
  #settleScores(): void {
    const traceIds = new Set(this.#table.traceIds.distinct());
    const spanIds = new Set(this.#table.ids);
    let lost = 0;
    for (const [id, scores] of this.#scores) {
      if (traceIds.has(id)) for (const score of scores) this.#table.facts(id).scores.push(score);
      else if (!spanIds.has(id)) lost += scores.length;
    }
    if (lost === 0) return;
    const message = `${lost} ${lost === 1 ? 'score is' : 'scores are'} of a span or a trace that is not here and left out.`;
    this.#table.problems.push({ code: 'unreadable-record', message });
  }

  #outlineOf(row: JsonObject): SpanOutline {
    const outline = clearOutline(this.#outline);
    const { origin } = this.#table;
    const metadata = isObject(row['metadata']) ? row['metadata'] : {};
    const draft = this.#draft;
    draft.reset();
    // What came in over OpenTelemetry keeps there the attributes that Opik has no field for.
    for (const [key, value] of Object.entries(metadata)) if (key.includes('.')) draft.attribute(key, value);
    outline.name = asText(row['name']);
    draft.writeTo(outline);
    outline.name = asText(row['name']) || outline.name;
    outline.id = normalisedId(row['id']);
    outline.kind =
      KINDS.get(asText(row['type'])) ??
      (outline.kind === 'span' ? (KINDS_OF_NAMES.get(outline.name) ?? kindOfContent(row)) : outline.kind);
    outline.start = momentOf(origin, either(row, 'start_time', 'startTime'));
    outline.end = momentOf(origin, either(row, 'end_time', 'endTime'));
    putError(outline, either(row, 'error_info', 'errorInfo'));
    outline.model = firstText(row, 'model') ?? outline.model;
    outline.provider = firstText(row, 'provider') ?? outline.provider;
    outline.usage = opikUsage(row['usage']) ?? outline.usage;
    outline.cost = costOf(row) ?? outline.cost;
    outline.timeToFirstToken = asNumber(row['ttft']) ?? outline.timeToFirstToken;
    outline.tags = undefined;
    outline.metadata = undefined;
    return outline;
  }
}
