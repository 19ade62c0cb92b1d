import type { NumberRange, Query } from './query.js';
import { WordSearch } from './word-search.js';

/** Comparisons of two parts after which it is given up. */
const MOST_COMPARED = 2000;
/** A word this long may itself hold data, in which a shorter one is not found. */
const LONGEST_WORD = 255;

/**
 * Whether every span that one query matches is matched by another one as well, whatever the trace: then only the matches
 * of the other need to be looked at. False where that is not seen at once.
 */
export function narrows(query: Query, other: Query): boolean {
  let compared = 0;
  const implies = (one: Query, two: Query): boolean => {
    if (++compared > MOST_COMPARED) return false;
    if (two.type === 'all') return true;
    if (one.type === 'or') return one.parts.every((part) => implies(part, two));
    if (two.type === 'and') return two.parts.every((part) => implies(one, part));
    if (one.type === 'and' && one.parts.some((part) => implies(part, two))) return true;
    if (two.type === 'or') return two.parts.some((part) => implies(one, part));
    if (one.type === 'not' && two.type === 'not') return implies(two.part, one.part);
    if (one.type === 'text' && two.type === 'text') return holdsWord(one.text, two.text);
    if (one.type === 'field' && two.type === 'field') return one.field === two.field && isWithin(one.test, two.test);
    return one.type === 'attribute' && two.type === 'attribute' && one.key === two.key && isWithin(one.test, two.test);
  };
  return implies(query, other);
}

const holdsWord = (text: string, word: string): boolean =>
  text.length <= LONGEST_WORD && new WordSearch(word).isInPlainly(text);

type Test = Extract<Query, { type: 'field' }>['test'];

function isWithin(one: Test, other: Test): boolean {
  if (one.type === 'range' && other.type === 'range') return isRangeWithin(one, other);
  if (one.type === 'word' && other.type === 'word') return one.word === other.word;
  if (one.type !== 'pattern' || other.type !== 'pattern') return false;
  return one.pieces.length === other.pieces.length && one.pieces.every((piece, at) => piece === other.pieces[at]);
}

function isRangeWithin(one: NumberRange, { from, to }: NumberRange): boolean {
  const isAbove =
    !from ||
    (one.from !== undefined &&
      (one.from.value > from.value || (one.from.value === from.value && (from.isIncluded || !one.from.isIncluded))));
  const isBelow =
    !to ||
    (one.to !== undefined &&
      (one.to.value < to.value || (one.to.value === to.value && (to.isIncluded || !one.to.isIncluded))));
  return isAbove && isBelow;
}
