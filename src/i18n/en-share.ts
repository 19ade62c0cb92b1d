import type { FirstMessages } from './en-first.js';
/** Words for handing a trace on, and for opening one from a file. */
export interface ShareWords {
  /** Of the button and of the menu. */
  share: string;
  masked: string;
  /** What is masked and what is not. */
  maskedHint: string;
  /** What an item holds, beside its name. */
  maskedCopy: string;
  asItIs: string;
  /** What was masked by hand stays so. */
  asItIsButByHand(count: number): string;
  original: string;
  otlp: string;
  htmlFile: string;
  markdown: string;
  timelineSvg: string;
  timelinePng: string;
  timelineCopy: string;
  print: string;
  /** How much an item is of. */
  allTraces(count: number): string;
  thisTrace: string;
  thisSpan: string;
  /** After it was done. */
  saved(name: string, masked: number | undefined): string;
  copied(masked: number | undefined): string;
  working: string;
  workingAt(share: string): string;
  /** Ends the work, and what is said then. */
  end: string;
  ended: string;
  failed(reason: string): string;
  cannotCopy: string;
  noOriginal: string;
  noProgram: string;
  maskText: string;
  revealText: string;
  /** Of a short value, or one of a tree. */
  maskValue: string;
  revealValue: string;
  /** Of a message or a document, by what it is called. */
  mask(words: string): string;
  reveal(words: string): string;
  document(number: number): string;
  /** Of the menu and of what is above a span meanwhile. */
  byHand: string;
  byHandAbout: string;
  byHandHint: string;
  chooseSpan: string;
  textToMask: string;
  maskNow: string;
  maskedNow: string;
  notInSpan: string;
  maskingDone: string;
  maskedByHand(count: number): string;
  /** Behind the first text of several. */
  andMoreTexts(count: number): string;
  showAgain: string;
  showAllAgain: string;
  openFile: string;
  dropHere: string;
  noFiles: string;
  printedPart(shown: number, total: number): string;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const withMasked = (masked: number | undefined): string =>
  masked === undefined ? 'as it is' : `${counted(masked, 'place', 'places')} masked`;

/** The others are in `en-first.ts`. */
export const ENGLISH_SHARE: Omit<ShareWords, keyof FirstMessages['share']> = {
  masked: 'Without secrets and personal data',
  maskedHint: 'Keys, e-mail addresses, card numbers and the like. Names of people are not found.',
  maskedCopy: 'masked',
  asItIs: 'as it is: all that was said and every secret',
  asItIsButByHand: (count) => `as it is, but for ${counted(count, 'text', 'texts')} masked by hand`,
  original: 'Trace file, as it was read',
  otlp: 'OpenTelemetry (OTLP JSON)',
  htmlFile: 'HTML file with this view',
  markdown: 'Copy as Markdown',
  timelineSvg: 'Timeline as SVG',
  timelinePng: 'Timeline as PNG',
  timelineCopy: 'Copy the timeline',
  print: 'Print',
  allTraces: (count) => counted(count, 'trace', 'traces'),
  thisTrace: 'this trace',
  thisSpan: 'the selected span and what is inside it',
  saved: (name, masked) => `Saved ${name}: ${withMasked(masked)}.`,
  copied: (masked) => `Copied: ${withMasked(masked)}.`,
  working: 'Working…',
  workingAt: (share) => `Working… ${share}`,
  end: 'Stop',
  ended: 'Stopped. Nothing was saved.',
  failed: (reason) => `That failed: ${reason}`,
  cannotCopy: 'This page may not write to the clipboard.',
  noOriginal: 'What was read is not there any more. OTLP has the same spans.',
  noProgram: 'This page has not said where the script of an HTML file comes from.',
  maskText: 'Mask this text',
  revealText: 'Show this text',
  maskValue: 'Mask this value',
  revealValue: 'Show this value',
  mask: (words) => `Mask ${words}`,
  reveal: (words) => `Show ${words}`,
  document: (number) => `document ${number}`,
  byHand: 'Mask by hand',
  byHandAbout: 'Choose in the span what nobody else is to see.',
  byHandHint:
    'Choose values, messages or documents, or mark some words. What is masked is masked wherever it stands, also in what is shared. Texts below 6 characters are masked as whole words.',
  chooseSpan: 'Select a span first.',
  textToMask: 'Text to mask',
  maskNow: 'Mask',
  maskedNow: 'Masked.',
  notInSpan: 'This span does not say that. Mark words of one text.',
  maskingDone: 'Done',
  maskedByHand: (count) => `${count} masked by hand`,
  andMoreTexts: (count) => `and ${counted(count, 'more text', 'more texts')}`,
  showAgain: 'Show again',
  showAllAgain: 'Show all again',
};
