import { formatCompact, formatCost, formatDuration, type Messages } from '../../i18n/index.js';
import { isNoticeable, type PriceSource, type SpanPair } from '../../analysis/index.js';
import { rollUpsOf } from '../../internal/known-roll-ups.js';
import type { Span, Trace } from '../../model/index.js';

/** A figure on both sides, where it is known. */
export interface Sides {
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Whether one of them was worked out with prices. */
  readonly isEstimated?: boolean;
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
const FIGURES: Readonly<Record<Figure, (span: Span, prices: PriceSource | undefined) => number>> = {
  time: ({ duration }) => duration ?? NaN,
  tokens: ({ trace, index }) => trace.rollUp.tokens[index]!,
  cost: ({ trace, index }, prices) => (prices ? rollUpsOf(trace, prices) : trace.rollUp).cost[index]!,
};

export function sidesOf(
  figure: Figure,
  { before, after }: Pick<SpanPair, 'before' | 'after'>,
  prices: PriceSource | undefined,
): Sides {
  const known = (span: Span | undefined): number | undefined => {
    const value = span ? FIGURES[figure](span, prices) : NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  const isEstimated = (span: Span | undefined): boolean =>
    span !== undefined && prices !== undefined && rollUpsOf(span.trace, prices).estimatedCost[span.index]! > 0;
  return {
    before: known(before),
    after: known(after),
    isEstimated: figure === 'cost' && (isEstimated(before) || isEstimated(after)),
  };
}

/** What both traces cost. */
export function costsOf(before: Trace, after: Trace, prices: PriceSource | undefined): Sides {
  if (!prices) return { before: before.cost, after: after.cost };
  const [one, other] = [rollUpsOf(before, prices).total, rollUpsOf(after, prices).total];
  return { before: one.cost, after: other.cost, isEstimated: one.estimatedCost + other.estimatedCost > 0 };
}

/** One side of a figure; empty where nothing is known. */
export function figureText(figure: Figure, side: 'before' | 'after', sides: Sides, messages: Messages): string {
  const value = sides[side];
  if (value === undefined) return '';
  const words = FORMATS[figure](value, messages.locale);
  return sides.isEstimated ? messages.estimated(words) : words;
}

/** A difference with its sign; empty where nothing is known. What one side lacks counts as nothing. */
export function differenceText(figure: Figure, { before, after, isEstimated }: Sides, messages: Messages): string {
  if (before === undefined && after === undefined) return '';
  const difference = (after ?? 0) - (before ?? 0);
  if (Math.abs(difference) < LEAST[figure]) return '0';
  const words = `${difference > 0 ? '+' : '−'}${FORMATS[figure](Math.abs(difference), messages.locale)}`;
  return isEstimated ? messages.estimated(words) : words;
}

/** Whether somebody should look at a difference. Times are a little different in each run. */
export const isTelling = (figure: Figure, { before, after }: Sides): boolean =>
  figure === 'time' ? isNoticeable(before, after) : Math.abs((after ?? 0) - (before ?? 0)) >= LEAST[figure];
