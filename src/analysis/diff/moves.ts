import type { Trace } from '../../model/index.js';
import { pairAround, sortByStart, type Matches } from './match-spans.js';

/**
 * Which pairs are at another place, by the position in the trace after: those inside another span, and those that come in
 * another order than the others inside it. What runs at the same time has no order. Of a list in another order, as few as
 * possible count as moved.
 */
export function* movedSpansInSteps(before: Trace, after: Trace, matches: Matches): Generator<undefined, Uint8Array> {
  const moved = new Uint8Array(after.spans.length);
  const around = pairAround(before, matches.after);
  const otherAround = pairAround(after, matches.before);
  /** Pairs inside the same pair, whatever lies between. */
  const families = new Map<number, number[]>();
  for (let other = 0; other < moved.length; other++) {
    const position = matches.before[other]!;
    if (position < 0) continue;
    const above = otherAround[other]!;
    const counterpart = above < 0 ? -1 : matches.before[above]!;
    if (around[position] !== counterpart) moved[other] = 1;
    else {
      const family = families.get(above);
      if (family) family.push(other);
      else families.set(above, [other]);
    }
  }
  yield;
  for (const family of families.values()) {
    sortByStart(family, after);
    for (const other of outOfOrder(family, before, after, matches.before)) moved[other] = 1;
    yield;
  }
  return moved;
}

/** Those of `family` that passed another one that they do not run beside. */
function outOfOrder(family: readonly number[], before: Trace, after: Trace, counterpart: Int32Array): number[] {
  const found = family.map((other) => counterpart[other]!);
  const starts = found.map((position) => before.startAt(position));
  // Nothing passed another one.
  if (starts.every((start, at) => at === 0 || starts[at - 1]! < start)) return [];
  const positions = sortByStart(
    found.sort((one, other) => one - other),
    before,
  );
  const rank = new Map(positions.map((position, place) => [position, place]));
  const places = family.map((other) => rank.get(counterpart[other]!)!);
  if (places.every((place, at) => place === at)) return [];
  const inOrder = longestAscending(places);
  const kept = new Set(inOrder);
  const keptPlaces = inOrder.map((at) => places[at]!);
  const passing: number[] = [];
  let passed = 0;
  places.forEach((place, at) => {
    if (kept.has(at)) {
      passed++;
      return;
    }
    /** Of those in order, how many come earlier in the trace before; `passed` do so in the trace after. */
    const earlier = countBelow(keptPlaces, place);
    const [first, last] = earlier < passed ? [passed - 1, earlier] : [passed, earlier - 1];
    const isApart =
      !runTogether(before, positions[place]!, positions[keptPlaces[first]!]!) &&
      !runTogether(after, family[at]!, family[inOrder[last]!]!);
    if (isApart) passing.push(family[at]!);
  });
  return passing;
}

/** Places of a longest ascending part of a list. */
function longestAscending(values: readonly number[]): number[] {
  /** The place with the least value that such a part of each length ends with. */
  const ends: number[] = [];
  const endValues: number[] = [];
  const previous = new Int32Array(values.length).fill(-1);
  values.forEach((value, at) => {
    const length = countBelow(endValues, value);
    if (length > 0) previous[at] = ends[length - 1]!;
    ends[length] = at;
    endValues[length] = value;
  });
  const part: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) part.push(at);
  return part.reverse();
}

/** How many of ascending values are less than this one. */
function countBelow(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runTogether(trace: Trace, one: number, other: number): boolean {
  const [first, second] = trace.startAt(one) <= trace.startAt(other) ? [one, other] : [other, one];
  return trace.table.ends[trace.rowAt(first)]! > trace.startAt(second);
}
