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

/** Sorts the values in place. */
export function spreadOf(values: Float64Array): Spread | undefined {
  if (values.length === 0) return undefined;
  values.sort();
  let sum = 0;
  for (const value of values) sum += value;
  return {
    count: values.length,
    sum,
    p50: percentile(values, 0.5)!,
    p95: percentile(values, 0.95)!,
    p99: percentile(values, 0.99)!,
    max: values[values.length - 1]!,
  };
}
