import type { FirstMessages } from '../../i18n/en-first.js';
import { formatCompact, formatCost, formatDuration } from '../../i18n/format.js';
import { revealedText } from '../../internal/first-characters.js';
import type { Span } from '../../model/index.js';

/** The figures of a row. Empty where there is none. */
export interface Figures {
  time: string;
  tokens: string;
  cost: string;
}

/**
 * Time of the span; tokens and cost of all that is in it.
 *
 * @param areSummed whether it is known what those come to
 */
export function figuresOf(span: Span, { locale, running }: FirstMessages, areSummed = true): Figures {
  const { tokens, cost } = areSummed ? sumsOf(span) : UNKNOWN;
  return {
    time: span.isRunning ? running : span.duration === undefined ? '' : formatDuration(span.duration, locale),
    tokens: Number.isNaN(tokens) ? '' : formatCompact(tokens, locale),
    cost: Number.isNaN(cost) ? '' : formatCost(cost, locale),
  };
}

const UNKNOWN = { tokens: NaN, cost: NaN };

const sumsOf = ({ trace: { rollUp }, index }: Span): typeof UNKNOWN => ({
  tokens: rollUp.tokens[index]!,
  cost: rollUp.cost[index]!,
});

/** What a row says of its span. */
export interface SpanWords {
  name: string;
  /** The model, tool, agent or function. */
  about: string;
  figures: Figures;
  /** Errors among the spans that a closed one hides. */
  errorsHidden: number;
  /** Matches of a search among them. */
  matchesHidden: number;
  /** How long the span is on the critical path; empty where that is not shown, or it is not on it. */
  critical: string;
  isChosen: boolean;
  isMatch: boolean;
}

/** What a closed row hides, in words. */
export const insideWords = (errors: number, matches: number, messages: FirstMessages): string[] => [
  errors ? messages.errorsInside(errors) : '',
  matches ? messages.display.matchesInside(matches) : '',
];

/** A screen reader in focus mode hears the row's name and nothing else of it. */
export function spoken(
  span: Span,
  { name, about, figures, errorsHidden, matchesHidden, critical, isChosen, isMatch }: SpanWords,
  messages: FirstMessages,
): string {
  return [
    revealedText(name),
    messages.kinds[span.kind],
    revealedText(about),
    span.status === 'error' ? messages.errorMark : '',
    ...insideWords(errorsHidden, matchesHidden, messages),
    figures.time,
    figures.tokens && `${figures.tokens} ${messages.tokens}`,
    figures.cost,
    critical && messages.onCriticalPath(critical),
    isChosen ? messages.chosen.mark : '',
    isMatch ? messages.search.match : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** When the first token came after the start of the span; empty where that is not known. */
export function firstTokenOf({ timeToFirstToken }: Span, { locale }: FirstMessages): string {
  return timeToFirstToken === undefined ? '' : formatDuration(timeToFirstToken, locale);
}

/** What a bar shows, in words. */
export function barWords(span: Span, firstToken: string, messages: FirstMessages): string {
  if (!span.hasStart) return messages.barTextUnknown;
  const start = formatDuration(span.trace.startAt(span.index) - span.trace.startTime, messages.locale);
  const times = span.isRunning
    ? messages.barTextRunning(start)
    : messages.barText(start, formatDuration(span.duration ?? 0, messages.locale));
  return firstToken ? `${times}, ${messages.firstTokenAfter(firstToken)}` : times;
}
