import { englishCount } from './english.js';

/** Words for where the heads of a model looked. */
export interface AttentionWords {
  /** Of the tab and of the drawing. */
  title: string;
  types: Readonly<Record<'self' | 'cross' | 'encoder', string>>;
  captured: Readonly<Record<'live' | 'replay' | 'import', string>>;
  /** Of the choice between several records. */
  record: string;
  layer: string;
  head: string;
  /** All heads of a layer as one. */
  pools: Readonly<Record<'mean' | 'max', string>>;
  /** Of the grid of layers and heads. */
  heads: string;
  /** What the grid is coloured by. */
  headsBy: string;
  figures: Readonly<Record<'sink' | 'prev' | 'entropy', string>>;
  hideSink: string;
  sinkHidden: string;
  logScale: string;
  zoomIn: string;
  zoomOut: string;
  /** The token that looks, and those that it looks at. */
  from: string;
  to: string;
  value: string;
  strongest: string;
  /** Of the keys that are not listed, together. */
  others: string;
  /** A token with its place, from 1. */
  tokenAt(text: string, place: number): string;
  pair(from: string, to: string, value: string): string;
  locked: string;
  unlock: string;
  /** What is drawn, in a sentence. */
  sentence(head: string, rows: number, columns: number): string;
  headName(layer: number, head: string): string;
  looksMost(from: string, to: readonly string[]): string;
  notExplanation: string;
  keys: string;
  gridKeys: string;
  notKept: string;
  ahead: string;

  // Nothing there.
  notCaptured: string;
  howTo: string;
  headNotCaptured: string;
  onlySummary: string;
  loading: string;
  failed(reason: string): string;
  notLoaded: string;
}

/** Words for what each part of the prompt did to the output. */
export interface ContributionWords {
  /** Of the tab. */
  title: string;
  method: string;
  allMethods: string;
  units: Readonly<Record<'token' | 'word' | 'message', string>>;
  unit: string;
  /** The output that is asked about, and what it rests on. */
  chooseOutput: string;
  inputs: string;
  outputKeys: string;
  /** One of the inputs. */
  input: string;
  score: string;
  share: string;
  strongest: string;
  for: string;
  against: string;
  baseline(name: string): string;
  sentence(output: string, method: string, parts: readonly string[]): string;
  wholeOutput: string;
  notCause: string;
  signed: string;
  unsigned: string;
  notKnown: string;

  notCaptured: string;
  howTo: string;
  odd: string;
  notLoaded: string;
}

export const ENGLISH_ATTENTION: AttentionWords = {
  title: 'Attention',
  types: { self: 'Self-attention', cross: 'Cross-attention', encoder: 'Encoder' },
  captured: { live: 'captured live', replay: 'captured by replay', import: 'read from a file' },
  record: 'Attention of',
  layer: 'Layer',
  head: 'Head',
  pools: { mean: 'Mean of all', max: 'Greatest of all' },
  heads: 'Layers and heads',
  headsBy: 'Heads by',
  figures: { sink: 'To the first token', prev: 'To the token before', entropy: 'Entropy' },
  hideSink: 'Hide first token',
  sinkHidden: 'The first token is hidden; what is left of each row is scaled up to the same sum.',
  logScale: 'Log scale',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  from: 'From',
  to: 'To',
  value: 'Attention',
  strongest: 'Looks most at',
  others: 'All others',
  tokenAt: (text, place) => `${text} (${englishCount(place)})`,
  pair: (from, to, value) => `“${from}” to “${to}”: ${value}`,
  locked: 'Held: Escape lets go',
  unlock: 'Let go',
  sentence: (head, rows, columns) =>
    `${head}: ${englishCount(rows)} ${rows === 1 ? 'token looks' : 'tokens look'} at ${englishCount(columns)}.`,
  headName: (layer, head) => `Layer ${layer}, head ${head}`,
  looksMost: (from, to) => `“${from}” looks most at ${to.join(', ')}.`,
  notExplanation: 'Attention shows where a head looks, not why the model answered so.',
  keys: 'Arrows go from pair to pair; Page Up and Page Down by ten rows; l and h to the next layer and head, with Shift back; s hides the first token; plus and minus zoom; Enter holds a pair.',
  gridKeys: 'Arrows go from head to head.',
  notKept: 'Only the greatest values were kept: what is hatched is small, not zero.',
  ahead: 'Hatched: comes later, or was not kept.',

  notCaptured: 'Attention was not captured.',
  howTo:
    'A model that runs in the page can be asked again with its attention; files of BertViz, CircuitsVis, LIT and Neuronpedia are read.',
  headNotCaptured: 'The matrix of this head was not captured.',
  onlySummary: 'Only figures of the heads were captured, no matrix.',
  loading: 'Unpacking…',
  failed: (reason) => `The attention could not be read: ${reason}`,
  notLoaded: 'This view could not be loaded.',
};

export const ENGLISH_CONTRIBUTIONS: ContributionWords = {
  title: 'Contributions',
  method: 'Method',
  allMethods: 'All methods',
  units: { token: 'Tokens', word: 'Words', message: 'Messages' },
  unit: 'By',
  chooseOutput: 'Output: choose what is asked about',
  inputs: 'What it rests on',
  outputKeys: 'Arrows go from token to token, with Shift they choose a stretch; Escape asks about the whole output.',
  input: 'Input',
  score: 'Score',
  share: 'Share',
  strongest: 'Strongest',
  for: 'for it',
  against: 'against it',
  baseline: (name) => `baseline: ${name}`,
  sentence: (output, method, parts) => `By ${method}, ${output} rests most on ${parts.join(', ')}.`,
  wholeOutput: 'the whole output',
  notCause: 'Methods disagree, and none of them proves a cause.',
  signed: 'signed: below zero speaks against it',
  unsigned: 'not signed: how much, not which way',
  notKnown: 'not known',

  notCaptured: 'What each part of the prompt did to the output was not captured.',
  howTo:
    'A model that runs in the page can be asked again with parts left out; files of Inseq, LIT and Captum are read.',
  odd: 'These scores are of other words than the tokens that are here, and have no place.',
  notLoaded: 'This view could not be loaded.',
};
