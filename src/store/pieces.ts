import type { Piece } from './schema.js';

/** Characters of a piece: two bytes each at the most, so that it stays below 64 KiB. */
const PIECE_LENGTH = 30_000;

/** A text cut into pieces that a dying page can still write. */
export function piecesOf(owner: string, id: string, text: string): Piece[] {
  const pieces = Math.ceil(text.length / PIECE_LENGTH);
  return Array.from({ length: pieces }, (_, piece) => ({
    key: [owner, id, piece],
    text: text.slice(piece * PIECE_LENGTH, (piece + 1) * PIECE_LENGTH),
    pieces,
  }));
}

/** All keys that begin with these parts. */
export const keysUnder = (...parts: string[]): IDBKeyRange => IDBKeyRange.bound(parts, [...parts, []]);

/** Tells this page from other tabs that write at the same moment. */
export const PAGE = Math.random().toString(36).slice(2);

let counter = 0;

/** An id that sorts by when it was made, and that no other tab makes. */
export const newId = (): string => `${Date.now().toString(36)}-${(counter++).toString(36).padStart(4, '0')}-${PAGE}`;
