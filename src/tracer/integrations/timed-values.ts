import { jsonOrText } from '../../payloads/json-text.js';
import type { BodyPiece } from './read-through.js';

/** One value of a stream, and when the last byte of it came (`performance.now()`). */
export interface TimedValue {
  time: number;
  value: unknown;
}

/** A body as text. */
export function textOf(pieces: readonly BodyPiece[]): string {
  const decoder = new TextDecoder();
  return pieces.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode();
}

/** Lines of a body with the time of their end; CR, LF or both end a line (html.spec.whatwg.org, server-sent events). */
function* timedLines(pieces: readonly BodyPiece[]): Generator<{ time: number; line: string }> {
  const decoder = new TextDecoder();
  let waiting: string[] = [];
  let time = 0;
  let endedInCr = false;
  for (const piece of pieces) {
    time = piece.time;
    let text = decoder.decode(piece.bytes, { stream: true });
    if (text === '') continue;
    // The second half of a line end that two pieces share.
    if (endedInCr && text.startsWith('\n')) text = text.slice(1);
    endedInCr = text.endsWith('\r');
    const lines = text.split(/\r\n|\r|\n/);
    const last = lines.pop()!;
    for (const line of lines) {
      yield { time, line: waiting.join('') + line };
      waiting = [];
    }
    waiting.push(last);
  }
  const rest = waiting.join('') + decoder.decode();
  if (rest !== '') yield { time, line: rest };
}

/** The data of server-sent events: JSON where it is JSON. What marks the end is left out. */
export function* sseValues(pieces: readonly BodyPiece[]): Generator<TimedValue> {
  let data: string[] = [];
  let at = 0;
  const held = function* (): Generator<TimedValue> {
    const text = data.join('\n');
    data = [];
    if (text !== '' && text !== '[DONE]') yield { time: at, value: jsonOrText(text) };
  };
  for (const { time, line } of timedLines(pieces)) {
    at = time;
    if (line === '') yield* held();
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
  yield* held();
}

/** The values of a body with one JSON text a line. */
export function* lineValues(pieces: readonly BodyPiece[]): Generator<TimedValue> {
  for (const { time, line } of timedLines(pieces)) if (line.trim() !== '') yield { time, value: jsonOrText(line) };
}
