import type { GradientWords } from './en-gradients.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_GRADIENTS: GradientWords = {
  title: 'Gradienten',
  metrics: {
    l2: 'Norm',
    rms: 'quadratisches Mittel',
    max: 'größter Wert',
    update_ratio: 'Verhältnis von Änderung zu Gewicht',
  },
  states: {
    nan: 'keine Zahl',
    exploding: 'explodierend',
    dead: 'tot',
    vanishing: 'verschwindend',
    normal: 'normal',
    missing: 'nicht erfasst',
  },
  rules: {
    nan: 'NaN oder unendlich',
    exploding: (norm, factor) =>
      `${norm === undefined ? '' : `über ${norm} oder `}über dem ${factor}-Fachen des Medians der 20 Schritte davor`,
    dead: (steps) => `mindestens ${number(steps)} Schritte lang genau 0`,
    vanishing: (ratio) => `unter dem ${ratio}-Fachen des größten Werts desselben Schritts`,
  },
  stated: 'Was auffällig ist, steht in der Aufzeichnung selbst.',
  estimated: 'Aus Histogrammen geschätzt.',
  howRead: 'Diese Regeln geben Hinweise. Sie beweisen nichts.',

  extent: (steps, layers) =>
    `${number(steps)} ${steps === 1 ? 'Schritt' : 'Schritte'}, ${number(layers)} ${layers === 1 ? 'Schicht' : 'Schichten'}.`,
  extentGlobal: (steps) => `${number(steps)} ${steps === 1 ? 'Schritt' : 'Schritte'}.`,
  norms: (metric, least, greatest) => `Gradienten (${metric}) von ${least} bis ${greatest}.`,
  flagged: (state, rows, of, names) =>
    `${state[0]!.toUpperCase()}${state.slice(1)}: ${rows === of ? (of === 1 ? 'ja' : `alle ${number(of)} Schichten`) : `${number(rows)} von ${number(of)} Schichten`}${names.length ? ` (${names.join(', ')})` : ''}.`,
  healthy: 'Gesund: nichts verschwindet, explodiert oder ist tot.',
  course: (what, first, last) => `${what}: ${first} bis ${last}.`,

  loss: 'Verlust',
  learningRate: 'Lernrate',
  global: 'Gesamtnorm',
  logarithmic: 'logarithmisch',
  allLayers: 'Alle Schichten zusammen',
  step: (step) => `Schritt ${step}`,
  steps: (from, to) => `Schritte ${from} bis ${to}`,
  scale: 'Farbe',
  sort: 'Sortieren',
  orders: { layers: 'der Reihe nach', greatest: 'größte zuerst' },
  group: 'Nach Schicht',
  table: 'Tabelle',
  keys: 'Pfeile gehen von Zelle zu Zelle, N und P zur nächsten und vorigen auffälligen, Plus und Minus zoomen, 0 zeigt alle Schritte, Umschalt mit links und rechts geht die Schritte entlang.',
  zoomIn: 'Weniger Schritte',
  zoomOut: 'Mehr Schritte',
  zoomAll: 'Alle Schritte',

  layer: 'Schicht',
  first: 'Erster',
  last: 'Letzter',
  least: 'Kleinster',
  greatest: 'Größter',
  greatestAt: (value, step) => `${value} (Schritt ${step})`,
  oddSteps: 'Auffällige Schritte',
  oddStep: (state, count, from, to) =>
    `${state}: ${number(count)} (${from === to ? `Schritt ${from}` : `Schritte ${from} bis ${to}`})`,

  notCaptured: 'Die Gradienten dieses Spans wurden nicht erfasst.',
  layersNotCaptured: 'Normen einzelner Schichten wurden nicht erfasst.',
  howTo:
    'Sie werden mit recordGradients() aufgezeichnet oder aus einer trainer_state.json, einer Ereignisdatei von TensorBoard oder einem Verlauf von wandb gelesen.',
  notLoaded: 'Diese Ansicht konnte nicht geladen werden.',
  unreadable: 'Die Gradienten konnten nicht gelesen werden.',
};
