import { beginning } from '../../internal/text.js';
import { revealedText } from '../../internal/hidden-characters.js';
import type { TokenList } from './token-list.js';

/** Signs for what has no shape. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  [' ', '·'],
  ['\u00a0', '⍽'],
  ['\n', '↵'],
  ['\r', '␍'],
  ['\t', '⇥'],
]);

/** A token as it is shown: white space has a sign, and so has what nobody would see. A token without a text says so. */
const visibleText = (text: string): string =>
  text === '' ? '∅' : revealedText(text.replace(/[ \u00a0\n\r\t]/g, (sign) => SIGNS.get(sign)!));

/** Characters that take the room of two. Too many is better than too few: rows are never longer than their place. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const WIDE_ALL = new RegExp(WIDE.source, 'gu');

/** Characters of a fixed width that a text takes. */
function widthOf(text: string): number {
  return WIDE.test(text) ? text.length + (text.match(WIDE_ALL)?.length ?? 0) : text.length;
}

/** A token, cut where it is longer than its place. No more of it is looked at: it may be a whole book. */
export function cutText(text: string, most: number): string {
  const shown = visibleText(beginning(text, most + 1));
  return shown.length > most ? `${beginning(shown, Math.max(1, most - 1))}…` : shown;
}

/** Cells in rows of so many characters; the end of a line is the end of a row. First cell of each row, and the one behind the last. */
export function rowsOf(list: TokenList, columns: number): Int32Array {
  const first = [0];
  let used = 0;
  let isEnd = false;
  for (let cell = 0; cell < list.count; cell++) {
    const text = list.textOf(cell);
    const width = Math.min(columns, widthOf(cutText(text, columns)));
    const isOutput = cell === list.split && cell > 0;
    if (cell > 0 && (isEnd || isOutput || used + width > columns)) {
      first.push(cell);
      used = 0;
    }
    used += width;
    isEnd = text.includes('\n');
  }
  if (list.count > 0) first.push(list.count);
  return Int32Array.from(first);
}

/** The row that a cell is in. */
export function rowOfCell(rows: Int32Array, cell: number): number {
  let low = 0;
  let high = Math.max(0, rows.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]! <= cell) low = middle;
    else high = middle - 1;
  }
  return low;
}
