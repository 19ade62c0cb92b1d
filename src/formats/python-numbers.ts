import { endOfString } from './long-integers.js';

const WORD = /["NI]|-I/g;
const NO_NUMBER = /-?(?:NaN|Infinity)/y;

/** JSON text as Python writes it, with NaN and Infinity as texts: JSON has no such numbers. `undefined` where there are none. */
export function quotePythonNumbers(text: string): string | undefined {
  if (!/NaN|Infinity/.test(text)) return undefined;
  const pieces: string[] = [];
  let copied = 0;
  WORD.lastIndex = 0;
  for (let found = WORD.exec(text); found; found = WORD.exec(text)) {
    if (found[0] === '"') {
      WORD.lastIndex = endOfString(text, found.index) + 1;
      continue;
    }
    NO_NUMBER.lastIndex = found.index;
    const word = NO_NUMBER.exec(text)?.[0];
    if (word === undefined) return undefined;
    pieces.push(text.slice(copied, found.index), '"', word, '"');
    copied = WORD.lastIndex = found.index + word.length;
  }
  if (copied === 0) return undefined;
  pieces.push(text.slice(copied));
  return pieces.join('');
}
