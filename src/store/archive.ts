import type { OutboxPage, OutboxPlace } from '../export/span-outbox.js';
import type { RecordedSpan, Score } from '../model/index.js';
import type { TraceSummaryRecord } from './schema.js';

/** What is to be written at once. */
export interface Batch {
  /** Spans that have ended. */
  ended: readonly RecordedSpan[];
  /** Spans that are running. */
  open: readonly RecordedSpan[];
  /** Whether they were recorded elsewhere: exporters do not send them. */
  isImported?: boolean;
  /** Whether a page that was going away has taken it along. */
  isTaken?: Promise<boolean>;
}

/** What a page writes that goes away. */
export interface Tail extends Batch {
  /** So many of the first that have ended may be on disk already. */
  unsure: number;
}

export interface ListQuery {
  /** How many at the most; 100 where not said otherwise. */
  limit?: number;
  /** Only traces that began earlier: the start of the last one that was listed, in ms since the epoch. */
  before?: number;
  sessionId?: string;
  userId?: string;
}

/** The spans of a trace that were found, and how many chunks were damaged. */
export interface StoredTrace {
  spans: RecordedSpan[];
  damaged: number;
}

/** A trace as keeping house sees it. */
export interface TraceWeight {
  id: string;
  /** Milliseconds since the epoch. */
  start: number;
  /** Characters of JSON. */
  size: number;
}

/** What can be asked of what was recorded, and done with it: on disk, or in memory where there is no database. */
export interface Archive {
  list(query: ListQuery): Promise<TraceSummaryRecord[]>;
  read(traceId: string): Promise<StoredTrace>;
  /** Adds spans that were recorded elsewhere. */
  add(batch: Batch): Promise<void>;
  addScore(spanId: string, score: Score, traceId?: string): Promise<void>;
  delete(traceIds: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  /** All traces, oldest first. */
  weights(): Promise<TraceWeight[]>;
  /**
   * Does what has to be done before anything is written: notes new readers of the outbox, and takes in what pages left
   * behind that went away. Gives the ids of the traces that it belongs to.
   */
  prepare(): Promise<string[]>;
  /** Puts the chunks of a finished trace together. */
  compact(traceId: string): Promise<void>;
  /** The next spans that an exporter has to send (`SpanOutbox.next`). */
  unsent(reader: string, count: number): Promise<OutboxPage>;
  /** `SpanOutbox.acknowledge`. */
  acknowledge(reader: string, place: OutboxPlace, count: number): Promise<OutboxPlace | undefined>;
}

/** Whether a summary is what a list asks for. */
export const matchesQuery = (summary: TraceSummaryRecord, { before, sessionId, userId }: ListQuery): boolean =>
  (before === undefined || summary.start < before) &&
  (sessionId === undefined || summary.sessionId === sessionId) &&
  (userId === undefined || summary.userId === userId);

export const LIST_LIMIT = 100;
