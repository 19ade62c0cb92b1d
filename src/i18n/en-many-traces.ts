import type { FirstMessages } from './en-first.js';
import { englishCount } from './english.js';

const count = (number: number, one: string, many: string): string =>
  `${englishCount(number)} ${number === 1 ? one : many}`;

/** Words for the figures of many traces. */
export interface ManyTracesWords {
  label: string;
  loading: string;
  /** How many of some files and addresses were read. */
  reading(done: number, count: number): string;
  /** Of one of them: its name, and why. */
  notRead(what: string): string;
  none: string;
  /** What is told of: how many came, how long they took… */
  traces: string;
  duration: string;
  timeToFirstToken: string;
  errorRate: string;
  failed: string;
  succeeded: string;
  tokens: string;
  cost: string;
  models: string;
  model: string;
  calls: string;
  errorTypes: string;
  scores: string;
  mean: string;
  /** The highest of several. */
  most: string;
  /** What a run takes of its machine. */
  resources: Readonly<Record<'cpu' | 'memory' | 'gpu' | 'gpuMemory', string>>;
  /** All models beyond those that are named. */
  others: string;
  perHour(count: string): string;
  /** The median, and percentiles beyond it. */
  median: string;
  percentile(share: number): string;
  /** Beside a cost of which some is not stated but estimated. */
  estimate: string;
  /** What is not in the figures. */
  untimed(count: number): string;
  undated(count: number): string;
  withoutTokens(count: number): string;
  withoutCost(count: number): string;
  more(count: number): string;
  time: string;
  asTable: string;
  tableOf(plot: string): string;
  /** Part of the time is shown. */
  range(from: string, to: string): string;
  wholeTime: string;
  /** Of the marked stretch of time. */
  marked(from: string, to: string): string;
  /** What keys and pointer do. */
  hint: string;
  unknown: string;
}

/** The others are in `en-first.ts`. */
export const ENGLISH_MANY_TRACES: Omit<ManyTracesWords, keyof FirstMessages['many']> = {
  label: 'Figures of many traces',
  reading: (done, all) => `Reading the traces… ${englishCount(done)} of ${count(all, 'source', 'sources')}`,
  notRead: (what) => `Not read: ${what}`,
  none: 'No traces yet.',
  traces: 'Traces',
  duration: 'Duration',
  timeToFirstToken: 'Time to first token',
  errorRate: 'Error rate',
  failed: 'failed',
  succeeded: 'without an error',
  tokens: 'Tokens',
  cost: 'Cost',
  models: 'Models',
  model: 'Model',
  calls: 'Calls',
  errorTypes: 'Errors by type',
  scores: 'Scores',
  mean: 'mean',
  most: 'most',
  resources: { cpu: 'Processor', memory: 'Memory', gpu: 'GPU', gpuMemory: 'Memory of the GPU' },
  others: 'others',
  perHour: (number) => `${number} an hour`,
  median: 'median',
  percentile: (share) => `p${share}`,
  estimate: 'some of it estimated',
  untimed: (number) => `${count(number, 'trace is', 'traces are')} running or without times, and in no duration`,
  undated: (number) => `${count(number, 'trace has', 'traces have')} no start, and no place in time`,
  withoutTokens: (number) => `${count(number, 'trace states', 'traces state')} no tokens`,
  withoutCost: (number) => `${count(number, 'trace states', 'traces state')} no cost`,
  more: (number) => `and ${englishCount(number)} more`,
  time: 'From',
  asTable: 'As a table',
  tableOf: (plot) => `${plot} over time`,
  range: (from, to) => `${from} to ${to}`,
  wholeTime: 'Show all of the time',
  marked: (from, to) => `${from} to ${to} is marked: Enter shows it`,
  hint:
    'Left and right arrow move in time, Enter chooses the traces of that time. With Shift the arrows mark a longer time, ' +
    'which Enter shows; Escape goes back.',
  unknown: 'not known',
};
