/** Where and why a text is not JSON. */
export interface JsonFault {
  reason: string;
  /** In UTF-16 units, from 0. */
  offset: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// Everything that may stand in a string up to its end, to an escape, or to a character that may not stand there.
// eslint-disable-next-line no-control-regex -- JSON forbids exactly these
const STRING_RUN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Finds what is wrong with a text that `JSON.parse` refused. Engines word their errors differently, and some give no
 * place; this gives the same answer everywhere. Iterative, so that depth is no danger.
 *
 * @returns `undefined` where the text is JSON after all
 */
export function jsonFault(text: string): JsonFault | undefined {
  let offset = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return false;
    offset = pattern.lastIndex;
    return true;
  };
  const fault = (expected: string): JsonFault => ({
    offset,
    reason:
      offset >= text.length
        ? `it ends where ${expected} should follow`
        : `${shown(text, offset)} where ${expected} should stand`,
  });
  /** Goes over a string whose quote is at the offset. */
  const string = (): JsonFault | undefined => {
    const start = offset++;
    for (;;) {
      skip(STRING_RUN);
      const next = text[offset];
      if (next === '"') {
        offset++;
        return undefined;
      }
      if (next === '\\') {
        if (!skip(ESCAPE)) return { offset, reason: 'an unknown escape' };
      } else if (next === undefined) {
        offset = start;
        return { offset, reason: 'a string that does not end' };
      } else return { offset, reason: 'a line break or control character inside a string' };
    }
  };

  const open: ('{' | '[')[] = [];
  let needs: 'value' | 'value or end' | 'key' | 'key or end' | 'more' = 'value';
  for (;;) {
    skip(SPACE);
    const next = text[offset];
    const within = open.at(-1);
    if (needs === 'more' && within === undefined) return next === undefined ? undefined : fault('nothing more');
    if (needs === 'key' || needs === 'key or end') {
      if (next === '}' && needs === 'key or end') {
        offset++;
        open.pop();
        needs = 'more';
        continue;
      }
      if (next !== '"') return fault('a key in double quotes');
      const bad = string();
      if (bad) return bad;
      skip(SPACE);
      if (text[offset] !== ':') return fault('a colon');
      offset++;
      needs = 'value';
    } else if (needs === 'more') {
      const end = within === '{' ? '}' : ']';
      if (next === ',') needs = within === '{' ? 'key' : 'value';
      else if (next === end) open.pop();
      else return fault(`a comma or ${end}`);
      offset++;
    } else if (next === '{' || next === '[') {
      offset++;
      open.push(next);
      needs = next === '{' ? 'key or end' : 'value or end';
    } else if (next === ']' && needs === 'value or end') {
      offset++;
      open.pop();
      needs = 'more';
    } else if (next === '"') {
      const bad = string();
      if (bad) return bad;
      needs = 'more';
    } else if (skip(NUMBER) || skip(WORD)) needs = 'more';
    else return fault('a value');
  }
}

function shown(text: string, offset: number): string {
  const character = String.fromCodePoint(text.codePointAt(offset)!);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
    ? `“${character}”`
    : `the character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
