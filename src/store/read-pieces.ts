import { base64Of } from '../internals/packing.js';
import type { RecordedSpan } from '../model/index.js';
import type { Piece, PiecePart } from './schema.js';

/** The texts that pieces make, in the order of their keys; `undefined` for one of which pieces are missing, or something else. */
export function textsOf(pieces: readonly Piece[]): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < pieces.length;) {
    const first = pieces[at]!;
    let end = at;
    while (end < pieces.length && pieces[end]!.key[1] === first.key[1] && pieces[end]!.key[0] === first.key[0]) end++;
    // A later state of a running span may have fewer pieces than an earlier one: those behind its end are stale.
    const whole = pieces.slice(at, Math.min(end, at + first.pieces));
    texts.push(whole.length === first.pieces ? textOf(whole.flatMap(({ text }) => text)) : undefined);
    at = end;
  }
  return texts;
}

const textOf = (parts: readonly PiecePart[]): string | undefined => {
  const texts = parts.map((part) => (part instanceof Uint8Array ? base64Of(part) : part));
  return texts.every((text) => typeof text === 'string') ? texts.join('') : undefined;
};

/** Spans that were read, and how many texts could not be. */
export interface ReadSpans {
  spans: RecordedSpan[];
  damaged: number;
}

/** The spans of pieces. What is in a database is not trusted: a bad text is counted. */
export function spansOfPieces(pieces: readonly Piece[]): ReadSpans {
  const read: ReadSpans = { spans: [], damaged: 0 };
  for (const text of textsOf(pieces)) {
    const spans = spansOfText(text);
    if (!spans) read.damaged++;
    for (const span of spans ?? []) read.spans.push(span);
  }
  return read;
}

/** Spans of a JSON text; `undefined` where it holds anything else. */
export function spansOfText(text: string | undefined): RecordedSpan[] | undefined {
  const value = jsonOf(text);
  return areSpans(value) ? value : undefined;
}

/** What a JSON text says; `undefined` for any other. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

export const areSpans = (value: unknown): value is RecordedSpan[] =>
  Array.isArray(value) && value.every(isRecordedSpan);

function isRecordedSpan(value: unknown): value is RecordedSpan {
  if (typeof value !== 'object' || value === null) return false;
  const { traceId, id, name, start } = value as Partial<Record<keyof RecordedSpan, unknown>>;
  return typeof traceId === 'string' && typeof id === 'string' && typeof name === 'string' && typeof start === 'number';
}
