import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { atOnce, stepsOf } from './steps.js';
import type { Usage } from './usage.js';

/**
 * How the figure that a span states for itself counts in sums:
 * - `unstated`: it states none
 * - `own`: it is counted beside the figures of what is inside the span
 * - `covers`: it holds the figures of what is inside the span, and stands for them
 * - `below`: it only repeats figures from inside the span, which are counted instead
 * - `beside`: another library recorded the same call beside it, which is counted instead
 */
export type Counting = (typeof COUNTINGS)[number];

/** A `Counting` by its number. */
export const COUNTINGS = ['unstated', 'own', 'covers', 'below', 'beside'] as const;
const OWN = 1;
const COVERS = 2;
const BELOW = 3;
const BESIDE = 4;

/** Sums over subtrees by position, each call counted once. */
export interface SubtreeSums {
  /** `NaN` where nothing in the subtree states a figure. */
  readonly sums: Float64Array;
  /** How each span's own figure counts, as a place in `COUNTINGS`. */
  readonly counting: Uint8Array;
}

/** What sums are made of. All functions take positions in the tree. */
export interface OwnFigures {
  /** What the span states for itself. */
  stated(position: number): number | undefined;
  /** What is taken where it states nothing; `below` is the sum of what is inside it, `NaN` for none. */
  estimated?(position: number, below: number): number | undefined;
  /** Whether it calls a model itself. Any other span states figures only as the sum of what it contains. */
  callsModel(position: number): boolean;
}

/**
 * How far two figures may be apart and still be the same one: a wrapper that rounds, or leaves out an embedding call.
 */
const SAME_WITHIN = 0.01;
/** For figures that are the same to the last token: what a sum of decimal fractions may be off. */
const COPIED_WITHIN = 1e-6;
/** Siblings that are looked back at. */
const MOST_PASSED = 8;

const isWithin = (one: number, other: number, share: number): boolean =>
  Math.abs(one - other) <= share * Math.max(one, other);

/**
 * Sums a figure up the tree. A span's own figure is added to that of what is inside it only if the span calls a model
 * itself and the figure is news. It is none in the ways in which totals are known to come out doubled:
 *
 * 1. A call that two instrumentations report, one inside the other.
 * 2. An agent or a chain that states the sum of its calls; the larger of the two figures stands for both.
 * 3. A call that was tried again, whose span repeats the figure of one of its tries.
 * 4. A call that two libraries report side by side (`recordedBeside` finds them).
 * 5. Turns that state the total of their session so far: the turn before, and what is inside.
 *
 * Calls that each state a running total, with nothing inside them, look like calls that grow, and are added up.
 */
export function* sumSubtreesInSteps(
  tree: SpanTree,
  own: OwnFigures,
  beside?: ReadonlySet<number>,
): Generator<void, SubtreeSums> {
  const count = tree.nodes.length;
  const sums = new Float64Array(count).fill(NaN);
  const counting = new Uint8Array(count);
  const sum = (last: number, end: number): void => {
    for (let position = last; position > end; position--) {
      const below = sums[position]!;
      const mine = own.stated(position) ?? own.estimated?.(position, below);
      if (mine !== undefined) {
        if (Number.isNaN(below)) {
          counting[position] = OWN;
          sums[position] = mine;
        } else if (
          repeatsOne(tree, own, sums, position, mine, below) ||
          isRunningTotal(tree, own, position, mine, below)
        ) {
          counting[position] = BELOW;
        } else if (own.callsModel(position) && !isWithin(mine, below, SAME_WITHIN)) {
          counting[position] = OWN;
          sums[position] = mine + below;
        } else if (mine >= below) {
          counting[position] = COVERS;
          sums[position] = mine;
        } else counting[position] = BELOW;
      }
      if (beside && beside.size > 0 && beside.has(position)) {
        if (mine !== undefined) counting[position] = BESIDE;
        continue;
      }
      addTo(sums, tree.parent[position]!, sums[position]!);
    }
  };
  for (const [from, to] of stepsOf(count)) {
    sum(count - 1 - from, count - 1 - to);
    yield;
  }
  return { sums, counting };
}

/** Adds what is known to what is known. */
function addTo(sums: Float64Array, above: number, sum: number): void {
  if (above >= 0 && !Number.isNaN(sum)) sums[above] = Number.isNaN(sums[above]!) ? sum : sums[above]! + sum;
}

/** As `sumSubtreesInSteps`, without a rest. */
export const sumSubtrees = (tree: SpanTree, own: OwnFigures, beside?: ReadonlySet<number>): SubtreeSums =>
  atOnce(sumSubtreesInSteps(tree, own, beside));

/** Whether a call's figure is that of one of the calls inside it, of which there are more. */
function repeatsOne(
  tree: SpanTree,
  own: OwnFigures,
  sums: Float64Array,
  position: number,
  mine: number,
  below: number,
): boolean {
  if (!own.callsModel(position) || mine >= below) return false;
  const end = position + tree.size[position]!;
  for (let child = position + 1; child < end; child += tree.size[child]!) {
    if (own.callsModel(child) && isWithin(sums[child]!, mine, COPIED_WITHIN)) return true;
  }
  return false;
}

/** Whether a figure is that of the sibling before and what is inside the span, together. */
function isRunningTotal(tree: SpanTree, own: OwnFigures, position: number, mine: number, below: number): boolean {
  if (!(below > 0) || isWithin(mine, below, SAME_WITHIN) || mine < below) return false;
  for (const sibling of siblingsBefore(tree, position)) {
    const before = own.stated(sibling);
    if (before === undefined || tree.size[sibling] === 1) continue;
    return before > 0 && isWithin(mine, before + below, COPIED_WITHIN);
  }
  return false;
}

/** The nearest siblings before a span, the last first. */
function* siblingsBefore({ parent }: SpanTree, position: number): Generator<number> {
  const home = parent[position]!;
  let passed = 0;
  for (let at = position - 1; at > home && passed < MOST_PASSED;) {
    if (parent[at] === home) {
      passed++;
      yield at--;
    } else at = parent[at]!;
  }
}

/**
 * Positions of calls that another library recorded as well, beside the span and not inside it, since it did not know of
 * the first one's context: the same tokens in and out, within the time of the other one, by another library, and
 * nothing inside.
 */
export function* recordedBeside(
  table: SpanTable,
  { parent, size, siblingIndex, nodes }: SpanTree,
  rows: Uint32Array,
  callsModel: (position: number) => boolean,
): Generator<void, Set<number>> {
  const beside = new Set<number>();
  const { starts, ends } = table;
  const inputs = table.tokensOf('input');
  const outputs = table.tokensOf('output');
  /** A call or one of its siblings, whichever was recorded beside the other; -1 for none. */
  const besideOf = (position: number): number => {
    const row = rows[position]!;
    const input = inputs[row]!;
    const output = outputs[row]!;
    // Not known, or beyond the last that is.
    if (!(input > 0 && output > 0)) return -1;
    const home = parent[position]!;
    let passed = 0;
    for (let sibling = position - 1; sibling > home && passed < MOST_PASSED;) {
      if (parent[sibling] !== home) {
        sibling = parent[sibling]!;
        continue;
      }
      passed++;
      const other = rows[sibling]!;
      if (inputs[other] === input && outputs[other] === output && callsModel(sibling) && !beside.has(sibling)) {
        // Siblings come by their start.
        const isInside = size[position] === 1 && ends[row]! <= ends[other]!;
        const isAround = size[sibling] === 1 && starts[row] === starts[other] && ends[other]! <= ends[row]!;
        if ((isInside || isAround) && areOfTwoLibraries(table, row, other)) return isInside ? position : sibling;
      }
      sibling--;
    }
    return -1;
  };
  const look = (from: number, to: number): void => {
    for (let position = from; position < to; position++) {
      // The first of its siblings has none before it.
      if (siblingIndex[position] === 0 || !callsModel(position)) continue;
      const found = besideOf(position);
      if (found >= 0) beside.add(found);
    }
  };
  for (const [from, to] of stepsOf(nodes.length)) {
    look(from, to);
    yield;
  }
  return beside;
}

function areOfTwoLibraries(table: SpanTable, row: number, other: number): boolean {
  const [library, another] = [row, other].map((at) => table.readers.at(at)!.record(table.raws[at]).scope.name);
  return library !== undefined && another !== undefined && library !== another;
}

/**
 * Sums one part of the tokens up the tree. A span that stands for what is inside it speaks for it in the parts that it
 * states; wrappers often leave out the cached and reasoning tokens that the calls inside them state. The sides add up
 * to the total: they are taken from the same span.
 */
export function* sumPartInSteps(
  table: SpanTable,
  tree: SpanTree,
  rows: Uint32Array,
  counting: Uint8Array,
  part: keyof Usage,
): Generator<void, Float64Array> {
  const count = tree.nodes.length;
  const { parent } = tree;
  const sums = new Float64Array(count).fill(NaN);
  const isSide = part === 'input' || part === 'output';
  const stated = table.tokensOf(part);
  const sum = (last: number, end: number): void => {
    for (let position = last; position > end; position--) {
      const role = counting[position]!;
      if (role !== 0 && role !== BELOW) {
        const row = rows[position]!;
        const mine = row < stated.length ? stated[row]! : NaN;
        const below = sums[position]!;
        const speaks =
          role === COVERS &&
          (!Number.isNaN(mine) ||
            (isSide && (table.tokensAt(row, 'input') ?? table.tokensAt(row, 'output')) !== undefined));
        if (speaks || Number.isNaN(below)) sums[position] = mine;
        else if (!Number.isNaN(mine) && role === OWN) sums[position] = mine + below;
      }
      if (role !== BESIDE) addTo(sums, parent[position]!, sums[position]!);
    }
  };
  for (const [from, to] of stepsOf(count)) {
    sum(count - 1 - from, count - 1 - to);
    yield;
  }
  return sums;
}

/** As `sumPartInSteps`, without a rest. */
export const sumPart = (...given: Parameters<typeof sumPartInSteps>): Float64Array => atOnce(sumPartInSteps(...given));

/** The sum over the roots; `undefined` where nothing states a figure. */
export function sumOfRoots(
  tree: SpanTree,
  sums: Float32Array | Float64Array,
  beside?: ReadonlySet<number>,
): number | undefined {
  let total: number | undefined;
  for (let root = 0; root < sums.length; root += tree.size[root]!) {
    if (!Number.isNaN(sums[root]!) && !beside?.has(root)) total = (total ?? 0) + sums[root]!;
  }
  return total;
}
