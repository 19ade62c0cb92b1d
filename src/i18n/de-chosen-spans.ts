import { countedIn } from './counted.js';
import type { ChosenSpansWords } from './en-chosen-spans.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');
const spans = (count: number): string => counted(count, 'Span', 'Spans');

export const GERMAN_CHOSEN_SPANS: ChosenSpansWords = {
  start: 'Spans als Beispiele auswählen',
  choose: 'Als Beispiel auswählen',
  mark: 'ausgewählt',
  label: 'Als Beispiele ausgewählte Spans',
  none: 'Kein Span ist ausgewählt. Strg oder ⌘ und ein Klick wählen einen aus, Umschalt und ein Klick alle bis dorthin, Umschalt und Leertaste den aktiven.',
  count: (count) => `${spans(count)} ausgewählt.`,
  shape: 'Format',
  shapes: new Map([
    ['openai-evals', 'OpenAI Evals'],
    ['openai-eval-items', 'OpenAI Evals API'],
    ['langsmith', 'LangSmith'],
    ['phoenix', 'Phoenix'],
  ]),
  export: 'Als JSONL exportieren',
  exporting: (done, count) => `Beispiele werden erstellt: ${formatNumber(done, 'de')} von ${spans(count)} …`,
  exported: (count) => `${counted(count, 'Beispiel', 'Beispiele')} exportiert.`,
  leftOut: (count) => `${spans(count)} ohne Eingabe ausgelassen.`,
  masked: 'Geheimnisse sind unkenntlich gemacht.',
  failed: 'Die Beispiele konnten nicht erstellt werden.',
  clear: 'Auswahl aufheben',
};
