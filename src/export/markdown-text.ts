/** What turns a line round, or that nobody sees: by its number, so that everybody sees it. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const shownHidden = (text: string): string =>
  text.replace(HIDDEN, (character) =>
    character === '\n' || character === '\t' ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );

const runs = (text: string): number => Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));

/** Characters of a name that are written. */
const MOST_CHARACTERS = 120;

/**
 * A name as code within a line, which it cannot end: what looks like a link or calls somebody stays a text.
 *
 * @param empty what stands there where it has nothing to show
 */
export function inlineCode(name: string, empty: string): string {
  const line = shownHidden(name.toWellFormed().replace(/\s+/g, ' ')).trim();
  const short = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS).toWellFormed()}…` : line;
  if (short === '') return empty;
  const fence = '`'.repeat(runs(short) + 1);
  const room = /^`|`$/.test(short) ? ' ' : '';
  return `${fence}${room}${short}${room}${fence}`;
}

/** A text as a block of code, which it cannot end. */
export function codeBlock(text: string, language = ''): string {
  const shown = shownHidden(text.toWellFormed().replace(/\r\n?/g, '\n')).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, runs(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}\n`;
}

/** Bytes of UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Bytes that a character takes. */
const width = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3);

/** So many characters from the start of a text as fit into some bytes, or from its end. */
function fitting(text: string, bytes: number, isEnd: boolean): number {
  let used = 0;
  let count = 0;
  for (; count < text.length; count++) {
    used += width(text.charCodeAt(isEnd ? text.length - 1 - count : count));
    if (used > bytes) break;
  }
  const cut = isEnd ? text.charCodeAt(text.length - count) : text.charCodeAt(count);
  // Not between the halves of a character.
  return count > 0 && cut >= 0xdc00 && cut < 0xe000 ? count - 1 : count;
}

/**
 * A text that takes so many bytes at the most: the beginning, the end, and how much is left out between them.
 *
 * @param leftOut says so, by the number of characters
 */
export function shortened(text: string, bytes: number, leftOut: (count: number) => string): string {
  if (text.length <= bytes && bytesOf(text) <= bytes) return text;
  const note = (count: number): string => `\n… ${leftOut(count)} …\n`;
  const room = Math.max(0, bytes - bytesOf(note(text.length)));
  const head = fitting(text, Math.ceil(room * 0.7), false);
  const tail = Math.min(text.length - head, fitting(text, Math.floor(room * 0.3), true));
  return text.slice(0, head) + note(text.length - head - tail) + text.slice(text.length - tail);
}
