import type { FirstMessages } from './en-first.js';
import { englishCount } from './english.js';

/** Words for spans that are chosen as examples. */
export interface ChosenSpansWords {
  /** Begins, and ends, the choice. */
  start: string;
  /** Of one span. */
  choose: string;
  /** Said of a row that is chosen. */
  mark: string;
  label: string;
  /** How spans are chosen, while there is none. */
  none: string;
  count(count: number): string;
  shape: string;
  /** What people call the shapes, by their names. */
  shapes: ReadonlyMap<string, string>;
  export: string;
  exporting(done: number, count: number): string;
  exported(count: number): string;
  /** Spans that make no example. */
  leftOut(count: number): string;
  masked: string;
  failed: string;
  clear: string;
}

const spans = (count: number): string => `${englishCount(count)} ${count === 1 ? 'span' : 'spans'}`;

/** The others are in `en-first.ts`. */
export const ENGLISH_CHOSEN_SPANS: Omit<ChosenSpansWords, keyof FirstMessages['chosen']> = {
  label: 'Spans chosen as examples',
  none: 'No span is chosen. Ctrl or ⌘ with a click chooses one, Shift with a click all up to there, Shift with Space the one of the keys.',
  count: (count) => `${spans(count)} chosen.`,
  shape: 'Shape',
  shapes: new Map([
    ['openai-evals', 'OpenAI Evals'],
    ['openai-eval-items', 'OpenAI evals API'],
    ['langsmith', 'LangSmith'],
    ['phoenix', 'Phoenix'],
  ]),
  export: 'Export as JSONL',
  exporting: (done, count) => `Making examples: ${englishCount(done)} of ${spans(count)}…`,
  exported: (count) => `${englishCount(count)} ${count === 1 ? 'example' : 'examples'} exported.`,
  leftOut: (count) => `${spans(count)} without an input left out.`,
  masked: 'Secrets are masked.',
  failed: 'The examples could not be made.',
  clear: 'Choose none',
};
