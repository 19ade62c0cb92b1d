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

export const ENGLISH_DISPLAY: DisplayWords = {
  display: 'How spans are shown',

  hide: 'Hide spans',
  fields: { kinds: 'By kind', names: 'By name', services: 'By service' },
  hiddenSpans: (number) => `${count(number, 'span', 'spans')} hidden`,
  showAll: 'Show all',
  findValue: 'Find a name or a service',
  moreValues: (number) => `${englishCount(number)} more: type a part of one`,
  noValue: 'Nothing has this name.',
  valueWithCount: (value, number) => `${value}, ${count(number, 'span', 'spans')}`,

  grouped: 'Group repeated spans',
  groupedHint: (fewest) => `From ${englishCount(fewest)} in a row of the same name and kind`,
  times: (number) => `×${englishCount(number)}`,
  timesSpoken: (number) => `${englishCount(number)} times`,
  total: (duration) => `Σ ${duration}`,
  totalSpoken: (duration) => `${duration} together`,

  scale: 'Scale',
  scales: { time: 'Time', compact: 'Time, idle stretches cut short', sequence: 'Order of starts and ends' },
  idle: (duration) => `idle for ${duration}`,
  idleCut: (number) => `${count(number, 'idle stretch', 'idle stretches')} cut short`,
  inOrder: 'in order, not to scale',

  layout: 'Timeline',
  layouts: { time: 'Flame chart, by time', icicle: 'Icicle, by duration' },
  icicleNote: 'A span is as wide as it took long, or as what is inside it took together.',

  matchesInside: (number) => `${count(number, 'match', 'matches')} inside`,

  parentMissing: 'Parent not yet received',
  newest: 'Newest',
  newestHint: 'Go to the newest span and follow',
};
