import { englishCount } from './english.js';

type Flag = 'nan' | 'exploding' | 'dead' | 'vanishing';

/** Words for the gradients of a training. */
export interface GradientWords {
  /** Of the tab and of the map. */
  title: string;
  metrics: Readonly<Record<'l2' | 'rms' | 'max' | 'update_ratio', string>>;
  states: Readonly<Record<Flag | 'normal' | 'missing', string>>;
  /** The rule behind each state, with its thresholds as they are. */
  rules: Readonly<{
    nan: string;
    exploding(norm: string | undefined, factor: string): string;
    dead(steps: number): string;
    vanishing(ratio: string): string;
  }>;
  /** The record says itself what is odd. */
  stated: string;
  estimated: string;
  howRead: string;

  // The sentence.
  extent(steps: number, layers: number): string;
  extentGlobal(steps: number): string;
  norms(metric: string, least: string, greatest: string): string;
  /** Rows in a state, of all, by name where they are few. */
  flagged(state: string, rows: number, of: number, names: readonly string[]): string;
  healthy: string;
  course(what: string, first: string, last: string): string;

  // What is drawn.
  loss: string;
  learningRate: string;
  global: string;
  /** The scale of a line is logarithmic. */
  logarithmic: string;
  allLayers: string;
  step(step: string): string;
  steps(from: string, to: string): string;
  scale: string;
  sort: string;
  orders: Readonly<Record<'layers' | 'greatest', string>>;
  group: string;
  table: string;
  keys: string;
  zoomIn: string;
  zoomOut: string;
  zoomAll: string;

  // The table.
  layer: string;
  first: string;
  last: string;
  least: string;
  greatest: string;
  greatestAt(value: string, step: string): string;
  oddSteps: string;
  oddStep(state: string, count: number, from: string, to: string): string;

  // Nothing there.
  notCaptured: string;
  layersNotCaptured: string;
  howTo: string;
  notLoaded: string;
  unreadable: string;
}

export const ENGLISH_GRADIENTS: GradientWords = {
  title: 'Gradients',
  metrics: { l2: 'norm', rms: 'root mean square', max: 'greatest value', update_ratio: 'ratio of update to weight' },
  states: {
    nan: 'not a number',
    exploding: 'exploding',
    dead: 'dead',
    vanishing: 'vanishing',
    normal: 'normal',
    missing: 'not captured',
  },
  rules: {
    nan: 'NaN or infinite',
    exploding: (norm, factor) =>
      `${norm === undefined ? '' : `above ${norm}, or `}above ${factor} times the median of the 20 steps before`,
    dead: (steps) => `exactly 0 for ${englishCount(steps)} steps or more`,
    vanishing: (ratio) => `below ${ratio} times the greatest of the same step`,
  },
  stated: 'The record itself says what is odd.',
  estimated: 'Estimated from histograms.',
  howRead: 'These rules give hints. They prove nothing.',

  extent: (steps, layers) =>
    `${englishCount(steps)} ${steps === 1 ? 'step' : 'steps'}, ${englishCount(layers)} ${layers === 1 ? 'layer' : 'layers'}.`,
  extentGlobal: (steps) => `${englishCount(steps)} ${steps === 1 ? 'step' : 'steps'}.`,
  norms: (metric, least, greatest) => `Gradient ${metric} from ${least} to ${greatest}.`,
  flagged: (state, rows, of, names) =>
    `${state[0]!.toUpperCase()}${state.slice(1)}: ${rows === of ? (of === 1 ? 'yes' : `all ${englishCount(of)} layers`) : `${englishCount(rows)} of ${englishCount(of)} layers`}${names.length ? ` (${names.join(', ')})` : ''}.`,
  healthy: 'Healthy: nothing vanishes, explodes or is dead.',
  course: (what, first, last) => `${what}: ${first} to ${last}.`,

  loss: 'Loss',
  learningRate: 'Learning rate',
  global: 'Global norm',
  logarithmic: 'logarithmic',
  allLayers: 'All layers together',
  step: (step) => `step ${step}`,
  steps: (from, to) => `steps ${from} to ${to}`,
  scale: 'Colour',
  sort: 'Sort',
  orders: { layers: 'in order', greatest: 'greatest first' },
  group: 'By layer',
  table: 'Table',
  keys: 'Arrows move from cell to cell, N and P to the next and the previous odd one, plus and minus zoom, 0 shows all steps, Shift with left and right moves along the steps.',
  zoomIn: 'Fewer steps',
  zoomOut: 'More steps',
  zoomAll: 'All steps',

  layer: 'Layer',
  first: 'First',
  last: 'Last',
  least: 'Least',
  greatest: 'Greatest',
  greatestAt: (value, step) => `${value} (step ${step})`,
  oddSteps: 'Odd steps',
  oddStep: (state, count, from, to) =>
    `${state}: ${englishCount(count)} (${from === to ? `step ${from}` : `steps ${from} to ${to}`})`,

  notCaptured: 'The gradients of this span were not captured.',
  layersNotCaptured: 'Norms of single layers were not captured.',
  howTo:
    'Record them with recordGradients(), or open a trainer_state.json, a TensorBoard event file or a history of wandb.',
  notLoaded: 'This view could not be loaded.',
  unreadable: 'The gradients could not be read.',
};
