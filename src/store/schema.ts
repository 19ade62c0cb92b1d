import type { DBSchema } from 'idb';
import type { Score, SpanStatus, Usage } from '../model/index.js';

/** What a list shows of a trace, kept beside its spans so that a list reads no span. */
export interface TraceSummaryRecord {
  id: string;
  /** That of the root, once it is there. */
  name: string;
  /** Milliseconds since the epoch. */
  start: number;
  /** Milliseconds; what is known by now for a trace that is running. */
  duration: number;
  spanCount: number;
  /** `error` where the root failed. */
  status: SpanStatus;
  errorCount: number;
  /** Whether a span was open when the trace was last written. */
  isRunning: boolean;
  usage?: Usage;
  /** US dollars. */
  cost?: number;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
}

/** A trace's line in the index: its summary, and what keeping house needs. */
export interface TraceIndexRecord {
  summary: TraceSummaryRecord;
  /** Of `summary.start`: what lists are ordered by. */
  start: number;
  /** Characters of all its chunks. */
  size: number;
  chunks: number;
  hasRoot: boolean;
}

/**
 * Spans as JSON text, many to a record: a record per span costs five to ten times as much. Beyond 64 KiB Chromium keeps a
 * value in a file of its own, which is lost when the page dies; so a text is cut into pieces.
 */
export interface ChunkPiece {
  /** Trace, chunk, place of the piece. */
  key: [traceId: string, chunkId: string, piece: number];
  text: string;
  pieces: number;
}

/**
 * A piece of a span that is in no chunk yet: one that is running, or one that ended while the page went away and there was
 * no time for the index. The latter are taken into chunks by whoever writes next.
 */
export interface JournalPiece {
  key: [traceId: string, spanId: string, piece: number];
  text: string;
  pieces: number;
  isEnded: boolean;
}

/** A judgement that came after its span was written. */
export interface ScoreRecord {
  key: [spanId: string, id: string];
  score: Score;
}

export interface TraceDatabase extends DBSchema {
  traces: { key: string; value: TraceIndexRecord; indexes: { start: number } };
  chunks: { key: ChunkPiece['key']; value: ChunkPiece };
  journal: { key: JournalPiece['key']; value: JournalPiece };
  scores: { key: ScoreRecord['key']; value: ScoreRecord };
}

export const DATABASE_VERSION = 1;

/** Characters of a piece: two bytes each at the most, so that it stays below 64 KiB. */
export const PIECE_LENGTH = 30_000;
