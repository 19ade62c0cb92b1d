/** Fewer digits are always exact in a double. */
export const EXACT_DIGITS = 15;

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
