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
  failed(reason: string): string;
  cannotCopy: string;
  noOriginal: string;
  noProgram: string;
  maskText: string;
  revealText: string;
  openFile: string;
  dropHere: string;
  noFiles: string;
  printedPart(shown: number, total: number): string;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const withMasked = (masked: number | undefined): string =>
  masked === undefined ? 'as it is' : `${counted(masked, 'place', 'places')} masked`;

export const ENGLISH_SHARE: ShareWords = {
  share: 'Share',
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
  failed: (reason) => `That failed: ${reason}`,
  cannotCopy: 'This page may not write to the clipboard.',
  noOriginal: 'What was read is not there any more. OTLP has the same spans.',
  noProgram: 'This page has not said where the script of an HTML file comes from.',
  maskText: 'Mask this text',
  revealText: 'Show this text',
  openFile: 'Open a trace file',
  dropHere: 'Drop trace files here. They are read in this page; nothing is sent.',
  noFiles: 'What was dropped is no file.',
  printedPart: (shown, total) => `The first ${shown} of ${total} spans.`,
};
