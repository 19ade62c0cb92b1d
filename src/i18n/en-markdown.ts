import { englishCount } from './english.js';

/**
 * Words of a trace that is written as Markdown. Kinds of span and roles stay as traces have them: they are what is searched for,
 * and what an agent knows.
 */
export interface MarkdownWords {
  /** Before the id of the trace. */
  trace: string;
  partOfTrace: string;
  spans(count: number): string;
  tokens(count: number): string;
  errors(count: number): string;
  running: string;
  /** Of a span that is deeper than is drawn. */
  level(depth: number): string;
  /** Of a span that failed. */
  failed: string;
  noName: string;
  /** Headings. */
  tree: string;
  contents: string;
  /** Over a text. */
  error: string;
  input: string;
  documents: string;
  output: string;
  /** Before a part of a message. */
  reasoning: string;
  call: string;
  result: string;
  failedResult: string;
  tooDeep: string;
  /** What is left out. */
  insideNotShown(count: number): string;
  spansNotShown(count: number): string;
  contentsLeftOut: string;
  contentsOfSpansLeftOut(count: number): string;
  charactersLeftOut(count: number): string;
}

const counted = (count: number, one: string, many: string): string =>
  `${englishCount(count)} ${count === 1 ? one : many}`;

export const ENGLISH_MARKDOWN: MarkdownWords = {
  trace: 'Trace',
  partOfTrace: 'Part of trace',
  spans: (count) => counted(count, 'span', 'spans'),
  tokens: (count) => counted(count, 'token', 'tokens'),
  errors: (count) => counted(count, 'error', 'errors'),
  running: 'running',
  level: (depth) => `level ${depth}`,
  failed: 'error',
  noName: '(no name)',
  tree: 'Spans',
  contents: 'Inputs and outputs',
  error: 'Error',
  input: 'Input',
  documents: 'Documents',
  output: 'Output',
  reasoning: 'reasoning',
  call: 'call',
  result: 'result',
  failedResult: 'result, error',
  tooDeep: '(too deep to be written)',
  insideNotShown: (count) => `${englishCount(count)} inside not shown`,
  spansNotShown: (count) => `${counted(count, 'more span', 'more spans')} not shown.`,
  contentsLeftOut: 'Inputs and outputs are left out.',
  contentsOfSpansLeftOut: (count) => `Inputs and outputs of ${counted(count, 'more span', 'more spans')} are left out.`,
  charactersLeftOut: (count) => `${englishCount(count)} ${count === 1 ? 'character' : 'characters'} left out`,
};
