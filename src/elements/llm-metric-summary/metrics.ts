import type { FirstMessages } from '../../i18n/en-first.js';
import { formatCost, formatDuration, formatNumber, formatPercent } from '../../i18n/format.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span, Trace, Usage } from '../../model/index.js';
import type { CountedOnce } from './counted-once.js';
import type { FiguresOfTrace } from './figures-of-trace.js';

/** One figure, and the span that it leads to. */
export interface Metric {
  label: string;
  value: string;
  note?: string;
  isBad?: boolean;
  /** Absent where there is no span behind the figure. */
  target: (() => Span | undefined) | undefined;
}

/** What figures are told of, and how. */
export interface MetricLook {
  readonly trace: Trace | undefined;
  readonly messages: FirstMessages;
  readonly settings: ViewSettings;
  /** Milliseconds that a running trace has taken by now, where somebody counts them. */
  readonly runningFor: number | undefined;
}

/** Notes beside a figure, those that there are. */
const joined = (...notes: readonly (string | number | false | undefined)[]): string =>
  notes.filter(Boolean).join(' · ');

/**
 * The figures of a trace, in the order in which they are shown.
 *
 * @param next finds the next span of a kind, for figures that stand for several
 */
export function metricsOf(
  { summary, counted }: FiguresOfTrace,
  { trace, messages, settings, runningFor }: MetricLook,
  next: (matches: (span: Span) => boolean) => Span | undefined,
): Metric[] {
  const { locale } = messages;
  const { usage, slowest, mostExpensive } = summary;
  const { cost, estimatedCost, callsWithoutUsage, callsWithoutCost } = counted;
  const metrics: Metric[] = [
    {
      label: messages.duration,
      value: formatDuration(runningFor ?? summary.duration, locale),
      ...(summary.isRunning && { note: messages.running }),
      target: () => trace?.spans.at(0),
    },
  ];
  if (counted.llmCalls) {
    metrics.push({
      label: messages.llmCalls,
      value: formatNumber(counted.llmCalls, locale),
      note: messages.models(summary.models.size),
      target: () => next((span) => span.kind === 'llm'),
    });
  }
  if (usage || callsWithoutUsage) {
    metrics.push({
      label: messages.tokens,
      value: usage ? tokenValue(usage, messages) : messages.notStated,
      note: usage ? tokenNote(usage, counted, messages) : '',
      target: summary.mostTokens && (() => summary.mostTokens),
    });
  }
  if (cost !== undefined) {
    metrics.push({
      label: messages.cost,
      value: estimatedCost ? messages.estimated(formatCost(cost, locale)) : formatCost(cost, locale),
      note: joined(
        estimatedCost > 0 && estimatedCost < cost && messages.estimatedPart(formatCost(estimatedCost, locale)),
        callsWithoutCost > 0 && messages.callsWithoutCost(callsWithoutCost),
      ),
      target: mostExpensive && (() => mostExpensive),
    });
  }
  metrics.push({
    label: messages.errors,
    value: summary.errors ? formatNumber(summary.errors, locale) : messages.noErrors,
    isBad: summary.errors > 0,
    target: summary.errors ? () => next((span) => span.status === 'error') : undefined,
  });
  if (slowest) {
    metrics.push({
      label: messages.slowest,
      value: formatDuration(slowest.time, locale),
      note: settings.readable(text(slowest.span.name)),
      target: () => slowest.span,
    });
  }
  if (mostExpensive?.cost !== undefined) {
    metrics.push({
      label: messages.mostExpensive,
      value: formatCost(mostExpensive.cost, locale),
      note: settings.readable(text(mostExpensive.name)),
      target: () => mostExpensive,
    });
  }
  return metrics;
}

function tokenValue({ input, output, total }: Usage, { locale, tokensIn, tokensOut }: FirstMessages): string {
  const sides = joined(
    input !== undefined && `${formatNumber(input, locale)} ${tokensIn}`,
    output !== undefined && `${formatNumber(output, locale)} ${tokensOut}`,
  );
  return sides || formatNumber(total ?? 0, locale);
}

function tokenNote(
  { input, cacheRead, reasoning }: Usage,
  { callsWithoutUsage, repeats }: CountedOnce,
  messages: FirstMessages,
): string {
  const { locale } = messages;
  return joined(
    cacheRead && input && messages.cached(formatPercent(cacheRead / input, locale)),
    reasoning && messages.reasoningTokens(formatNumber(reasoning, locale)),
    callsWithoutUsage > 0 && messages.callsWithoutUsage(callsWithoutUsage),
    repeats > 0 && messages.countedOnce(repeats),
  );
}
