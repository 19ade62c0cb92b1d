import { formatCompact, formatCost, formatDuration, type Messages } from '../../i18n/index.js';
import { isNoticeable, type SpanPair } from '../../analysis/index.js';
import type { Span } from '../../model/index.js';

/** A figure on both sides, where it is known. */
export interface Sides {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export type Figure = 'time' | 'tokens' | 'cost';

/** What is less than this is no difference: a nanosecond, and what is lost in sums of small amounts. */
const LEAST: Readonly<Record<Figure, number>> = { time: 5e-7, tokens: 0.5, cost: 1e-12 };

const FORMATS: Readonly<Record<Figure, (value: number, locale: string) => string>> = {
  time: formatDuration,
  tokens: formatCompact,
  cost: formatCost,
};

/** Time of a span; tokens and cost of all that is in it. */
const FIGURES: Readonly<Record<Figure, (span: Span) => number>> = {
  time: ({ duration }) => duration ?? NaN,
  tokens: ({ trace, index }) => trace.rollUp.tokens[index]!,
  cost: ({ trace, index }) => trace.rollUp.cost[index]!,
};

export function sidesOf(figure: Figure, { before, after }: Pick<SpanPair, 'before' | 'after'>): Sides {
  const known = (span: Span | undefined): number | undefined => {
    const value = span ? FIGURES[figure](span) : NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  return { before: known(before), after: known(after) };
}

export const figureText = (figure: Figure, value: number | undefined, { locale }: Messages): string =>
  value === undefined ? '' : FORMATS[figure](value, locale);

/** A difference with its sign; empty where nothing is known. What one side lacks counts as nothing. */
export function differenceText(figure: Figure, { before, after }: Sides, { locale }: Messages): string {
  if (before === undefined && after === undefined) return '';
  const difference = (after ?? 0) - (before ?? 0);
  if (Math.abs(difference) < LEAST[figure]) return '0';
  return `${difference > 0 ? '+' : '−'}${FORMATS[figure](Math.abs(difference), locale)}`;
}

/** Whether somebody should look at a difference. Times are a little different in each run. */
export const isTelling = (figure: Figure, { before, after }: Sides): boolean =>
  figure === 'time' ? isNoticeable(before, after) : Math.abs((after ?? 0) - (before ?? 0)) >= LEAST[figure];
