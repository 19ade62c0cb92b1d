import type { InternalsGradients, MaybeNumber, UnpackedArray } from '../../internals/index.js';
import { layersOf } from './layers.js';
import { applyRules, FLAGGED_STATES, GRADIENT_RULES, GRADIENT_STATES, stateCode, type GradientRules } from './rules.js';

/** What is known of one layer over all steps. Places are those of steps. */
export interface GradientRow {
  readonly name: string;
  /** Finite norms; absent where there is none. */
  readonly greatest?: number;
  readonly greatestAt?: number;
  readonly least?: number;
  readonly first?: number;
  readonly last?: number;
  /** How many steps are in each state, by its code. */
  readonly counts: readonly number[];
  /** The first and the last place in each state, by its code. */
  readonly firstAt: readonly number[];
  readonly lastAt: readonly number[];
}

export interface GradientTableOptions {
  readonly rules?: GradientRules | undefined;
  /** Whether the parameters of a layer are one row. */
  readonly isGrouped?: boolean | undefined;
  /** The unpacked values, where they were packed. */
  readonly unpacked?: UnpackedArray | undefined;
}

/** The norms of a training: a row for each layer, a column for each step, and how each stands. */
export interface GradientTable {
  readonly metric: InternalsGradients['metric'];
  readonly isEstimated: boolean;
  /** Whether the record itself says which norms are odd; else the rules do. */
  readonly isStated: boolean;
  readonly rules: GradientRules;
  readonly steps: readonly number[];
  readonly rows: readonly GradientRow[];
  /** Whether the one row is the norm over all layers, since those of layers were not captured. */
  readonly isGlobal: boolean;
  /** Row by row, as many as there are steps; NaN where nothing was captured. */
  readonly values: Float32Array | Float64Array;
  /** Codes of `GRADIENT_STATES`, in the same places. */
  readonly states: Uint8Array;
  /** The worst state of each step. */
  readonly worst: Uint8Array;
  /** The powers of ten that nearly all norms are between. */
  readonly decades: readonly [low: number, high: number];
  readonly loss: Float64Array | undefined;
  readonly learningRate: Float64Array | undefined;
  readonly global: Float64Array | undefined;
}

const MISSING = stateCode('missing');
const NORMAL = stateCode('normal');
const NAN = stateCode('nan');

/** The words for what is no number are those that `Number` knows. */
const numberOf = (value: MaybeNumber | undefined): number => (typeof value === 'number' ? value : Number(value ?? NaN));

const columnOf = (list: readonly MaybeNumber[] | undefined): Float64Array | undefined =>
  list?.some((value) => value !== null) ? Float64Array.from(list, numberOf) : undefined;

/** The norms of a training, with what is odd about them. Yields where the work may rest. */
export function* gradientTableInSteps(
  gradients: InternalsGradients,
  { rules = GRADIENT_RULES, isGrouped = false, unpacked }: GradientTableOptions = {},
): Generator<undefined, GradientTable> {
  const { metric, steps, flags } = gradients;
  const read = yield* normsOf(gradients, unpacked);
  const { names, values, states } = isGrouped ? yield* grouped(read, steps.length, metric) : read;
  const count = steps.length;
  const greatest = yield* greatestOfSteps(values, count);
  for (let row = 0; row < names.length && !flags; row++) {
    const start = row * count;
    applyRules({ values, states, start, end: start + count }, greatest, rules, metric === 'update_ratio');
    yield;
  }
  if (flags) putFlags(flags, { names, states, isGrouped }, steps);
  const rows: GradientRow[] = [];
  const worst = new Uint8Array(count);
  const decades = new Decades();
  for (const [row, name] of names.entries()) {
    rows.push(rowOf(name, values, states, row * count, count));
    for (let at = 0; at < count; at++) {
      const place = row * count + at;
      if (states[place]! > worst[at]!) worst[at] = states[place]!;
      decades.add(values[place]!);
    }
    yield;
  }
  return {
    metric,
    isEstimated: gradients.estimated === true,
    isStated: flags !== undefined,
    rules,
    steps,
    rows,
    isGlobal: read.isGlobal,
    values,
    states,
    worst,
    decades: decades.range,
    loss: columnOf(gradients.loss),
    learningRate: columnOf(gradients.lr),
    global: columnOf(gradients.global),
  };
}

interface Norms {
  readonly names: readonly string[];
  readonly values: Float32Array | Float64Array;
  readonly states: Uint8Array;
}

/** Norms row by row, of which it is only known yet whether they were captured, and are numbers. */
function* normsOf(
  { params, values: held, steps, global }: InternalsGradients,
  unpacked: UnpackedArray | undefined,
): Generator<undefined, Norms & { isGlobal: boolean }> {
  const isGlobal = params.length === 0 && global !== undefined;
  const names = isGlobal ? [''] : params;
  const count = steps.length;
  const width = params.length;
  const values = unpacked ? new Float32Array(names.length * count) : new Float64Array(names.length * count);
  const states = new Uint8Array(values.length);
  const matrix = unpacked?.matrix(0, NaN);
  // What is NaN there and 0 here was not captured.
  const filled = unpacked?.matrix(0, 0);
  for (let step = 0; step < count; step++) {
    const line = isGlobal ? [global[step]!] : Array.isArray(held) ? held[step] : undefined;
    for (let row = 0; row < names.length; row++) {
      const place = row * count + step;
      const from = step * width + row;
      const value = matrix ? matrix[from]! : numberOf(line?.[row]);
      const isMissing = filled ? !Number.isNaN(filled[from]) : (line?.[row] ?? null) === null;
      values[place] = value;
      states[place] = Number.isFinite(value) ? NORMAL : Number.isNaN(value) && isMissing ? MISSING : NAN;
    }
    if (step % 64 === 63) yield;
  }
  return { names, values, states, isGlobal };
}

/** The rows of each layer as one: what their norms are together, where the metric allows that, else the greatest. */
function* grouped({ names, values, states }: Norms, count: number, metric: string): Generator<undefined, Norms> {
  const layers = layersOf(names);
  const sums = new Float64Array(layers.size * count).fill(NaN);
  const together = new Uint8Array(sums.length);
  let layer = 0;
  for (const rows of layers.values()) {
    for (const row of rows) {
      for (let step = 0; step < count; step++) {
        const from = row * count + step;
        const to = layer * count + step;
        if (states[from] === MISSING) continue;
        const value = values[from]!;
        const before = together[to] === MISSING ? 0 : sums[to]!;
        sums[to] = metric === 'l2' ? Math.hypot(before, value) : Math.max(before, value);
        together[to] = Math.max(together[to]!, states[from]!);
      }
      yield;
    }
    layer++;
  }
  return { names: [...layers.keys()], values: sums, states: together };
}

function* greatestOfSteps(values: ArrayLike<number>, count: number): Generator<undefined, Float64Array> {
  const greatest = new Float64Array(count);
  for (let start = 0; start + count <= values.length && count > 0; start += count) {
    for (let at = 0; at < count; at++) {
      const value = values[start + at]!;
      if (value > greatest[at]! && value < Infinity) greatest[at] = value;
    }
    yield;
  }
  return greatest;
}

/** Takes what the record itself says. */
function putFlags(
  flags: NonNullable<InternalsGradients['flags']>,
  { names, states, isGrouped }: { names: readonly string[]; states: Uint8Array; isGrouped: boolean },
  steps: readonly number[],
): void {
  const rowAt = new Map(names.map((name, at) => [name, at]));
  const stepAt = new Map(steps.map((step, at) => [step, at]));
  const layerAt = new Map<string, string>();
  if (isGrouped) {
    for (const [layer, places] of layersOf(flags.map(({ param }) => param))) {
      for (const place of places) layerAt.set(flags[place]!.param, layer);
    }
  }
  for (const { param, step, kind } of flags) {
    const row = rowAt.get(layerAt.get(param) ?? param);
    const at = stepAt.get(step);
    if (row === undefined || at === undefined) continue;
    const place = row * steps.length + at;
    if (states[place] !== MISSING) states[place] = Math.max(states[place]!, stateCode(kind));
  }
}

function rowOf(name: string, values: ArrayLike<number>, states: Uint8Array, start: number, count: number): GradientRow {
  const counts = GRADIENT_STATES.map(() => 0);
  const firstAt = GRADIENT_STATES.map(() => -1);
  const lastAt = GRADIENT_STATES.map(() => -1);
  let greatestAt = -1;
  let greatest = -Infinity;
  let least = Infinity;
  let first: number | undefined;
  let last: number | undefined;
  for (let at = 0; at < count; at++) {
    const state = states[start + at]!;
    counts[state]!++;
    if (firstAt[state] === -1) firstAt[state] = at;
    lastAt[state] = at;
    const value = values[start + at]!;
    if (!Number.isFinite(value)) continue;
    first ??= value;
    last = value;
    if (value < least) least = value;
    if (value > greatest) {
      greatest = value;
      greatestAt = at;
    }
  }
  if (first === undefined || last === undefined) return { name, counts, firstAt, lastAt };
  return { name, greatest, greatestAt, least, first, last, counts, firstAt, lastAt };
}

/** Places of the rows: as they were given, or the greatest norm first and what is not a number before it. */
export function rowOrder({ rows }: GradientTable, order: 'layers' | 'greatest'): number[] {
  const places = rows.map((_, at) => at);
  if (order === 'layers') return places;
  const weight = ({ counts, greatest = -1 }: GradientRow): number => (counts[NAN] ? Infinity : greatest);
  return places.sort((one, other) => {
    const [first, second] = [weight(rows[one]!), weight(rows[other]!)];
    return first === second ? one - other : second > first ? 1 : -1;
  });
}

/** Of each state that a person is told of, the rows that are in it at some step. The worst state first. */
export const flaggedRows = ({ rows }: GradientTable): Map<(typeof FLAGGED_STATES)[number], GradientRow[]> =>
  new Map(
    FLAGGED_STATES.map((state) => [state, rows.filter(({ counts }) => counts[stateCode(state)]! > 0)] as const).filter(
      ([, found]) => found.length > 0,
    ),
  );

/** Counts norms by their powers of ten. */
class Decades {
  static readonly #least = -330;
  readonly #counts = new Uint32Array(660);
  #known = 0;

  add(value: number): void {
    if (!(value > 0 && value < Infinity)) return;
    this.#counts[Math.floor(Math.log10(value)) - Decades.#least]!++;
    this.#known++;
  }

  /** Of a hundred norms one may be outside of them at either end, so that a spike does not take the colours of all others. */
  get range(): readonly [low: number, high: number] {
    if (this.#known === 0) return [-1, 0];
    const counts = this.#counts;
    const rest = this.#known / 100;
    let low = 0;
    let high = counts.length - 1;
    for (let below = counts[low]!; below <= rest; below += counts[low]!) low++;
    for (let above = counts[high]!; above <= rest; above += counts[high]!) high--;
    return [low + Decades.#least, high + 1 + Decades.#least];
  }
}
