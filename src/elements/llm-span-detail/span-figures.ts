import type { PriceSource, RollUps } from '../../analysis/index.js';
import { formatCost, formatDuration, formatMoment, formatNumber, type Messages } from '../../i18n/index.js';
import { rollUpsOf } from '../../internal/known-roll-ups.js';
import type { Span } from '../../model/index.js';

/** A figure and what it is. */
type Figure = [value: string, unit: string];

/** What stands under the name of a span: its own figures, then, after a Σ, those of all that it holds. */
export function spanFigures(span: Span, prices: PriceSource | undefined, messages: Messages): Figure[] {
  const { locale } = messages;
  const { cost, duration, timeToFirstToken, usage } = span;
  const figures: Figure[] = [];
  const holds = span.trace.tree.childCount[span.index]! > 0;
  const rollUps = holds || (prices && cost === undefined) ? rollUpsOf(span.trace, prices) : undefined;
  if (span.isRunning) figures.push([messages.running, '']);
  else if (duration !== undefined) figures.push([formatDuration(duration, locale), messages.total]);
  const own = holds ? rollUps!.selfTimes[span.index]! : NaN;
  if (!Number.isNaN(own)) figures.push([formatDuration(own, locale), messages.selfTime]);
  if (timeToFirstToken !== undefined) figures.push([formatDuration(timeToFirstToken, locale), messages.firstToken]);
  if (usage?.output !== undefined && duration !== undefined) {
    const decoding = duration - (timeToFirstToken ?? 0);
    const rate = (usage.output / decoding) * 1000;
    // A cached answer comes all at once: a rate would be a fancy number.
    if (timeToFirstToken !== undefined && decoding > 1) {
      figures.push([formatNumber(Math.round(rate), locale), messages.tokensPerSecond]);
    }
  }
  if (usage?.input !== undefined) figures.push([formatNumber(usage.input, locale), messages.tokensIn]);
  if (usage?.output !== undefined) figures.push([formatNumber(usage.output, locale), messages.tokensOut]);
  const ownCost = cost ?? rollUps?.of(span).own.cost;
  if (ownCost !== undefined) {
    const amount = formatCost(ownCost, locale);
    figures.push([cost === undefined ? messages.estimated(amount) : amount, '']);
  }
  if (span.hasStart) figures.push([formatMoment(span.start, messages, true), '']);
  const inside = holds ? insideFigures(span, rollUps!, messages) : [];
  if (inside.length) figures.push([messages.sumInside(inside.join(' · ')), messages.withEverythingInside]);
  return figures;
}

function insideFigures({ index }: Span, rollUps: RollUps, messages: Messages): string[] {
  const { locale } = messages;
  const tokens = rollUps.tokens()[index]!;
  const cost = rollUps.cost[index]!;
  const calls = rollUps.calls[index]!;
  const amount = formatCost(cost, locale);
  const withoutUsage = rollUps.callsWithoutUsage[index] ?? 0;
  const withoutCost = rollUps.callsWithoutCost[index]!;
  const figures: string[] = [];
  if (calls) figures.push(messages.callCount(calls));
  if (!Number.isNaN(tokens)) {
    figures.push(messages.sumTokens(formatNumber(tokens, locale)));
    if (withoutUsage) figures.push(messages.callsWithoutUsage(withoutUsage));
  }
  if (!Number.isNaN(cost)) {
    figures.push((rollUps.estimatedCost[index] ?? 0) > 0 ? messages.estimated(amount) : amount);
    if (withoutCost) figures.push(messages.callsWithoutCost(withoutCost));
  }
  return figures;
}
