/** Fewer digits are always exact in a double. */
const EXACT_DIGITS = 15;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * A cheap look for what the slow pass is for, at a part of a text: a long run of digits that may be a number. Such a run
 * has a digit at one of every sixteen places. To look at a part takes half the time of looking at a copy of it.
 */
export function mayHoldLong(text: string, from = 0, to = text.length): boolean {
  for (let at = from + EXACT_DIGITS; at < to; at += EXACT_DIGITS + 1) {
    const code = text.charCodeAt(at);
    if (code > 57 || code < 48) continue;
    let start = at;
    const least = Math.max(from, at - EXACT_DIGITS - 1);
    while (start > least && isDigit(text.charCodeAt(start - 1))) start--;
    // The run has been looked at sixteen places before.
    if (at - start > EXACT_DIGITS) continue;
    const before = text.charCodeAt(start - 1);
    // Nanoseconds in quotes are what most long runs are.
    if (before === 34 /* " */) continue;
    let end = at + 1;
    while (end < to && isDigit(text.charCodeAt(end))) end++;
    if (end - start > EXACT_DIGITS && (start === from || /[:[,\s-]/.test(text[start - 1]!))) return true;
  }
  return false;
}

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
