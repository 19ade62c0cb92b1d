/** Two lists of so many pairs at most are aligned by all that is known of them: this many comparisons. */
const MOST_COMPARED = 65_536;
/** Longer lists that differ in more items than this are not aligned by their order any more. */
const MOST_EDITS = 2000;

/** What is known of the items of one list. Items are numbers. */
export interface AlignedItems {
  /** Equal for two items that are the same in all that is looked at. */
  readonly exact: ArrayLike<number>;
  /** Equal for two items that are called the same. */
  readonly rough: ArrayLike<number>;
}

/** How two lists are aligned. */
export interface Alignment {
  readonly before: AlignedItems;
  readonly after: AlignedItems;
  /** Called with the items that are about to be compared one by one. */
  prepare?(before: readonly number[], after: readonly number[]): Generator<undefined, void>;
  /** How much two items have in common; 0 for two that are not to be a pair. */
  score(before: number, after: number): number;
  /** Called once for each pair. */
  pair(before: number, after: number): void;
}

/**
 * Aligns two lists in their order. What is the same at both ends is a pair. Where the rest is short, the pairs that have most
 * in common are taken. A longer rest is cut into short ones by what is the same in both (Myers, An O(ND) difference
 * algorithm), first by `exact`, then by `rough`; that is given up beyond 2000 edits. Then the first, second… item that
 * is called so in one list is a pair with that of the other.
 */
export function* alignInSteps(
  before: readonly number[],
  after: readonly number[],
  by: Alignment,
): Generator<undefined, void> {
  // Of items that are the same, what they hold says which one is not there any more.
  if (before.length !== after.length && isShort(before, after)) return yield* alignShort(before, after, by);
  const same = (one: number, other: number): boolean => by.before.exact[one] === by.after.exact[other];
  let start = 0;
  let end = before.length;
  let otherEnd = after.length;
  while (start < end && start < otherEnd && same(before[start]!, after[start]!)) {
    by.pair(before[start]!, after[start]!);
    start++;
  }
  while (end > start && otherEnd > start && same(before[end - 1]!, after[otherEnd - 1]!)) {
    by.pair(before[--end]!, after[--otherEnd]!);
  }
  const restBefore = before.slice(start, end);
  const restAfter = after.slice(start, otherEnd);
  if (isShort(restBefore, restAfter)) return yield* alignShort(restBefore, restAfter, by);
  for (const level of ['exact', 'rough'] as const) {
    const common = yield* commonItems(
      restBefore.map((item) => by.before[level][item]!),
      restAfter.map((item) => by.after[level][item]!),
    );
    if (common) return yield* alignBetween(restBefore, restAfter, common, by);
  }
  pairByOccurrence(restBefore, restAfter, by);
}

const isShort = (before: readonly number[], after: readonly number[]): boolean =>
  before.length * after.length <= MOST_COMPARED;

/** Pairs what two lists have in common, and aligns what lies between. */
function* alignBetween(
  before: readonly number[],
  after: readonly number[],
  common: readonly (readonly [number, number])[],
  by: Alignment,
): Generator<undefined, void> {
  let from = 0;
  let otherFrom = 0;
  for (const [at, otherAt] of [...common, [before.length, after.length] as const]) {
    if (from < at && otherFrom < otherAt) {
      const [some, others] = [before.slice(from, at), after.slice(otherFrom, otherAt)];
      if (isShort(some, others)) yield* alignShort(some, others, by);
      else pairByOccurrence(some, others, by);
    }
    if (at < before.length) by.pair(before[at]!, after[otherAt]!);
    [from, otherFrom] = [at + 1, otherAt + 1];
  }
}

/** Takes the pairs, in order, that have most in common altogether. */
function* alignShort(before: readonly number[], after: readonly number[], by: Alignment): Generator<undefined, void> {
  const count = before.length;
  const otherCount = after.length;
  if (!count || !otherCount) return;
  if (by.prepare) yield* by.prepare(before, after);
  const width = otherCount + 1;
  /** The most that the items from here on can have in common. */
  const best = new Int32Array((count + 1) * width);
  for (let at = count - 1; at >= 0; at--) {
    for (let otherAt = otherCount - 1; otherAt >= 0; otherAt--) {
      const place = at * width + otherAt;
      const score = by.score(before[at]!, after[otherAt]!);
      const paired = score > 0 ? score + best[place + width + 1]! : 0;
      best[place] = Math.max(best[place + 1]!, best[place + width]!, paired);
    }
    if (at % 64 === 0) yield;
  }
  for (let at = 0, otherAt = 0; at < count && otherAt < otherCount;) {
    const place = at * width + otherAt;
    const score = by.score(before[at]!, after[otherAt]!);
    if (score > 0 && best[place] === score + best[place + width + 1]!) by.pair(before[at++]!, after[otherAt++]!);
    else if (best[place] === best[place + width]) at++;
    else otherAt++;
  }
}

/** Places of a longest list of numbers that both lists hold in this order; `undefined` where too much differs. */
function* commonItems(
  before: readonly number[],
  after: readonly number[],
): Generator<undefined, (readonly [number, number])[] | undefined> {
  const [count, otherCount] = [before.length, after.length];
  const most = Math.min(MOST_EDITS, count + otherCount);
  /** How far each diagonal reaches, by diagonal + most + 1; and of that what each step began with. */
  const reach = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    steps.push(reach.slice(most - edits, most + edits + 3));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = diagonal + most + 1;
      let x = startOf(reach, at, diagonal, edits);
      while (x < count && x - diagonal < otherCount && before[x] === after[x - diagonal]) x++;
      reach[at] = x;
      if (x >= count && x - diagonal >= otherCount) return wayBack(steps, count, otherCount);
    }
    yield;
  }
  return undefined;
}

const isDown = (reach: Int32Array, at: number, diagonal: number, edits: number): boolean =>
  diagonal === -edits || (diagonal !== edits && reach[at - 1]! < reach[at + 1]!);

/** Where a diagonal is reached from one beside it. */
const startOf = (reach: Int32Array, at: number, diagonal: number, edits: number): number =>
  edits === 0 ? 0 : isDown(reach, at, diagonal, edits) ? reach[at + 1]! : reach[at - 1]! + 1;

/** The pairs on the way that was found, first to last. */
function wayBack(steps: readonly Int32Array[], count: number, otherCount: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [count, otherCount];
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const reach = steps[edits]!;
    const diagonal = x - y;
    const at = diagonal + edits + 1;
    const from = startOf(reach, at, diagonal, edits);
    while (x > from) pairs.push([--x, --y]);
    if (isDown(reach, at, diagonal, edits)) y--;
    else x--;
  }
  return pairs.reverse();
}

function pairByOccurrence(before: readonly number[], after: readonly number[], by: Alignment): void {
  const waiting = new Map<number, number[]>();
  for (const item of after.toReversed()) {
    const name = by.after.rough[item]!;
    const items = waiting.get(name);
    if (items) items.push(item);
    else waiting.set(name, [item]);
  }
  for (const item of before) {
    const other = waiting.get(by.before.rough[item]!)?.pop();
    if (other !== undefined) by.pair(item, other);
  }
}
