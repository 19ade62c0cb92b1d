import type { RecordedSpan } from '../model/index.js';
import { PIECE_LENGTH, type ChunkPiece } from './schema.js';

/** A text cut into pieces that a dying page can still write. */
export function piecesOf(traceId: string, chunkId: string, text: string): ChunkPiece[] {
  const count = Math.max(1, Math.ceil(text.length / PIECE_LENGTH));
  return Array.from({ length: count }, (_, piece) => ({
    key: [traceId, chunkId, piece],
    text: text.slice(piece * PIECE_LENGTH, (piece + 1) * PIECE_LENGTH),
    pieces: count,
  }));
}

/** Spans of chunks that were read, and how many chunks could not be made whole. */
export interface ReadChunks {
  spans: RecordedSpan[];
  damaged: number;
}

/** Puts pieces, in the order of their keys, together again. What is in a database is not trusted: a bad chunk is counted. */
export function spansOfPieces(pieces: readonly ChunkPiece[]): ReadChunks {
  const read: ReadChunks = { spans: [], damaged: 0 };
  for (let at = 0; at < pieces.length;) {
    const [traceId, chunkId] = pieces[at]!.key;
    let end = at;
    while (end < pieces.length && pieces[end]!.key[0] === traceId && pieces[end]!.key[1] === chunkId) end++;
    const chunk = pieces.slice(at, end);
    const spans = chunk.length === chunk[0]!.pieces ? spansOfText(chunk.map(({ text }) => text).join('')) : undefined;
    if (!spans) read.damaged++;
    for (const span of spans ?? []) read.spans.push(span);
    at = end;
  }
  return read;
}

/** Spans of a JSON text; `undefined` where it holds anything else. */
export function spansOfText(text: string): RecordedSpan[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isRecordedSpan) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecordedSpan(value: unknown): value is RecordedSpan {
  if (typeof value !== 'object' || value === null) return false;
  const { traceId, id, name, start } = value as Partial<Record<keyof RecordedSpan, unknown>>;
  return typeof traceId === 'string' && typeof id === 'string' && typeof name === 'string' && typeof start === 'number';
}

let counter = 0;
/** Tells this page's chunks from those of other tabs that write at the same moment. */
const page = Math.random().toString(36).slice(2, 8);

/** An id that sorts by when it was made, and that no other tab makes. */
export const newChunkId = (): string =>
  `${Date.now().toString(36).padStart(9, '0')}-${(counter++).toString(36).padStart(4, '0')}-${page}`;
