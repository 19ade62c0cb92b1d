/** Words that have to be the same one after the other; all of a document that has fewer, but no fewer than the least. */
export const FEWEST_WORDS = 5;
const LEAST_WORDS = 3;
/** Places of the same words that are followed, words of all documents that are looked at, and of an answer. */
const MOST_PLACES = 8;
const MOST_WORDS = 300_000;

/** In scripts without spaces each character is a word. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}])+/gu;

interface Words {
  readonly words: readonly string[];
  readonly starts: readonly number[];
}

function wordsOf(text: string, most: number): Words {
  const words: string[] = [];
  const starts: number[] = [];
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    if (words.length >= most) break;
    words.push(word.toLowerCase());
    starts.push(index);
  }
  return { words, starts };
}

const endAt = ({ words, starts }: Words, word: number): number => starts[word]! + words[word]!.length;

/** The same words in an answer and a document; places in UTF-16 units. */
export interface SharedWords {
  readonly document: number;
  readonly answer: readonly [start: number, end: number];
  readonly place: readonly [start: number, end: number];
}

/** Stretches of five words or more, or whole documents, that stand in an answer and in a document alike, whatever is between the words. */
export function sharedWords(answer: string, documents: readonly string[]): SharedWords[] {
  const asked = wordsOf(answer, MOST_WORDS);
  let left = MOST_WORDS;
  const known = documents.map((text) => {
    const words = wordsOf(text, left);
    left -= words.words.length;
    return words;
  });
  const places = new Map<string, (readonly [document: number, word: number])[]>();
  const keyAt = ({ words }: Words, at: number, length: number): string => words.slice(at, at + length).join(' ');
  known.forEach((document, index) => {
    const count = document.words.length;
    const needed = Math.min(FEWEST_WORDS, count);
    if (needed < LEAST_WORDS) return;
    for (let at = 0; at + needed <= count; at++) {
      const key = keyAt(document, at, needed);
      const list = places.get(key);
      if (!list) places.set(key, [[index, at]]);
      else if (list.length < MOST_PLACES) list.push([index, at]);
    }
  });
  const shared: SharedWords[] = [];
  const candidatesAt = (at: number): (readonly [document: number, word: number])[] => {
    const found: (readonly [document: number, word: number])[] = [];
    for (let length = LEAST_WORDS; length <= FEWEST_WORDS; length++) {
      if (at + length <= asked.words.length) found.push(...(places.get(keyAt(asked, at, length)) ?? []));
    }
    return found;
  };
  let at = 0;
  while (at + LEAST_WORDS <= asked.words.length) {
    let longest = 0;
    const best = new Map<number, readonly [word: number, length: number]>();
    for (const [document, word] of candidatesAt(at)) {
      const { words } = known[document]!;
      let length = 0;
      while (at + length < asked.words.length && words[word + length] === asked.words[at + length]) length++;
      if (length > (best.get(document)?.[1] ?? 0)) best.set(document, [word, length]);
      longest = Math.max(longest, length);
    }
    for (const [document, [word, length]] of best) {
      const source = known[document]!;
      shared.push({
        document,
        answer: [asked.starts[at]!, endAt(asked, at + length - 1)],
        place: [source.starts[word]!, endAt(source, word + length - 1)],
      });
    }
    at += Math.max(1, longest);
  }
  return shared;
}
