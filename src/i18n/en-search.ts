import type { FirstMessages } from './en-first.js';
import { englishCount } from './english.js';

/** What is wrong with a query. */
export interface QueryFault {
  readonly code: string;
  /** In English. */
  readonly message: string;
  /** What stands there; empty where something is missing. */
  readonly seen: string;
  /** What could stand there instead. */
  readonly expected: readonly string[];
}

/** Words for the search of a trace. */
export interface SearchWords {
  /** Of the button, the field and the place that they are in. */
  search: string;
  placeholder: string;
  suggestions: string;
  /** What a field or a value is, where the registry says it. */
  about(suggestion: { readonly field?: string; readonly summary?: string }): string;
  /** How many spans have what is suggested. */
  spans(count: number): string;
  clear: string;
  close: string;
  next: string;
  previous: string;
  hideOthers: string;
  found(matches: number, spans: number): string;
  /** Where the selected span is one of them. */
  place(place: number, matches: number): string;
  /** While details are read; `done` is a percentage. */
  reading(done: string): string;
  fault(fault: QueryFault): string;
  /** Said of a row that matches. */
  match: string;
  /** Said of a tab of the detail that holds a match. */
  hasMatch: string;
}

/** The others are in `en-first.ts`. */
export const ENGLISH_SEARCH: Omit<SearchWords, keyof FirstMessages['search']> = {
  placeholder: 'Words, kind:tool, status:error, tokens>5k…',
  suggestions: 'Suggestions',
  about: ({ summary = '' }) => summary,
  spans: (count) => `${englishCount(count)} ${count === 1 ? 'span' : 'spans'}`,
  clear: 'Clear the search',
  close: 'Close the search',
  next: 'Next match',
  previous: 'Previous match',
  hideOthers: 'Hide others',
  found: (matches, spans) => `${englishCount(matches)} of ${englishCount(spans)} ${spans === 1 ? 'span' : 'spans'}`,
  place: (place, matches) => `match ${englishCount(place)} of ${englishCount(matches)}`,
  reading: (done) => `reading ${done}`,
  fault: ({ message }) => message,
  hasMatch: 'has matches',
};
