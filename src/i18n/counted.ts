import { formatNumber } from './format.js';

/** Words for one of something, and for any other number of it. */
export type CountedWords = (count: number, one: string, other: string) => string;

/** Counts in a language that tells one from many: “1 Aufruf”, “2 Aufrufe”. Where it does not, both words are the same. */
export function countedIn(locale: string): CountedWords {
  let rules: Intl.PluralRules | undefined;
  return (count, one, other) => {
    rules ??= new Intl.PluralRules(locale);
    return `${formatNumber(count, locale)} ${rules.select(count) === 'one' ? one : other}`;
  };
}
