import { literalPattern } from './text-pattern.js';

/** A stretch of a text, in UTF-16 units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A run of these characters that is this long is data, not text: an image or a recording in base64. */
const DATA_RUN = 256;
const DATA = /[\w+/=-]*/y;
const NOT_DATA = /[^\w+/=-]/;

/** A word that JSON text cannot hide behind an escape, unless it has some for letters. */
const PLAIN = /^[a-z\d ]*$/i;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/g;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A text as it stands inside JSON text, once read. */
export const unescaped = (text: string): string =>
  text.replace(ESCAPE, (_, code: string | undefined, letter: string | undefined) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(code!, 16)) : (ESCAPED.get(letter) ?? letter),
  );

/** A word or a phrase that is looked for in many texts. */
export class WordSearch {
  readonly #pattern: RegExp;
  readonly #length: number;
  readonly #isPlain: boolean;
  /** Whether data was passed over since it was last set. */
  #hasPassedData = false;

  constructor(text: string) {
    this.#pattern = literalPattern(text, 'g');
    this.#length = text.length;
    this.#isPlain = PLAIN.test(text);
  }

  /** Whether a text holds it, as it is or inside JSON text in it. */
  isIn(text: string): boolean {
    if (this.isInPlainly(text)) return true;
    if (!text.includes('\\')) return false;
    if (this.#isPlain && !this.#hasPassedData && !text.includes('\\u00')) return false;
    // JSON text in JSON text has escapes of escapes.
    let before = text;
    for (let inner = unescaped(text); inner !== before; inner = unescaped(inner)) {
      if (this.#next(inner, 0) >= 0) return true;
      before = inner;
    }
    return false;
  }

  /** Whether a text holds it as it is. */
  isInPlainly(text: string): boolean {
    this.#hasPassedData = false;
    return this.#next(text, 0) >= 0;
  }

  /** Every place in a text as it is, one behind the other. */
  *rangesIn(text: string): Generator<TextRange, void> {
    let start = this.#next(text, 0);
    while (start >= 0) {
      const end = start + this.#length;
      yield { start, end };
      start = this.#next(text, end);
    }
  }

  /** Where it is next; -1 where it is not. */
  #next(text: string, from: number): number {
    const pattern = this.#pattern;
    pattern.lastIndex = from;
    while (pattern.test(text)) {
      const end = pattern.lastIndex;
      const start = end - this.#length;
      const dataEnd = text.length < DATA_RUN ? -1 : Math.max(endOfData(text, start), endOfData(text, end - 1));
      if (dataEnd < 0) return start;
      this.#hasPassedData = true;
      pattern.lastIndex = dataEnd;
    }
    return -1;
  }
}

/** The end of the data that a character of a text is part of; -1 where it is not. */
function endOfData(text: string, at: number): number {
  DATA.lastIndex = at;
  DATA.test(text);
  const end = DATA.lastIndex;
  if (end === at) return -1;
  const earliest = Math.max(0, end - DATA_RUN);
  let start = at;
  while (start > earliest && !NOT_DATA.test(text[start - 1]!)) start--;
  return end - start >= DATA_RUN ? end : -1;
}
