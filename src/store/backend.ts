import type { RecordedSpan, Score } from '../model/index.js';
import type { TraceSummaryRecord } from './schema.js';

/** What is to be written at once. */
export interface Batch {
  /** Spans that have ended. */
  ended: readonly RecordedSpan[];
  /** Spans that are running. */
  open: readonly RecordedSpan[];
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

export interface Usage {
  traces: number;
  /** Characters of JSON. */
  size: number;
}

/** Where a store keeps spans: IndexedDB, or memory where there is none. */
export interface Backend {
  write(batch: Batch): Promise<void>;
  /** Writes as much as a page that is going away still can, without waiting for anything. */
  writeNow(batch: Batch): Promise<void>;
  list(query: ListQuery): Promise<TraceSummaryRecord[]>;
  read(traceId: string): Promise<StoredTrace>;
  addScore(spanId: string, score: Score): Promise<void>;
  delete(traceIds: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  usage(): Promise<Usage>;
  /** Traces that go first when room is needed, oldest first. */
  oldest(): AsyncIterable<{ id: string; start: number; size: number }>;
  close(): void;
}

/** Whether a summary is what a list asks for. */
export const matchesQuery = (summary: TraceSummaryRecord, { before, sessionId, userId }: ListQuery): boolean =>
  (before === undefined || summary.start < before) &&
  (sessionId === undefined || summary.sessionId === sessionId) &&
  (userId === undefined || summary.userId === userId);

export const LIST_LIMIT = 100;
