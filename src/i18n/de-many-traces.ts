import { countedIn } from './counted.js';
import type { ManyTracesWords } from './en-many-traces.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');

export const GERMAN_MANY_TRACES: ManyTracesWords = {
  label: 'Kennzahlen vieler Traces',
  loading: 'Traces werden gelesen …',
  reading: (done, all) =>
    `Traces werden gelesen … ${formatNumber(done, 'de')} von ${counted(all, 'Quelle', 'Quellen')}`,
  notRead: (what) => `Nicht gelesen: ${what}`,
  none: 'Noch keine Traces.',
  traces: 'Traces',
  duration: 'Dauer',
  timeToFirstToken: 'Zeit bis zum ersten Token',
  errorRate: 'Fehlerquote',
  failed: 'fehlgeschlagen',
  succeeded: 'ohne Fehler',
  tokens: 'Tokens',
  cost: 'Kosten',
  models: 'Modelle',
  model: 'Modell',
  calls: 'Aufrufe',
  errorTypes: 'Fehler nach Art',
  scores: 'Bewertungen',
  mean: 'Mittel',
  most: 'Maximum',
  resources: { cpu: 'Prozessor', memory: 'Arbeitsspeicher', gpu: 'GPU', gpuMemory: 'GPU-Speicher' },
  others: 'andere',
  perHour: (number) => `${number} pro Stunde`,
  median: 'Median',
  percentile: (share) => `p${share}`,
  estimate: 'teilweise geschätzt',
  untimed: (number) =>
    number === 1
      ? '1 Trace läuft noch oder nennt keine Zeiten und zählt bei keiner Dauer'
      : `${formatNumber(number, 'de')} Traces laufen noch oder nennen keine Zeiten und zählen bei keiner Dauer`,
  undated: (number) =>
    `${counted(number, 'Trace hat', 'Traces haben')} keinen Beginn und damit keinen Platz in der Zeit`,
  withoutTokens: (number) => `${counted(number, 'Trace nennt', 'Traces nennen')} keine Tokens`,
  withoutCost: (number) => `${counted(number, 'Trace nennt', 'Traces nennen')} keine Kosten`,
  more: (number) => `und ${formatNumber(number, 'de')} weitere`,
  time: 'Von',
  asTable: 'Als Tabelle',
  tableOf: (plot) => `${plot} im Zeitverlauf`,
  range: (from, to) => `${from} bis ${to}`,
  wholeTime: 'Gesamten Zeitraum anzeigen',
  marked: (from, to) => `${from} bis ${to} ist markiert: Eingabetaste zeigt den Bereich`,
  hint:
    'Die Pfeiltasten links und rechts gehen durch die Zeit, die Eingabetaste wählt die Traces dieser Zeit. Mit Umschalt ' +
    'markieren die Pfeiltasten einen längeren Bereich, den die Eingabetaste zeigt; Escape geht zurück.',
  unknown: 'nicht bekannt',
};
