import { OutlineDraft } from '../../conventions/index.js';
import type { SpanTable } from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import { SPANS_PER_STEP, type Format } from '../format.js';
import { unwrapped } from '../json-layers.js';
import { asArray, either, firstObject, isObject, type JsonObject } from '../../payloads/json-value.js';
import { isIngestionBatch, isIngestionEvent, LangfuseBatch } from './langfuse-batch.js';
import { isObservation, LangfuseOutliner, LangfuseTrace } from './langfuse-observation.js';
import { addScore, isScore } from './langfuse-score.js';
import { JoinedScores } from '../joined-scores.js';
import { rowsOf, tagsOf } from '../row.js';
import { normalisedId } from '../span-ids.js';
import { gatherRoots } from '../trace-roots.js';

/**
 * Langfuse in every shape in which it gives or takes traces: `{trace, observations}` as its UI downloads it, a trace of
 * the API with its `observations`, lists `{data, meta}` of traces or of observations (v1, v2), rows of a batch export in
 * camel case or in the snake case of the database, and the batches that its SDKs send. An observation is told by its
 * `type` in capitals, its start and the trace that it names; a trace by the fields that only Langfuse's have.
 *
 * Source: langfuse/langfuse, fern/apis/server/definition/commons.yml and packages/shared/src/domain/observations.ts.
 * Real files differ: `latency` is in milliseconds or in seconds, so it is worked out from the times; figures that are
 * not known are 0 beside an empty `usageDetails`; the observations of a download are repeated inside the trace, in some
 * without input and output, so the outer list is read; a trace may have several observations without a parent, which then
 * stand below a span made of the trace's record. The SDKs differ: version 3 for JavaScript sends updates before what they
 * update, states `parentObservationId: null`, writes a retriever as a span, and sends the moment of an update as the
 * `timestamp` of the trace; from version 4 on spans are OTLP, and only scores are sent as a batch.
 */
export const langfuse: Format = {
  name: 'langfuse',
  title: 'Langfuse',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    const inner = Array.isArray(first['data']) ? firstObject(first['data']) : undefined;
    return isDocument(first) || (inner !== undefined && isDocument(inner));
  },

  *read(value, table) {
    const reading = new Reading(table);
    let done = 0;
    for (const document of documentsIn(value, table)) {
      for (const observation of reading.observationsOf(document)) {
        reading.addObservation(observation);
        if (++done % SPANS_PER_STEP === 0) yield done;
      }
    }
    for (const observation of reading.ingested()) {
      reading.addObservation(observation);
      if (++done % SPANS_PER_STEP === 0) yield done;
    }
    reading.finish();
  },
};

const isDocument = (value: JsonObject): boolean =>
  isDownload(value) ||
  isObservation(value) ||
  isObservation(firstObject(asArray(value['observations']))) ||
  isTrace(value) ||
  isIngestionEvent(value) ||
  isIngestionBatch(value);

const isDownload = (value: JsonObject): boolean =>
  isObject(value['trace']) && typeof value['trace']['id'] === 'string' && Array.isArray(value['observations']);

/** A trace without observations to tell it by. */
const isTrace = (value: JsonObject): boolean =>
  typeof value['id'] === 'string' &&
  typeof value['timestamp'] === 'string' &&
  ('htmlPath' in value ||
    'bookmarked' in value ||
    ('release' in value && ('sessionId' in value || 'session_id' in value)) ||
    (Array.isArray(value['observations']) && 'scores' in value));

/** Every object that is a document of its own: the items of lists, and of `{data: […]}`. */
function* documentsIn(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    if (Array.isArray(item['data']) && !isDocument(item)) yield* rowsOf(item['data'], table);
    else yield item;
  }
}

class Reading {
  readonly #table: SpanTable;
  readonly #outliner: LangfuseOutliner;
  readonly #traces = new Map<string, LangfuseTrace>();
  readonly #batch = new LangfuseBatch();
  readonly #scores = new JoinedScores();

  constructor(table: SpanTable) {
    this.#table = table;
    this.#outliner = new LangfuseOutliner(table, new OutlineDraft());
  }

  /** The observations in a document. What else it holds is kept. */
  *observationsOf(document: JsonObject): Generator<JsonObject> {
    if (isIngestionEvent(document)) this.#batch.add(document);
    else if (isIngestionBatch(document)) {
      for (const event of rowsOf(asArray(document['batch']), this.#table)) {
        if (isIngestionEvent(event)) this.#batch.add(event);
        // The SDK's own log is sent along, and is no part of a trace.
        else if (event['type'] !== 'sdk-log') this.#leaveOut('An event of a batch');
      }
    } else if (isDownload(document)) {
      this.#addTrace(document['trace'] as JsonObject);
      yield* rowsOf(asArray(document['observations']), this.#table);
    } else if (Array.isArray(document['observations'])) {
      this.#addTrace(document);
      // Lists of traces have only the ids of their observations.
      for (const item of document['observations']) {
        if (isObject(item)) yield item;
        else if (typeof item !== 'string') this.#leaveOut('An observation');
      }
    } else if (isObservation(document)) yield document;
    else if (isTrace(document)) this.#addTrace(document);
    else if (isScore(document)) addScore(this.#scores, document);
    else if (either(document, 'traceId', 'trace_id') !== undefined) yield document;
    else this.#leaveOut('A row');
  }

  /** The observations that batches add up to. */
  *ingested(): Generator<JsonObject> {
    for (const { kind, row } of this.#batch.rows()) {
      if (kind === 'trace') this.#addTrace(row);
      else if (kind === 'score') addScore(this.#scores, row);
      else yield row;
    }
  }

  addObservation(observation: JsonObject): void {
    const trace = this.#trace(either(observation, 'traceId', 'trace_id'));
    trace.hasObservations = true;
    this.#outliner.add(observation, trace);
  }

  /** What is known only when everything has been seen. */
  finish(): void {
    for (const trace of this.#traces.values()) {
      if (trace.row && !trace.hasObservations) this.#outliner.addTrace(trace.row, trace);
      if (trace.row) stateFacts(this.#table, trace.id, trace.row);
    }
    for (const [id, extent] of gatherRoots(this.#table, (traceId) => this.#traces.get(traceId)?.row !== undefined)) {
      const trace = this.#trace(id);
      this.#outliner.addTrace(trace.row!, trace, extent);
    }
    this.#scores.settle(this.#table);
  }

  #trace(value: unknown): LangfuseTrace {
    const id = normalisedId(value);
    let trace = this.#traces.get(id);
    if (!trace) this.#traces.set(id, (trace = new LangfuseTrace(id, this.#scores)));
    return trace;
  }

  #addTrace(row: JsonObject): void {
    this.#trace(row['id']).row = row;
    for (const score of asArray(row['scores']))
      if (isObject(score) && isScore(score)) addScore(this.#scores, score, row['id']);
  }

  #leaveOut(what: string): void {
    this.#table.problems.push({
      code: 'unreadable-record',
      message: `${what} is nothing that is known of Langfuse and was left out.`,
    });
  }
}

function stateFacts(table: SpanTable, traceId: string, row: JsonObject): void {
  const facts = table.facts(traceId);
  const name = firstText(row, 'name');
  const sessionId = firstText(row, 'sessionId', 'session_id');
  const userId = firstText(row, 'userId', 'user_id');
  const metadata = unwrapped(row['metadata']);
  if (name !== undefined) facts.name = name;
  if (sessionId !== undefined) facts.sessionId = sessionId;
  if (userId !== undefined) facts.userId = userId;
  if (metadata !== undefined && metadata !== null) facts.metadata = metadata;
  for (const tag of tagsOf(row['tags']) ?? []) facts.tags.add(tag);
}
