/** What stands for each character that is masked. */
const MASK = '•';

/**
 * A text in which what a rule changes is covered, character by character, so that places in it stay what they are. What reaches over the
 * end of a line covers more than it has to.
 */
export function maskedInPlace(text: string, mask: (text: string) => string): string {
  const changed = mask(text);
  if (changed === text) return text;
  const lines = text.split('\n');
  const masked = lines.map(mask);
  return masked.join('\n') === changed
    ? lines.map((line, at) => covered(line, masked[at]!)).join('\n')
    : covered(text, changed);
}

/** From the first character that is another to the last. */
function covered(text: string, changed: string): string {
  if (text === changed) return text;
  let start = 0;
  while (start < Math.min(text.length, changed.length) && text[start] === changed[start]) start++;
  let tail = 0;
  const most = Math.min(text.length, changed.length) - start;
  while (tail < most && text.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  // A rule that only adds something has found something there.
  const end = Math.max(start + 1, text.length - tail);
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, MASK) + text.slice(end);
}
