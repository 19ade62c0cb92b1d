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

/** An id that no other tab makes, for what nobody else names. */
export const newId = (): string => Math.random().toString(36).slice(2);
