import type { FirstMessages } from '../../i18n/en-first.js';
import { formatCompact, formatCost, formatDuration } from '../../i18n/format.js';
import { GROUP, type ArrangedTree } from '../../internal/arrangement.js';
import { revealedText } from '../../internal/hidden-characters.js';
import type { Span, Trace } from '../../model/index.js';
import type { Figures } from './span-words.js';

/** A row that is no span: what several spans are put together in. */
export interface Heading {
  /** Neighbours that are alike, or spans whose parent is not there yet. */
  readonly type: 'group' | 'missing';
  readonly count: number;
  /** When the first one starts and the last one ends, as the trace counts; `NaN` where no span has times. */
  readonly start: number;
  readonly end: number;
  /** Milliseconds of all, added up; `NaN` where none has a duration. */
  readonly duration: number;
  /** Of all that is in them; `NaN` where nothing states any. */
  readonly tokens: number;
  readonly cost: number;
  readonly isRunning: boolean;
}

const sum = (before: number, value: number): number =>
  Number.isNaN(before) ? value : Number.isNaN(value) ? before : before + value;

/** Sums up what a place holds. */
export function headingAt(trace: Trace, { tree, marks }: ArrangedTree, place: number): Heading {
  const { table, rollUp } = trace;
  let start = Infinity;
  let end = -Infinity;
  let [duration, tokens, cost] = [NaN, NaN, NaN];
  let isRunning = false;
  for (let at = place + 1; at < place + tree.size[place]!; at += tree.size[at]!) {
    const position = tree.nodes[at]!;
    const row = trace.rowAt(position);
    const from = table.starts[row]!;
    const to = table.ends[row]!;
    isRunning ||= !Number.isNaN(from) && Number.isNaN(to);
    if (from < start) start = from;
    if (Math.max(from, to) > end) end = Math.max(from, to);
    duration = sum(duration, to - from);
    tokens = sum(tokens, rollUp.tokens[position]!);
    cost = sum(cost, rollUp.cost[position]!);
  }
  return {
    type: marks[place] === GROUP ? 'group' : 'missing',
    count: tree.childCount[place]!,
    start: start === Infinity ? NaN : start,
    end: end === -Infinity ? start : end,
    duration,
    tokens,
    cost,
    isRunning,
  };
}

export interface HeadingWords {
  name: string;
  about: string;
  figures: Figures;
  /** The whole row, for a screen reader. */
  spoken: string;
  /** What the bar shows. */
  bar: string;
}

/**
 * @param span the first one
 * @param name its name, as far as it may be shown
 * @param inside what is hidden inside, in words
 */
export function headingWords(
  { type, count, duration, tokens, cost, isRunning }: Heading,
  span: Span,
  name: string,
  inside: readonly string[],
  messages: FirstMessages,
): HeadingWords {
  const { display, locale } = messages;
  if (type === 'missing') {
    const figures = { time: '', tokens: '', cost: '' };
    const spoken = [display.parentMissing, ...inside].filter(Boolean).join(', ');
    return { name: display.parentMissing, about: '', figures, spoken, bar: '' };
  }
  const time = Number.isNaN(duration) ? '' : formatDuration(duration, locale);
  const figures: Figures = {
    time: isRunning ? messages.running : time && display.total(time),
    tokens: Number.isNaN(tokens) ? '' : formatCompact(tokens, locale),
    cost: Number.isNaN(cost) ? '' : formatCost(cost, locale),
  };
  const together = isRunning ? messages.running : time && display.totalSpoken(time);
  const spoken = [
    revealedText(name),
    messages.kinds[span.kind],
    display.timesSpoken(count),
    ...inside,
    together,
    figures.tokens && `${figures.tokens} ${messages.tokens}`,
    figures.cost,
  ];
  return {
    name,
    about: display.times(count),
    figures,
    spoken: spoken.filter(Boolean).join(', '),
    bar: [display.timesSpoken(count), together].filter(Boolean).join(', '),
  };
}
