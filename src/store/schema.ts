import type { DBSchema } from 'idb';
import type { OutboxPlace } from '../export/span-outbox.js';
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
  /** The beginning of what the root was given, in one line, masked like the rest of it. */
  preview?: string;
  /** Models that were called, and what their calls came to: the first of them, where they are very many. */
  models?: ModelRecord[];
  /** Milliseconds, of the first calls that state it. */
  timesToFirstToken?: number[];
  /** What failed, the first kinds of it, each once: the class of an exception. */
  errorTypes?: string[];
  /** Judgements of its spans: the first of them, where they are very many. */
  scores?: ScoreLine[];
}

/** A judgement without what was said about it. */
export type ScoreLine = Pick<Score, 'name' | 'value' | 'label' | 'source'>;

export interface ModelRecord {
  model: string;
  calls: number;
  tokens?: number;
  /** US dollars. */
  cost?: number;
}

/** A trace's line in the index: its summary, and what keeping house needs. */
export interface TraceIndexRecord {
  summary: TraceSummaryRecord;
  /** Of `summary.start`: what lists are ordered by. */
  start: number;
  /** Characters of all its chunks. */
  size: number;
  hasRoot: boolean;
}

/** Text, or the bytes that base64 in it stands for: a third less, and less still in a text of two bytes a character. */
export type PiecePart = string | Uint8Array<ArrayBuffer>;

/**
 * A piece of a JSON text. Spans are kept as text, many to a record: a record per span costs five to ten times as much.
 * Beyond 64 KiB Chromium keeps a value in a file of its own, which is lost when the page dies; so a text is cut.
 */
export interface Piece {
  /** What the text belongs to, the text, place of the piece in it. */
  key: [owner: string, id: string, piece: number];
  text: PiecePart | PiecePart[];
  pieces: number;
}

/** A judgement that came after its span was written. */
export interface ScoreRecord {
  key: [spanId: string, id: string];
  score: Score;
}

/** Spans that exporters are to send: those of a chunk, even where it is put together with others later. */
export interface OutboxEntry {
  /** Given by the database, in the order of writing. */
  key?: number;
  traceId: string;
  chunk: string;
  /** Ids. */
  spans: string[];
}

/** How far an exporter has come. */
export interface OutboxReader {
  key: string;
  place: OutboxPlace;
  /** Milliseconds since the epoch. */
  seen: number;
}

export interface TakenTail {
  key: string;
}

export interface TraceDatabase extends DBSchema {
  traces: { key: string; value: TraceIndexRecord; indexes: { start: number } };
  /** Spans that have ended: trace, chunk. */
  chunks: { key: Piece['key']; value: Piece };
  /** Spans that run, or ran when their page died: trace, span. */
  open: { key: Piece['key']; value: Piece };
  /** What a page wrote while it went away and there was no time for the index: nothing, tail. */
  tails: { key: Piece['key']; value: Piece };
  /** Tails that have been taken in, and are not deleted yet. */
  taken: { key: string; value: TakenTail };
  scores: { key: ScoreRecord['key']; value: ScoreRecord };
  outbox: { key: number; value: OutboxEntry };
  readers: { key: string; value: OutboxReader };
}

/**
 * What is written together. Tails are apart: while a page goes away, what it writes there must not wait for a transaction
 * that dies with the page.
 */
export const STORES = ['traces', 'chunks', 'open', 'taken', 'scores', 'outbox', 'readers'] as const;

/** 4: pieces may be bytes. */
export const DATABASE_VERSION = 4;
/** The first version that was released, whose traces are kept. */
export const FIRST_VERSION = 3;
