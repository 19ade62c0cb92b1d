import { countedIn } from './counted.js';
import type { ViewWords } from './en-views.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');
const number = (value: number): string => formatNumber(value, 'de');

const NO_CALLS = 'Kein Span dieses Traces ist ein Aufruf eines Modells, Tools, Agenten oder dergleichen.';

export const GERMAN_VIEWS: ViewWords = {
  steps: 'Schritte',
  conversation: 'Gespräch',
  sequence: 'Sequenz',
  table: 'Tabelle',

  missingSpan: (id) => `Dieser Trace hat keinen Span mit der ID ${id}.`,
  missingTrace: (id) => `Hier gibt es keinen Trace mit der ID ${id}. Gezeigt wird ein anderer.`,

  stepsOf: (trace) => `Schritte von ${trace}`,
  step: 'Schritt',
  turn: (place) => `Runde ${number(place)}`,
  folded: (count) => counted(count, 'Framework-Span', 'Framework-Spans'),
  noSteps: NO_CALLS,
  documents: (count) => counted(count, 'Dokument', 'Dokumente'),

  conversationOf: (trace) => `Gespräch von ${trace}`,
  reading: (done, all) => `Gespräch wird gelesen … ${number(done)} von ${number(all)} Aufrufen`,
  noMessages: 'Kein Aufruf dieses Traces nennt seine Nachrichten.',
  saidAbove: (count) => `${counted(count, 'Nachricht', 'Nachrichten')} wie oben`,
  instructionsChanged: 'Die Anweisungen haben sich geändert.',
  saidIn: (span) => `${span} anzeigen`,
  partOf: (kind, name) => `${kind} ${name}`,
  failed: 'fehlgeschlagen',

  sequenceOf: (trace) => `Sequenz von ${trace}`,
  sequenceKeys:
    'Auf und Ab gehen von Aufruf zu Aufruf, Rechts und Links öffnen und schließen Wiederholtes, die Eingabetaste geht zu den Details.',
  sequenceEmpty: NO_CALLS,
  start: 'Start',
  calls: (from, to) => `${from} ruft ${to} auf`,
  returns: (from, to) => `${from} antwortet ${to}`,
  times: (count) => `${number(count)}-mal`,
  foldedExchanges: (count) => `${number(count)}-mal wiederholt`,
  atTheSameTime: 'gleichzeitig',
  others: (count) => counted(count, 'weiterer', 'weitere'),

  tableOf: (trace) => `Spans von ${trace}`,
  sorting: 'Wird sortiert …',
  columns: {
    name: 'Name',
    kind: 'Art',
    start: 'Beginn',
    duration: 'Dauer',
    own: 'Eigene Zeit',
    tokens: 'Tokens',
    cost: 'Kosten',
    status: 'Status',
    model: 'Modell',
    service: 'Dienst',
  },
  statuses: { ok: 'ok', error: 'Fehler', unset: '' },
};
