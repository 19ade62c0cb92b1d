import { englishCount } from './english.js';

const count = (number: number, one: string, many: string): string =>
  `${englishCount(number)} ${number === 1 ? one : many}`;

/** Words for the tokens of a call and how likely they were. */
export interface TokenWords {
  /** Of the tab, of the list and of the table. */
  title: string;
  colourBy: string;
  measures: Readonly<Record<'probability' | 'rank' | 'entropy', string>>;
  /** Of the scale of colours. */
  scale: string;
  previousUncertain: string;
  nextUncertain: string;
  noUncertain: string;
  table: string;
  prompt: string;
  output: string;
  /** What the keys do, for a screen reader. */
  keys: string;
  /** A number of percent. */
  percent(number: string): string;

  // Figures.
  outputTokens(count: number): string;
  promptTokens(count: number): string;
  /** Of how many tokens the probability is known. */
  knownFor(count: number): string;
  sum: string;
  mean: string;
  perplexity: string;
  uncertain(count: number): string;
  /** Whether temperature and the like count in what is shown. */
  dist: Readonly<Record<'raw' | 'processed' | 'unknown', string>>;
  distHint: Readonly<Record<'raw' | 'processed' | 'unknown', string>>;
  /** Where a provider states only the mean. */
  onlyMean: string;
  entropyEstimated: string;
  dropped(what: string): string;

  // One token.
  token(text: string, details: string): string;
  /** Of a stretch of tokens. */
  tokens(from: number, to: number): string;
  logprob: string;
  id: string;
  bytes: string;
  after: string;
  place: string;
  chosen: string;
  /** All tokens that are not listed, together. */
  others: string;
  notKnown: string;
  /** Of a rank that is only known to be worse. */
  rankBeyond(rank: number): string;
  /** Of an entropy that is only known in part. */
  atLeast(value: string): string;
  moreLikely(count: number): string;
  likely: string;

  // Fields.
  fields: string;
  field: string;
  value: string;
  weakest: string;

  // Nothing there.
  notCaptured: string;
  howTo: string;
  /** Tokens that a tokenizer of the page's made. */
  approximate(name: string): string;
  tokenizing: string;
  tokenizerFailed(reason: string): string;
  /** Sections of the record that are not right, and were left out. */
  problems: string;
  notLoaded: string;
}

export const ENGLISH_TOKENS: TokenWords = {
  title: 'Tokens',
  colourBy: 'Colour by',
  measures: { probability: 'Probability', rank: 'Rank', entropy: 'Entropy' },
  scale: 'From certain to uncertain',
  previousUncertain: 'Previous uncertain token',
  nextUncertain: 'Next uncertain token',
  noUncertain: 'No uncertain token',
  table: 'Table',
  prompt: 'Prompt',
  output: 'Output',
  keys: 'Arrows go from token to token, with Shift they choose a stretch; n and p go to the next and the previous uncertain token.',
  percent: (number) => `${number}%`,

  outputTokens: (number) => count(number, 'output token', 'output tokens'),
  promptTokens: (number) => count(number, 'prompt token', 'prompt tokens'),
  knownFor: (number) => `probability known of ${englishCount(number)}`,
  sum: 'Sum of logprobs',
  mean: 'Mean logprob',
  perplexity: 'Perplexity',
  uncertain: (number) => count(number, 'uncertain token', 'uncertain tokens'),
  dist: { raw: 'raw', processed: 'processed', unknown: 'raw or processed: not stated' },
  distHint: {
    raw: 'Probabilities of the model, before temperature, penalties and top-p',
    processed: 'Probabilities after temperature, penalties and top-p',
    unknown: 'The provider does not state whether temperature, penalties and top-p count in these probabilities',
  },
  onlyMean: 'The provider states only the mean of all tokens.',
  entropyEstimated: 'worked out from the most likely tokens: at least so much',
  dropped: (what) => `Not shown: ${what}`,

  token: (text, details) => `“${text}”, ${details}`,
  tokens: (from, to) => `Tokens ${englishCount(from)} to ${englishCount(to)}`,
  logprob: 'Logprob',
  id: 'Id',
  bytes: 'Bytes',
  after: 'After',
  place: 'Token',
  chosen: 'chosen',
  others: 'All others',
  notKnown: 'not known',
  rankBeyond: (rank) => `beyond ${englishCount(rank)}`,
  atLeast: (value) => `≥ ${value}`,
  moreLikely: (number) => `${englishCount(number)} more`,
  likely: 'Most likely',

  fields: 'Tool-call arguments and JSON fields',
  field: 'Field',
  value: 'Value',
  weakest: 'Least likely token',

  notCaptured: 'The probabilities of the tokens were not captured.',
  howTo: 'They are in a trace when the call asks for them:',
  approximate: (name) =>
    `Tokens by ${name}: an approximation, not what the model was given. No probabilities were captured.`,
  tokenizing: 'Taking the text apart…',
  tokenizerFailed: (reason) => `The tokenizer failed: ${reason}`,
  problems: 'Parts of the record that are not right, and were left out:',
  notLoaded: 'This view could not be loaded.',
};
