/** How a norm stands, the worse the later. */
export const GRADIENT_STATES = ['missing', 'normal', 'vanishing', 'dead', 'exploding', 'nan'] as const;

/** `missing`: not captured. `nan`: not a number, or without end. */
export type GradientState = (typeof GRADIENT_STATES)[number];

export const stateCode = (state: GradientState): number => GRADIENT_STATES.indexOf(state);

/** States that a person is told of, the worst first. */
export const FLAGGED_STATES = ['nan', 'exploding', 'dead', 'vanishing'] as const;

/** When a norm counts as odd. Starting values: they tell known cases apart, and no run is held against them. */
export interface GradientRules {
  /** A norm above it explodes. Not asked of ratios of updates. */
  readonly explodingNorm: number;
  /** A norm above so many times the median of the 20 steps before explodes; five of them at least are needed. */
  readonly explodingFactor: number;
  /** A norm below this share of the greatest one of the same step vanishes. */
  readonly vanishingRatio: number;
  /** A layer is dead while its norm is exactly 0, for so many captured steps in a row at least. */
  readonly deadSteps: number;
}

export const GRADIENT_RULES: GradientRules = {
  explodingNorm: 100,
  explodingFactor: 10,
  vanishingRatio: 1e-4,
  deadSteps: 3,
};

/** Steps that the median is of, and how many of them are needed. */
const WINDOW = 20;
const FEWEST = 5;

const MISSING = stateCode('missing');
const NORMAL = stateCode('normal');
const VANISHING = stateCode('vanishing');
const DEAD = stateCode('dead');
const EXPLODING = stateCode('exploding');

/** The norms of one layer: those of its steps stand one after the other. */
export interface LayerNorms {
  readonly values: ArrayLike<number>;
  /** Codes of the states. Those that are missing, or no number, are known before. */
  readonly states: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Says of each norm of a layer how it stands.
 *
 * @param greatest the greatest finite norm of each step over all layers
 */
export function applyRules(
  { values, states, start, end }: LayerNorms,
  greatest: ArrayLike<number>,
  rules: GradientRules,
  isRatio: boolean,
): void {
  const mostNorm = isRatio ? Infinity : rules.explodingNorm;
  /** Steps in a row at which the norm is 0, and where they began. */
  let zeros = 0;
  let since = start;
  for (let at = start; at < end; at++) {
    if (states[at] === MISSING) continue;
    const value = values[at]!;
    if (value !== 0) zeros = 0;
    else if (zeros++ === 0) since = at;
    if (states[at] !== NORMAL) continue;
    if (value < rules.vanishingRatio * greatest[at - start]!) states[at] = VANISHING;
    else if (value > mostNorm || isSudden(values, states, at, start, rules.explodingFactor)) states[at] = EXPLODING;
    if (zeros < rules.deadSteps) continue;
    for (let place = zeros === rules.deadSteps ? since : at; place <= at; place++) {
      if (states[place] !== MISSING) states[place] = DEAD;
    }
  }
}

/** Whether more than half of the norms just before are so many times smaller: then their median is. */
function isSudden(values: ArrayLike<number>, states: Uint8Array, at: number, start: number, factor: number): boolean {
  const limit = values[at]! / factor;
  let known = 0;
  let below = 0;
  for (let before = Math.max(start, at - WINDOW); before < at; before++) {
    const value = values[before]!;
    // A layer that was silent and speaks again does not explode.
    if (states[before] === MISSING || !(value > 0 && value < Infinity)) continue;
    known++;
    if (value < limit) below++;
  }
  return known >= FEWEST && 2 * below > known;
}
