import { EXACT_DIGITS, mayHoldLong } from './may-hold-long.js';

/**
 * JSON text in which every integer that a double cannot hold is put into quotes. Some exporters write nanoseconds since
 * the epoch as JSON numbers; `JSON.parse` rounds those to 256 ns. (A reviver with the source text would do the same, but
 * is ten times slower and not in every engine.)
 */
export const quoteLongIntegers = (text: string): string => (mayHoldLong(text) ? quoted(text) : text);

/** The slow pass. */
function quoted(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 /* " */) {
      at = endOfString(text, at);
    } else if (code === 45 /* - */ || (code >= 48 && code <= 57)) {
      const start = at;
      while (at < text.length && isOfNumber(text.charCodeAt(at))) at++;
      const number = text.slice(start, at);
      if (number.length > EXACT_DIGITS && /^-?[1-9]\d*$/.test(number) && !Number.isSafeInteger(Number(number))) {
        pieces.push(text.slice(copied, start), '"', number, '"');
        copied = at;
      }
      at--;
    }
  }
  if (copied === 0) return text;
  pieces.push(text.slice(copied));
  return pieces.join('');
}

/** Digits, sign, point and exponent. */
const isOfNumber = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46 || code === 101 || code === 69;

/** Offset of the quote that ends the string whose first quote is at `start`; the last offset where none does. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
