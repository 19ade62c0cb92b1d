import type { TokenList } from './token-list.js';

export type MeasureName = 'probability' | 'rank' | 'entropy';

/** One way to colour tokens. */
export interface Measure {
  readonly name: MeasureName;
  isIn(list: TokenList): boolean;
  valueOf(list: TokenList, cell: number): number | undefined;
  /** Where one step of the scale ends and the next one begins, the most certain first. */
  readonly limits: readonly number[];
  /** Whether a value is beyond a limit. */
  isBeyond(value: number, limit: number): boolean;
  /** The first step that counts as uncertain. */
  readonly uncertain: number;
}

/** The switch, in its order. */
export const MEASURES: readonly Measure[] = [
  {
    name: 'probability',
    isIn: (list) => list.hasProbabilities,
    valueOf: (list, cell) => list.probabilityOf(cell),
    limits: [0.95, 0.8, 0.5, 0.2, 0.05],
    isBeyond: (value, limit) => value < limit,
    uncertain: 3,
  },
  {
    name: 'rank',
    isIn: (list) => list.hasRanks,
    valueOf: (list, cell) => list.rankOf(cell),
    limits: [1, 2, 3, 10, 100],
    isBeyond: (value, limit) => value > limit,
    uncertain: 1,
  },
  {
    name: 'entropy',
    isIn: (list) => list.hasEntropy,
    valueOf: (list, cell) => list.entropyOf(cell),
    limits: [0.05, 0.3, 1, 1.5, 2.5],
    isBeyond: (value, limit) => value > limit,
    uncertain: 3,
  },
];

/** The step of the scale that a cell is on, 0 the most certain; `undefined` where nothing is known of it. */
export function stepOf(measure: Measure, list: TokenList, cell: number): number | undefined {
  const value = measure.valueOf(list, cell);
  if (value === undefined) return undefined;
  let step = 0;
  while (step < measure.limits.length && measure.isBeyond(value, measure.limits[step]!)) step++;
  return step;
}

export const isUncertain = (measure: Measure, list: TokenList, cell: number): boolean =>
  (stepOf(measure, list, cell) ?? -1) >= measure.uncertain;
