import type { Piece, PiecePart } from './schema.js';

/** Bytes of a piece at the most: below 64 KiB. A character may take two. A multiple of twelve: see `partsOf`. */
const PIECE_BYTES = 60_000;

/** Characters of base64 in a row from which on they are kept as bytes. */
const STRETCH = 1024;
/** By character: four times as fast as a pattern. */
const IS_BASE64 = Array.from({ length: 128 }, (_, code) => /[A-Za-z0-9+/]/.test(String.fromCharCode(code)));

/** What engines have since 2025. In others everything stays text. */
interface FromBase64 {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

/** A text cut into pieces that a dying page can still write; into one, where they may have any number of bytes. */
export function piecesOf(owner: string, id: string, text: string, most = PIECE_BYTES): Piece[] {
  const pieces: PiecePart[][] = [];
  let room = 0;
  for (const part of partsOf(text, most)) {
    const size = typeof part === 'string' ? 2 * part.length : part.length;
    if (size > room) {
      pieces.push([]);
      room = most;
    }
    pieces.at(-1)!.push(part);
    room -= size;
  }
  return pieces.map((parts, piece) => ({
    key: [owner, id, piece],
    text: parts.length > 1 ? parts : parts[0]!,
    pieces: pieces.length,
  }));
}

/**
 * A text as texts and, where it has a long stretch of base64 (packed arrays, media), as the bytes that this stands for. Four
 * characters are three bytes, whatever they say, so that nothing is lost. One place of each stretch is looked at, no more:
 * a stretch may lose its beginning to the text before it.
 */
function partsOf(text: string, most: number): PiecePart[] {
  const bytes = Uint8Array as FromBase64;
  const parts: PiecePart[] = [];
  let from = 0;
  const cut = (to: number, length: number, make: (part: string) => PiecePart): void => {
    for (; from < to; from += length) parts.push(make(text.slice(from, Math.min(to, from + length))));
    from = to;
  };
  const cutText = (to: number): void => cut(to, most / 2, (part) => part);
  for (let at = 0; bytes.fromBase64 && at < text.length; at += STRETCH) {
    let end = at;
    while (IS_BASE64[text.charCodeAt(end)]) end++;
    if (end - at < STRETCH) continue;
    cutText(at);
    at = end - ((end - at) % 4);
    cut(at, (most / 3) * 4, (part) => bytes.fromBase64!(part));
  }
  cutText(text.length);
  return parts;
}

/** All keys that begin with these parts. */
export const keysUnder = (...parts: string[]): IDBKeyRange => IDBKeyRange.bound(parts, [...parts, []]);

/** An id that no other tab makes, for what nobody else names. */
export const newId = (): string => Math.random().toString(36).slice(2);
