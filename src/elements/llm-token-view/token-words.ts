import { formatNumber, formatPercent, type Messages } from '../../i18n/index.js';
import type { Measure, MeasureName } from './measures.js';
import type { TokenList } from './token-list.js';

/** A share of 1 with as many digits as tell small ones apart. */
export function percent(share: number, { locale, tokenView }: Messages): string {
  if (share >= 0.1) return formatPercent(share, locale);
  const hundredths = share * 100;
  if (hundredths > 0 && hundredths < 0.001) return `< ${tokenView.percent(formatNumber(0.001, locale))}`;
  return tokenView.percent(formatNumber(Number(hundredths.toPrecision(2)), locale));
}

export const decimals = (value: number, { locale }: Messages): string =>
  formatNumber(Number(value.toPrecision(4)), locale);

/** What a measure says of a cell. */
export function measureText(measure: Measure, list: TokenList, cell: number, messages: Messages): string {
  const { tokenView: words, locale } = messages;
  const value = measure.valueOf(list, cell);
  switch (measure.name) {
    case 'probability':
      return value === undefined ? words.notKnown : percent(value, messages);
    case 'rank': {
      if (value !== undefined) return formatNumber(value, locale);
      const listed = list.alternativesOf(cell).length;
      // What was chosen was put to those that were listed.
      return listed > 1 && list.logprobOf(cell) !== undefined ? words.rankBeyond(listed - 1) : words.notKnown;
    }
    case 'entropy': {
      if (value === undefined) return words.notKnown;
      return list.isEntropyEstimated ? words.atLeast(decimals(value, messages)) : decimals(value, messages);
    }
  }
}

/** The steps of a scale in figures, the most certain first. */
export function scaleTexts({ name, limits }: Measure, messages: Messages): string[] {
  const written = (limit: number): string =>
    name === 'probability' ? percent(limit, messages) : formatNumber(limit, messages.locale);
  const [inside, beyond] = signsOf(name);
  return [...limits.map((limit) => `${inside} ${written(limit)}`), `${beyond} ${written(limits.at(-1)!)}`];
}

const signsOf = (name: MeasureName): readonly [inside: string, beyond: string] =>
  name === 'probability' ? ['≥', '<'] : ['≤', '>'];
