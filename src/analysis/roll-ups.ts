import { COUNTINGS, sumOfRoots, sumPart, sumSubtrees, type Counting, type SubtreeSums } from '../model/counted-once.js';
import { USAGE_FIELDS } from '../model/usage.js';
import type { Span, Trace, Usage } from '../model/index.js';
import { CALLS_MODEL } from '../model/kinds.js';
import { atOnce, stepsOf } from '../model/steps.js';
import { estimateCost, type PriceSource } from './call-cost.js';
import { selfTimes } from './self-time.js';

/** Figures of a span, or of all that it holds. What is not known is absent, never 0. */
export interface SpanFigures {
  usage: Usage | undefined;
  /** US dollars. */
  cost: number | undefined;
  /** How much of the cost was worked out from tokens and prices; 0 where the trace states all of it. */
  estimatedCost: number;
  /** Calls of models, each counted once. */
  calls: number;
  /** Calls that state no tokens: `usage` lacks theirs. */
  callsWithoutUsage: number;
  /** Calls that state tokens but no cost, and have no known price: `cost` lacks theirs. */
  callsWithoutCost: number;
  /** Spans that failed. */
  errors: number;
  /**
   * Milliseconds. Own: in which nothing inside the span ran. Total: from the first start to the last end. `undefined`
   * where a time is missing or the span is running.
   */
  time: number | undefined;
}

/** A span's own figures, and those of its subtree, kept apart. */
export interface SpanRollUp {
  readonly own: SpanFigures;
  readonly total: SpanFigures;
  /** How the span's own tokens and cost count in the totals. */
  readonly tokensCounted: Counting;
  readonly costCounted: Counting;
}

const UNSTATED = COUNTINGS.indexOf('unstated');
const OWN = COUNTINGS.indexOf('own');
const COVERS = COUNTINGS.indexOf('covers');
const BESIDE = COUNTINGS.indexOf('beside');

/**
 * Own and total figures of every span of a trace, each call counted once by the rule of `Trace.usage`. Columns are by
 * position in the tree.
 */
export class RollUps {
  readonly trace: Trace;
  /** US dollars of each subtree; `NaN` where nothing is known. Includes estimates where there are prices. */
  readonly cost: Float32Array | Float64Array;
  /** The part of it that is an estimate. Empty without prices: then nothing is one. */
  readonly estimatedCost: Float64Array;
  readonly calls: Uint32Array;
  /** 1 for a span that is counted as a call itself, 0 also for one that only wraps a call. */
  readonly isCall: Uint8Array;
  /** Empty where every call states its tokens. */
  readonly callsWithoutUsage: Uint32Array;
  readonly callsWithoutCost: Uint32Array;
  readonly errors: Uint32Array;
  /** How each span's own tokens and cost count, as places in `COUNTINGS`. */
  readonly tokensCounting: Uint8Array;
  readonly costCounting: Uint8Array;
  readonly #beside: ReadonlySet<number>;
  readonly #parts = new Map<keyof Usage, Float64Array>();
  #selfTimes: Float64Array | undefined;
  #times: Float64Array | undefined;

  private constructor(trace: Trace, priced: SubtreeSums | undefined, areAllUsagesKnown: boolean) {
    const { rollUp } = trace;
    const { length } = trace.spans;
    this.trace = trace;
    this.#beside = rollUp.beside;
    this.tokensCounting = rollUp.tokensCounting;
    this.#parts.set('total', rollUp.tokens);
    this.cost = priced?.sums ?? rollUp.cost;
    this.costCounting = priced?.counting ?? rollUp.costCounting;
    this.estimatedCost = new Float64Array(priced ? length : 0);
    this.calls = new Uint32Array(length);
    this.isCall = new Uint8Array(length);
    this.callsWithoutUsage = new Uint32Array(areAllUsagesKnown ? 0 : length);
    this.callsWithoutCost = new Uint32Array(length);
    this.errors = new Uint32Array(length);
  }

  /** As `rollUpSpans`. */
  static *inSteps(trace: Trace, prices: PriceSource | undefined): Generator<undefined, RollUps> {
    const { rollUp, table, tree, rowsByPosition: rows } = trace;
    const count = rows.length;
    const isModelKind = new Uint8Array(count);
    let areAllUsagesKnown = true;
    const { kinds } = table;
    const takeKinds = (from: number, to: number): void => {
      for (let position = from; position < to; position++) {
        if (!CALLS_MODEL.has(kinds[rows[position]!]!)) continue;
        isModelKind[position] = 1;
        areAllUsagesKnown &&= !Number.isNaN(rollUp.tokens[position]!);
      }
    };
    for (const [from, to] of stepsOf(count)) {
      yield;
      takeKinds(from, to);
    }
    const estimates = new Float64Array(prices ? count : 0);
    let priced: SubtreeSums | undefined;
    if (prices) {
      const known = yield* estimatesOf(trace, prices);
      const estimated = (position: number, below: number): number | undefined => {
        // Where the tokens are those of the calls inside, so is the cost, if that is known.
        if (!Number.isNaN(below) && rollUp.tokensCounting[position] === COVERS) return undefined;
        const estimate = known[position]!;
        if (Number.isNaN(estimate)) return undefined;
        estimates[position] = estimate;
        return estimate;
      };
      const stated = (position: number): number | undefined => table.costAt(rows[position]!);
      const callsModel = (position: number): boolean => isModelKind[position] === 1;
      priced = sumSubtrees(tree, { stated, callsModel, estimated }, rollUp.beside);
    }
    const rollUps = new RollUps(trace, priced, areAllUsagesKnown);
    for (const [from, to] of stepsOf(count)) {
      yield;
      // What is inside comes before what holds it.
      rollUps.#count(count - to, count - from, isModelKind, estimates);
    }
    return rollUps;
  }

  #count(from: number, to: number, isModelKind: Uint8Array, estimates: Float64Array): void {
    const { table, tree, rollUp, rowsByPosition: rows } = this.trace;
    const { calls, isCall, callsWithoutUsage, callsWithoutCost, errors, estimatedCost } = this;
    const { cost, tokensCounting, costCounting } = this;
    const hasEstimates = estimatedCost.length > 0;
    const isUsageMissing = callsWithoutUsage.length > 0;
    const { statuses } = table;
    const { tokens } = rollUp;
    for (let position = to - 1; position >= from; position--) {
      const counted = tokensCounting[position]!;
      const costCounted = costCounting[position]!;
      // What holds calls is one itself only where its tokens are news.
      if (isModelKind[position] && counted !== BESIDE && (calls[position] === 0 || counted === OWN)) {
        isCall[position] = 1;
        calls[position]!++;
        if (Number.isNaN(tokens[position]!)) callsWithoutUsage[position] = 1;
      }
      if (counted === COVERS && isUsageMissing) callsWithoutUsage[position] = 0;
      if (costCounted === COVERS || (costCounted === OWN && counted !== OWN)) callsWithoutCost[position] = 0;
      else if (costCounted === UNSTATED && counted === OWN) callsWithoutCost[position]!++;
      else if (costCounted === UNSTATED && counted === COVERS && Number.isNaN(cost[position]!)) {
        callsWithoutCost[position] = Math.max(1, callsWithoutCost[position]!);
      }
      if (statuses[rows[position]!] === 'error') errors[position]!++;
      if (hasEstimates) {
        if (costCounted === COVERS) estimatedCost[position] = 0;
        if (costCounted === OWN) estimatedCost[position]! += estimates[position]!;
      }
      const above = tree.parent[position]!;
      if (above < 0) continue;
      errors[above]! += errors[position]!;
      calls[above]! += calls[position]!;
      if (isUsageMissing) callsWithoutUsage[above]! += callsWithoutUsage[position]!;
      callsWithoutCost[above]! += callsWithoutCost[position]!;
      if (hasEstimates) estimatedCost[above]! += estimatedCost[position]!;
    }
  }

  /** Tokens of each subtree, of one part; `NaN` where nothing states any. */
  tokens(part: keyof Usage = 'total'): Float64Array {
    let sums = this.#parts.get(part);
    if (!sums) {
      const { table, tree, rowsByPosition: rows } = this.trace;
      sums = table.hasTokens(part)
        ? sumPart(table, tree, rows, this.tokensCounting, part)
        : new Float64Array(rows.length).fill(NaN);
      this.#parts.set(part, sums);
    }
    return sums;
  }

  /** Milliseconds in which nothing inside a span ran; `NaN` without both times. */
  get selfTimes(): Float64Array {
    return (this.#selfTimes ??= selfTimes(this.trace));
  }

  /** Milliseconds from the first start to the last end of each subtree; `NaN` where it runs or a time is missing. */
  get times(): Float64Array {
    return (this.#times ??= this.#subtreeTimes());
  }

  #subtreeTimes(): Float64Array {
    const { table, tree, rowsByPosition: rows } = this.trace;
    const count = rows.length;
    const first = new Float64Array(count).fill(Infinity);
    const times = new Float64Array(count).fill(-Infinity);
    for (let position = count - 1; position >= 0; position--) {
      const row = rows[position]!;
      const start = table.starts[row]!;
      const end = table.ends[row]!;
      if (start < first[position]!) first[position] = start;
      // What is running may last longer than anything inside it that is over.
      if (Number.isNaN(start) || Number.isNaN(end)) times[position] = Infinity;
      else if (end > times[position]!) times[position] = end;
      const above = tree.parent[position]!;
      if (above >= 0) {
        if (first[position]! < first[above]!) first[above] = first[position]!;
        if (times[position]! > times[above]!) times[above] = times[position]!;
      }
      // Nobody asks for its last end any more.
      const time = times[position]! - first[position]!;
      times[position] = Number.isFinite(time) ? time : NaN;
    }
    return times;
  }

  /**
   * What a span adds to the sums: of its own figure, what is not counted below or beside it. These add up to the total
   * of the trace. `NaN` for nothing.
   */
  added(position: number, sums: Float32Array | Float64Array, counting: Uint8Array): number {
    const counted = COUNTINGS[counting[position]!]!;
    if (counted !== 'own' && counted !== 'covers') return NaN;
    const { size } = this.trace.tree;
    const end = position + size[position]!;
    let added = sums[position]!;
    for (let child = position + 1; child < end; child += size[child]!) {
      if (!Number.isNaN(sums[child]!) && !this.#beside.has(child)) added -= sums[child]!;
    }
    return added;
  }

  /** The figures of one span. */
  of({ index }: Span): SpanRollUp {
    const { table } = this.trace;
    const row = this.trace.rowAt(index);
    const counted = COUNTINGS[this.tokensCounting[index]!]!;
    const costCounted = COUNTINGS[this.costCounting[index]!]!;
    const isCall = this.isCall[index] === 1;
    const usage = table.usageAt(row);
    const total = table.tokensAt(row);
    const estimate =
      costCounted === 'unstated' || table.costAt(row) !== undefined
        ? NaN
        : this.added(index, this.cost, this.costCounting);
    const cost = table.costAt(row) ?? known(estimate);
    return {
      own: {
        usage: usage && { ...usage, ...(total !== undefined && { total }) },
        cost,
        estimatedCost: known(estimate) ?? 0,
        calls: isCall ? 1 : 0,
        callsWithoutUsage: isCall && total === undefined ? 1 : 0,
        callsWithoutCost: isCall && total !== undefined && cost === undefined ? 1 : 0,
        errors: table.statuses[row] === 'error' ? 1 : 0,
        time: known(this.selfTimes[index]!),
      },
      total: this.#figures(index),
      tokensCounted: counted,
      costCounted,
    };
  }

  #figures(position: number): SpanFigures {
    return {
      usage: this.#usageOf((sums) => known(sums[position]!)),
      cost: known(this.cost[position]!),
      estimatedCost: this.estimatedCost[position] ?? 0,
      calls: this.calls[position]!,
      callsWithoutUsage: this.callsWithoutUsage[position] ?? 0,
      callsWithoutCost: this.callsWithoutCost[position]!,
      errors: this.errors[position]!,
      time: known(this.times[position]!),
    };
  }

  #usageOf(sumIn: (sums: Float64Array) => number | undefined): Usage | undefined {
    let usage: Usage | undefined;
    for (const part of USAGE_FIELDS) {
      if (part !== 'total' && !this.trace.table.hasTokens(part)) continue;
      const sum = sumIn(this.tokens(part));
      if (sum !== undefined) (usage ??= {})[part] = sum;
    }
    return usage;
  }

  /** The figures of the whole trace. */
  get total(): SpanFigures {
    const { tree, duration, isRunning } = this.trace;
    const sum = (column: Uint32Array | Float64Array): number => {
      let total = 0;
      for (let root = 0; root < column.length; root += tree.size[root]!) total += column[root]!;
      return total;
    };
    return {
      usage: this.#usageOf((sums) => sumOfRoots(tree, sums, this.#beside)),
      cost: sumOfRoots(tree, this.cost, this.#beside),
      estimatedCost: sum(this.estimatedCost),
      calls: sum(this.calls),
      callsWithoutUsage: sum(this.callsWithoutUsage),
      callsWithoutCost: sum(this.callsWithoutCost),
      errors: sum(this.errors),
      time: isRunning ? undefined : duration,
    };
  }
}

const known = (figure: number): number | undefined => (Number.isNaN(figure) ? undefined : figure);

/** What calls that state no cost would cost, by position; `NaN` where nobody knows, and where their tokens are no news. */
function* estimatesOf(trace: Trace, prices: PriceSource): Generator<undefined, Float64Array> {
  const { rollUp, table, rowsByPosition: rows } = trace;
  const estimates = new Float64Array(rows.length).fill(NaN);
  for (let position = 0; position < rows.length; position++) {
    const counting = rollUp.tokensCounting[position]!;
    if ((counting !== OWN && counting !== COVERS) || table.costAt(rows[position]!) !== undefined) continue;
    // Nobody knows how long a list of prices takes.
    yield;
    estimates[position] = estimateCost(trace.spanAt(position), prices)?.dollars ?? NaN;
  }
  return estimates;
}

/** Own and total figures of every span. With prices, the cost of calls that state none is estimated, and marked so. */
export const rollUpSpans = (trace: Trace, prices?: PriceSource): RollUps => atOnce(rollUpSpansInSteps(trace, prices));

/** As `rollUpSpans`, with chances to rest. */
export const rollUpSpansInSteps = (trace: Trace, prices?: PriceSource): Generator<undefined, RollUps> =>
  RollUps.inSteps(trace, prices);
