import { englishCount } from './english.js';

const count = (number: number, one: string, many: string): string =>
  `${englishCount(number)} ${number === 1 ? one : many}`;

/** Words for two traces, or two calls, beside each other. */
export interface DiffWords {
  /** Of the tree. */
  label(before: string, after: string): string;
  /** Of the comparison of two spans. */
  pairLabel: string;
  before: string;
  after: string;
  /** What became of a span, a message, a tool or a parameter. */
  changes: Readonly<Record<'added' | 'missing' | 'moved' | 'renamed' | 'changed' | 'equal', string>>;
  /** Of messages of two calls: what is in the later one only, and what in the earlier one only. */
  entered: string;
  fellOut: string;
  /** In what two spans differ. */
  differences: Readonly<
    Record<
      | 'name'
      | 'kind'
      | 'place'
      | 'status'
      | 'model'
      | 'time'
      | 'tokens'
      | 'cost'
      | 'parameters'
      | 'tools'
      | 'input'
      | 'output',
      string
    >
  >;
  columnChange: string;
  columnTime: string;
  columnTokens: string;
  columnCost: string;
  /** Of a span that is called otherwise now. */
  was(name: string): string;
  /** Changes among the spans that a closed one hides. */
  changesInside(count: number): string;
  changeCount(count: number): string;
  onlyChanges: string;
  previousChange: string;
  nextChange: string;
  comparing: string;
  /** While what spans hold is compared. */
  reading(share: string): string;
  nothingDiffers: string;
  /** Of an element that lacks one of the two. */
  twoNeeded: string;
  hint: string;
  /** Above figures. */
  figures: string;
  difference: string;
  provider: string;
  prompt: string;
  documents: string;
  /** What a reranker was given. */
  documentsGiven: string;
  /** What is the same is not listed. */
  sameCount(count: number): string;
  moreChanges(count: number): string;
  /** In place of a long stretch that is the same, or of the rest of a long one. */
  charactersFolded(characters: string): string;
  /** Before words, for a screen reader. */
  textAdded: string;
  textMissing: string;
  /** What was not compared word by word. */
  byLines: string;
  asWhole: string;
  onlyBeginning(characters: string): string;
  notLoaded: string;
  close: string;
  /** Of long texts. */
  sideBySide: string;
  /** Of a call, beside another one of the same trace. */
  tabCompare: string;
  compareWith: string;
  notComparable: string;
}

export const ENGLISH_DIFF: DiffWords = {
  label: (before, after) => `Spans of ${before} and of ${after}, compared`,
  pairLabel: 'Before and after',
  before: 'Before',
  after: 'After',
  changes: {
    added: 'added',
    missing: 'missing',
    moved: 'moved',
    renamed: 'renamed',
    changed: 'changed',
    equal: 'the same',
  },
  entered: 'entered',
  fellOut: 'fell out',
  differences: {
    name: 'name',
    kind: 'kind',
    place: 'place',
    status: 'status',
    model: 'model',
    time: 'time',
    tokens: 'tokens',
    cost: 'cost',
    parameters: 'parameters',
    tools: 'tools',
    input: 'input',
    output: 'output',
  },
  columnChange: 'Change',
  columnTime: 'Δ time',
  columnTokens: 'Δ tokens',
  columnCost: 'Δ cost',
  was: (name) => `was ${name}`,
  changesInside: (number) => `${count(number, 'change', 'changes')} inside`,
  changeCount: (number) => count(number, 'change', 'changes'),
  onlyChanges: 'Only changes',
  previousChange: 'Previous change (Alt+↑)',
  nextChange: 'Next change (Alt+↓)',
  comparing: 'Comparing…',
  reading: (share) => `Comparing texts and parameters: ${share}`,
  nothingDiffers: 'Nothing differs.',
  twoNeeded: 'Two traces, or two spans, are needed to compare them.',
  hint: 'Select a span to compare what it was given and what it gave.',
  figures: 'Figures',
  difference: 'Δ',
  provider: 'provider',
  prompt: 'Prompt template',
  documents: 'Documents',
  documentsGiven: 'Documents given',
  sameCount: (number) => `${englishCount(number)} the same`,
  moreChanges: (number) => `Show ${count(number, 'more', 'more')}`,
  charactersFolded: (characters) => `… ${characters} characters …`,
  textAdded: 'added:',
  textMissing: 'removed:',
  byLines: 'Much differs: compared line by line.',
  asWhole: 'Too different to be compared word by word.',
  onlyBeginning: (characters) => `Only the first ${characters} characters are compared.`,
  notLoaded: 'What compares words could not be loaded. The texts are shown as they are.',
  close: 'Close',
  sideBySide: 'Side by side',
  tabCompare: 'Compare',
  compareWith: 'Compare with',
  notComparable: 'What compares could not be loaded.',
};
