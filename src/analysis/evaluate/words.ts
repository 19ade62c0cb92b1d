/** Longer texts are not read word by word: an evaluator must not hold up a page. */
const MOST_CHARACTERS = 500_000;

/** Scripts that put no spaces between words: each character counts as one. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/**
 * The words of a text in lower case, without punctuation.
 *
 * @throws {RangeError} where the text is too long
 */
export function wordsOf(text: string): string[] {
  if (text.length > MOST_CHARACTERS) {
    throw new RangeError(`The text has ${text.length} characters; evaluators read ${MOST_CHARACTERS}.`);
  }
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** How often each run of `size` words is there. The words of a run are joined by a space. */
export function wordRuns(words: readonly string[], size: number): Map<string, number> {
  const runs = new Map<string, number>();
  for (let at = 0; at + size <= words.length; at++) {
    const run = words.slice(at, at + size).join(' ');
    runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}
