import type { FirstMessages } from './en-first.js';
import { englishCount } from './english.js';

const count = (number: number, one: string, many: string): string =>
  `${englishCount(number)} ${number === 1 ? one : many}`;

/** Words for how spans are shown: what is hidden, what is put together, and how time is drawn. */
export interface DisplayWords {
  /** Of the button and its menu. */
  display: string;

  // What is hidden.
  hide: string;
  fields: Readonly<Record<'kinds' | 'names' | 'services', string>>;
  hiddenSpans(count: number): string;
  showAll: string;
  /** Of the field that finds names and services in a long menu. */
  findValue: string;
  moreValues(count: number): string;
  noValue: string;
  /** A choice with how many spans it has, for a screen reader. */
  valueWithCount(value: string, count: number): string;

  // Groups.
  grouped: string;
  groupedHint(fewest: number): string;
  /** How often a span is there. */
  times(count: number): string;
  /** The same, for a screen reader. */
  timesSpoken(count: number): string;
  total(duration: string): string;
  totalSpoken(duration: string): string;

  // Time.
  scale: string;
  scales: Readonly<Record<'time' | 'compact' | 'sequence', string>>;
  /** Of a stretch that is cut short. */
  idle(duration: string): string;
  idleCut(count: number): string;
  inOrder: string;

  // Timeline.
  layout: string;
  layouts: Readonly<Record<'time' | 'icicle', string>>;
  /** What the width of a span means in an icicle. */
  icicleNote: string;

  // A search.
  matchesInside(count: number): string;

  // While a trace runs.
  parentMissing: string;
  newest: string;
  newestHint: string;
}

/** The others are in `en-first.ts`. */
export const ENGLISH_DISPLAY: Omit<DisplayWords, keyof FirstMessages['display']> = {
  hide: 'Hide spans',
  fields: { kinds: 'By kind', names: 'By name', services: 'By service' },
  findValue: 'Find a name or a service',
  moreValues: (number) => `${englishCount(number)} more: type a part of one`,
  noValue: 'Nothing has this name.',
  valueWithCount: (value, number) => `${value}, ${count(number, 'span', 'spans')}`,

  grouped: 'Group repeated spans',
  groupedHint: (fewest) => `From ${englishCount(fewest)} in a row of the same name and kind`,

  scale: 'Scale',
  scales: { time: 'Time', compact: 'Time, idle stretches cut short', sequence: 'Order of starts and ends' },

  layout: 'Timeline',
  layouts: { time: 'Flame chart, by time', icicle: 'Icicle, by duration' },
  icicleNote: 'A span is as wide as it took long, or as what is inside it took together.',
};
