import { stopWords } from './stop-words.js';
import { wordsOf } from './words.js';

/** Characters of a text that are looked at. */
const LOOKED_AT = 20_000;
/** The share of letters that a script must have. */
const MAIN = 0.5;
/** The share of stop words below which a text is in none of the languages that are known, or too short to say. */
const FEWEST = 0.08;
/** So much more often must the stop words of a language come than those of the next. */
const AHEAD = 1.2;

/** Scripts that one language is written in. */
const ONE_LANGUAGE: Readonly<Record<string, string>> = {
  Hangul: 'ko',
  Greek: 'el',
  Hebrew: 'he',
  Thai: 'th',
  Devanagari: 'hi',
  Bengali: 'bn',
  Tamil: 'ta',
  Telugu: 'te',
  Georgian: 'ka',
  Armenian: 'hy',
};

const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Han', 'Hiragana', 'Katakana', ...Object.keys(ONE_LANGUAGE)].map(
  (name) => ({ name, letters: new RegExp(`\\p{sc=${name}}`, 'gu') }),
);

/** Languages by the script that they are written in, where several are. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  Cyrillic: ['ru', 'uk', 'bg', 'sr'],
  Arabic: ['ar', 'fa', 'ur'],
};
const notLatin = new Set(Object.values(LANGUAGES).flat());

/**
 * The language of a text as a BCP 47 tag, by its script and, where several languages share that, by its most common words. Code
 * in fences is left out. `undefined` where that does not tell: short texts, mixed ones, languages that are not known.
 */
export function languageOf(text: string): string | undefined {
  const prose = text.replace(/```[\s\S]*?(?:```|$)/g, ' ').slice(0, LOOKED_AT);
  const counts = new Map(SCRIPTS.map(({ name, letters }) => [name, prose.match(letters)?.length ?? 0]));
  const count = (script: string): number => counts.get(script) ?? 0;
  const kana = count('Hiragana') + count('Katakana');
  let all = 0;
  for (const number of counts.values()) all += number;
  if (all === 0) return undefined;
  const isMain = (number: number): boolean => number > MAIN * all;
  // Japanese is written with some kana in every sentence, Chinese with none.
  if (isMain(count('Han') + kana)) return kana > 0.05 * (count('Han') + kana) ? 'ja' : 'zh';
  const script = [...counts].find(([, number]) => isMain(number))?.[0];
  if (script === undefined) return undefined;
  if (Object.hasOwn(ONE_LANGUAGE, script)) return ONE_LANGUAGE[script];
  return byStopWords(wordsOf(prose), (language) => LANGUAGES[script]?.includes(language) ?? !notLatin.has(language));
}

function byStopWords(words: readonly string[], isIn: (language: string) => boolean): string | undefined {
  let best: string | undefined;
  let most = 0;
  let second = 0;
  for (const [language, known] of stopWords) {
    if (!isIn(language)) continue;
    const found = words.filter((word) => known.has(word)).length;
    if (found > most) [best, most, second] = [language, found, most];
    else if (found > second) second = found;
  }
  return most >= 2 && most >= FEWEST * words.length && most >= AHEAD * second ? best : undefined;
}
