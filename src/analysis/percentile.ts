import { atOnce } from '../model/steps.js';

/**
 * A percentile by nearest rank: the smallest of the values that at least this share of them does not exceed. Exact: it
 * is one of the values. `undefined` where there are none.
 *
 * @param sorted ascending, without `NaN`
 * @param share between 0 and 1
 */
export function percentile(sorted: ArrayLike<number>, share: number): number | undefined {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(rank, 1) - 1];
}

/** How values are spread. Absent without values. */
export interface Spread {
  readonly count: number;
  readonly sum: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** How many values are sorted between two chances to rest. */
const RUN = 1 << 15;

/** Sorts the values in place. */
export const spreadOf = (values: Float64Array): Spread | undefined => atOnce(spreadInSteps(values));

/** As `spreadOf`, with chances to rest: a sort of a million values alone takes longer than a page may stand still. */
export function* spreadInSteps(values: Float64Array): Generator<undefined, Spread | undefined> {
  if (values.length === 0) return undefined;
  const sorted = yield* sortedInSteps(values);
  let sum = 0;
  for (const value of sorted) sum += value;
  return {
    count: sorted.length,
    sum,
    p50: percentile(sorted, 0.5)!,
    p95: percentile(sorted, 0.95)!,
    p99: percentile(sorted, 0.99)!,
    max: sorted[sorted.length - 1]!,
  };
}

/** Sorts short runs, and then merges each two of them, until there is one. */
function* sortedInSteps(values: Float64Array): Generator<undefined, Float64Array> {
  const { length } = values;
  for (let from = 0; from < length; from += RUN) {
    if (from > 0) yield;
    values.subarray(from, from + RUN).sort();
  }
  let sorted = values;
  let merged = length > RUN ? new Float64Array(length) : values;
  for (let run = RUN; run < length; run *= 2) {
    for (let from = 0; from < length; from += 2 * run) {
      const middle = Math.min(from + run, length);
      const end = Math.min(middle + run, length);
      let one = from;
      let other = middle;
      for (let to = from; to < end; to++) {
        if (to % RUN === 0) yield;
        const isOne = one < middle && !(other < end && sorted[other]! < sorted[one]!);
        merged[to] = sorted[isOne ? one++ : other++]!;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}
