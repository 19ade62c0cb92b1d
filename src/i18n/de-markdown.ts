import { countedIn } from './counted.js';
import type { MarkdownWords } from './en-markdown.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');

export const GERMAN_MARKDOWN: MarkdownWords = {
  trace: 'Trace',
  partOfTrace: 'Teil des Traces',
  spans: (count) => counted(count, 'Span', 'Spans'),
  tokens: (count) => counted(count, 'Token', 'Tokens'),
  errors: (count) => counted(count, 'Fehler', 'Fehler'),
  running: 'läuft',
  level: (depth) => `Ebene ${depth}`,
  failed: 'Fehler',
  noName: '(ohne Namen)',
  tree: 'Spans',
  contents: 'Eingaben und Ausgaben',
  error: 'Fehler',
  input: 'Eingabe',
  documents: 'Dokumente',
  output: 'Ausgabe',
  reasoning: 'Überlegung',
  call: 'Aufruf',
  result: 'Ergebnis',
  failedResult: 'Ergebnis, Fehler',
  tooDeep: '(zu tief, um es zu schreiben)',
  insideNotShown: (count) => `${formatNumber(count, 'de')} darin nicht gezeigt`,
  spansNotShown: (count) => `${counted(count, 'weiterer Span', 'weitere Spans')} nicht gezeigt.`,
  contentsLeftOut: 'Eingaben und Ausgaben sind weggelassen.',
  contentsOfSpansLeftOut: (count) =>
    `Eingaben und Ausgaben von ${counted(count, 'weiterem Span', 'weiteren Spans')} sind weggelassen.`,
  charactersLeftOut: (count) => `${counted(count, 'Zeichen', 'Zeichen')} weggelassen`,
};
