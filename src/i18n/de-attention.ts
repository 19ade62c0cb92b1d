import type { AttentionWords, ContributionWords } from './en-attention.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_ATTENTION: AttentionWords = {
  title: 'Attention',
  types: { self: 'Self-Attention', cross: 'Cross-Attention', encoder: 'Encoder' },
  captured: { live: 'live aufgezeichnet', replay: 'beim Wiederholen aufgezeichnet', import: 'aus einer Datei' },
  record: 'Attention von',
  layer: 'Schicht',
  head: 'Head',
  pools: { mean: 'Mittel aller', max: 'Größte aller' },
  heads: 'Schichten und Heads',
  headsBy: 'Heads nach',
  figures: { sink: 'Auf das erste Token', prev: 'Auf das Token davor', entropy: 'Entropie' },
  hideSink: 'Erstes Token ausblenden',
  sinkHidden: 'Das erste Token ist ausgeblendet; der Rest jeder Zeile ist auf die gleiche Summe vergrößert.',
  logScale: 'Logarithmisch',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  from: 'Von',
  to: 'Auf',
  value: 'Attention',
  strongest: 'Blickt vor allem auf',
  others: 'Alle anderen',
  tokenAt: (text, place) => `${text} (${number(place)})`,
  pair: (from, to, value) => `„${from}“ auf „${to}“: ${value}`,
  locked: 'Festgehalten: Escape lässt los',
  unlock: 'Loslassen',
  sentence: (head, rows, columns) =>
    `${head}: ${number(rows)} ${rows === 1 ? 'Token blickt' : 'Tokens blicken'} auf ${number(columns)}.`,
  headName: (layer, head) => `Schicht ${layer}, Head ${head}`,
  looksMost: (from, to) => `„${from}“ blickt vor allem auf ${to.join(', ')}.`,
  notExplanation: 'Attention zeigt, wohin ein Head blickt, nicht, warum das Modell so geantwortet hat.',
  keys: 'Pfeiltasten gehen von Paar zu Paar; Bild auf und Bild ab um zehn Zeilen; l und h zur nächsten Schicht und zum nächsten Head, mit der Umschalttaste zurück; s blendet das erste Token aus; Plus und Minus zoomen; die Eingabetaste hält ein Paar fest.',
  gridKeys: 'Pfeiltasten gehen von Head zu Head.',
  notKept: 'Nur die größten Werte wurden behalten: Was schraffiert ist, ist klein, nicht null.',
  ahead: 'Schraffiert: kommt später oder wurde nicht behalten.',

  notCaptured: 'Die Attention wurde nicht aufgezeichnet.',
  howTo:
    'Ein Modell, das in der Seite läuft, kann noch einmal mit seiner Attention gefragt werden; Dateien von BertViz, CircuitsVis, LIT und Neuronpedia werden gelesen.',
  headNotCaptured: 'Die Matrix dieses Heads wurde nicht aufgezeichnet.',
  onlySummary: 'Nur Kennzahlen der Heads wurden aufgezeichnet, keine Matrix.',
  loading: 'Wird entpackt…',
  failed: (reason) => `Die Attention konnte nicht gelesen werden: ${reason}`,
  notLoaded: 'Diese Ansicht konnte nicht geladen werden.',
};

export const GERMAN_CONTRIBUTIONS: ContributionWords = {
  title: 'Beiträge',
  method: 'Verfahren',
  allMethods: 'Alle Verfahren',
  units: { token: 'Tokens', word: 'Wörter', message: 'Nachrichten' },
  unit: 'Nach',
  chooseOutput: 'Ausgabe: wählen, wonach gefragt wird',
  inputs: 'Worauf sie beruht',
  outputKeys:
    'Pfeiltasten gehen von Token zu Token, mit der Umschalttaste wählen sie einen Abschnitt; Escape fragt nach der ganzen Ausgabe.',
  input: 'Eingabe',
  score: 'Wert',
  share: 'Anteil',
  strongest: 'Am stärksten',
  for: 'dafür',
  against: 'dagegen',
  baseline: (name) => `Vergleich: ${name}`,
  sentence: (output, method, parts) => `Nach ${method} beruht ${output} vor allem auf ${parts.join(', ')}.`,
  wholeOutput: 'die ganze Ausgabe',
  notCause: 'Verfahren widersprechen einander, und keines beweist eine Ursache.',
  signed: 'mit Vorzeichen: unter null spricht dagegen',
  unsigned: 'ohne Vorzeichen: wie viel, nicht in welche Richtung',
  notKnown: 'nicht bekannt',

  notCaptured: 'Was jeder Teil des Prompts zur Ausgabe beitrug, wurde nicht aufgezeichnet.',
  howTo:
    'Ein Modell, das in der Seite läuft, kann noch einmal mit ausgelassenen Teilen gefragt werden; Dateien von Inseq, LIT und Captum werden gelesen.',
  odd: 'Diese Werte gehören zu anderen Wörtern als den Tokens, die hier sind, und haben keinen Platz.',
  notLoaded: 'Diese Ansicht konnte nicht geladen werden.',
};
