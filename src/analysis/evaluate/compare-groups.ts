import { numbersFrom } from './random-numbers.js';

/** A score of an answer to one prompt of a set, where the prompts of an item are the same but for the group. */
export interface GroupedScore {
  /** The name of the score. */
  name: string;
  group: string;
  item: string;
  value: number;
}

export interface CompareOptions {
  /** The group that the others are compared with. The first that comes where not said otherwise. */
  baseline?: string;
  /** 0.95 where not said otherwise. */
  confidence?: number;
  /** How many samples the interval and the p-value rest on. 2,000 where not said otherwise. */
  resamples?: number;
  /** The same seed gives the same numbers. 1 where not said otherwise. */
  seed?: number;
}

/** One score in one group, compared with the baseline, item by item. */
export interface GroupComparison {
  /** The name of the score. */
  name: string;
  group: string;
  baseline: string;
  /** Items that both groups have. Several values of an item are their mean. Everything below is of these. */
  pairs: number;
  /** Items that only one of both has: left out. */
  unpaired: number;
  mean: number;
  baselineMean: number;
  /** The mean of the differences: `mean` without `baselineMean`. */
  difference: number;
  /** Of each item, the largest first. */
  differences: readonly { item: string; difference: number }[];
  /** The mean difference in standard deviations of the differences (Cohen's d_z); `undefined` where they do not vary. */
  effectSize: number | undefined;
  /** Where the mean difference of all such items may lie: percentiles of the bootstrap. `undefined` for less than two pairs. */
  interval: readonly [low: number, high: number] | undefined;
  /**
   * How often a mean difference as large comes about where groups do not matter: the sign of each item's difference turned by
   * chance, in every way where these are few.
   */
  pValue: number | undefined;
  /** The p-value for having looked at all comparisons of this call (Holm): one of many is small by chance. */
  adjustedPValue: number | undefined;
  /** Whether no difference, however large, could be told from chance with so few pairs. */
  isTooFew: boolean;
}

/** Every way to turn signs is tried for so many pairs. */
const ALL_WAYS = 12;

/** Means without the last bits, in which sums differ by their order. */
const SAME_WITHIN = 1e-12;

/**
 * Compares groups score by score: every group but the baseline, paired by item, so that hard items do not blur what the groups
 * differ in. Scores that the baseline does not have are left out. It states numbers and how sure they are; whether a difference is
 * unfair is not for it to say.
 */
export function compareGroups(scores: Iterable<GroupedScore>, options: CompareOptions = {}): GroupComparison[] {
  const { confidence = 0.95, resamples = 2000, seed = 1 } = options;
  const means = itemMeans(scores);
  const comparisons: GroupComparison[] = [];
  for (const [name, groups] of means) {
    const baseline = options.baseline ?? groups.keys().next().value!;
    const base = groups.get(baseline);
    if (!base) continue;
    for (const [group, items] of groups) {
      if (group === baseline) continue;
      const random = numbersFrom(seed);
      comparisons.push({ ...compared(items, base, { confidence, resamples, random }), name, group, baseline });
    }
  }
  return adjusted(comparisons);
}

type ItemMeans = ReadonlyMap<string, number>;
type ItemSums = Map<string, { sum: number; count: number }>;

/** The mean of each item in each group of each score. */
function itemMeans(scores: Iterable<GroupedScore>): Map<string, Map<string, ItemMeans>> {
  const sums = new Map<string, Map<string, ItemSums>>();
  for (const { name, group, item, value } of scores) {
    if (!Number.isFinite(value)) continue;
    const groups = at(sums, name, () => new Map<string, ItemSums>());
    const known = at(
      at(groups, group, () => new Map() as ItemSums),
      item,
      () => ({ sum: 0, count: 0 }),
    );
    known.sum += value;
    known.count++;
  }
  const meansOf = (items: ItemSums): ItemMeans =>
    new Map(Array.from(items, ([item, { sum, count }]) => [item, sum / count]));
  return new Map(
    Array.from(sums, ([name, groups]) => [
      name,
      new Map(Array.from(groups, ([group, items]) => [group, meansOf(items)])),
    ]),
  );
}

function at<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

interface Sampling {
  confidence: number;
  resamples: number;
  random: () => number;
}

function compared(
  items: ItemMeans,
  base: ItemMeans,
  sampling: Sampling,
): Omit<GroupComparison, 'name' | 'group' | 'baseline'> {
  const shared = [...items.keys()].filter((item) => base.has(item));
  const values = shared.map((item) => items.get(item)!);
  const baseValues = shared.map((item) => base.get(item)!);
  const differences = values.map((value, place) => value - baseValues[place]!);
  const pairs = shared.length;
  const difference = meanOf(differences);
  const deviation = deviationOf(differences, difference);
  return {
    pairs,
    unpaired: items.size + base.size - 2 * pairs,
    mean: meanOf(values),
    baselineMean: meanOf(baseValues),
    difference,
    differences: shared
      .map((item, place) => ({ item, difference: differences[place]! }))
      .sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference)),
    effectSize: deviation > SAME_WITHIN ? difference / deviation : undefined,
    interval: pairs < 2 ? undefined : bootstrapInterval(differences, sampling),
    pValue: pairs === 0 ? undefined : signFlipP(differences, sampling),
    adjustedPValue: undefined,
    // Two of all ways to turn the signs are as large as the largest mean.
    isTooFew: 2 / 2 ** pairs > 1 - sampling.confidence,
  };
}

function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function deviationOf(values: readonly number[], mean: number): number {
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
}

function bootstrapInterval(
  differences: readonly number[],
  { confidence, resamples, random }: Sampling,
): readonly [number, number] {
  const count = differences.length;
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < count; drawn++) sum += differences[Math.floor(random() * count)]!;
    return sum / count;
  }).sort();
  const outside = (1 - confidence) / 2;
  return [means[Math.floor(outside * (resamples - 1))]!, means[Math.ceil((1 - outside) * (resamples - 1))]!];
}

function signFlipP(differences: readonly number[], { resamples, random }: Sampling): number {
  const count = differences.length;
  const seen = Math.abs(meanOf(differences)) * count - SAME_WITHIN;
  const isAsLarge = (isTurned: (place: number) => boolean): boolean => {
    let sum = 0;
    for (let place = 0; place < count; place++) sum += isTurned(place) ? -differences[place]! : differences[place]!;
    return Math.abs(sum) >= seen;
  };
  let asLarge = 0;
  if (count <= ALL_WAYS) {
    const ways = 2 ** count;
    for (let way = 0; way < ways; way++) if (isAsLarge((place) => ((way >> place) & 1) === 1)) asLarge++;
    return asLarge / ways;
  }
  for (let sample = 0; sample < resamples; sample++) if (isAsLarge(() => random() < 0.5)) asLarge++;
  // What was seen is one of the ways: a p-value of 0 would claim more than the samples show (Phipson and Smyth).
  return (asLarge + 1) / (resamples + 1);
}

function adjusted(comparisons: readonly GroupComparison[]): GroupComparison[] {
  const byP = comparisons
    .filter(({ pValue }) => pValue !== undefined)
    .sort((one, other) => one.pValue! - other.pValue!);
  const adjustments = new Map<GroupComparison, number>();
  let largest = 0;
  byP.forEach((comparison, place) => {
    largest = Math.max(largest, Math.min(1, comparison.pValue! * (byP.length - place)));
    adjustments.set(comparison, largest);
  });
  return comparisons.map((comparison) => ({ ...comparison, adjustedPValue: adjustments.get(comparison) }));
}
