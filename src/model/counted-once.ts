import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
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
export function sumSubtrees(tree: SpanTree, own: OwnFigures, beside?: ReadonlySet<number>): SubtreeSums {
  const count = tree.nodes.length;
  const sums = new Float64Array(count).fill(NaN);
  const counting = new Uint8Array(count);
  for (let position = count - 1; position >= 0; position--) {
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
    if (beside?.has(position)) {
      if (mine !== undefined) counting[position] = BESIDE;
      continue;
    }
    const above = tree.parent[position]!;
    const sum = sums[position]!;
    if (above >= 0 && !Number.isNaN(sum)) sums[above] = Number.isNaN(sums[above]!) ? sum : sums[above]! + sum;
  }
  return { sums, counting };
}

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
export function recordedBeside(
  table: SpanTable,
  tree: SpanTree,
  rows: Uint32Array,
  callsModel: (position: number) => boolean,
): Set<number> {
  const beside = new Set<number>();
  const count = tree.nodes.length;
  if (!table.hasTokens('input') || !table.hasTokens('output')) return beside;
  for (let position = 1; position < count; position++) {
    if (tree.siblingIndex[position] === 0 || !callsModel(position)) continue;
    const row = rows[position]!;
    const input = table.tokensAt(row, 'input');
    const output = table.tokensAt(row, 'output');
    if (!input || !output) continue;
    for (const sibling of siblingsBefore(tree, position)) {
      const other = rows[sibling]!;
      if (table.tokensAt(other, 'input') !== input || table.tokensAt(other, 'output') !== output) continue;
      if (!callsModel(sibling) || beside.has(sibling)) continue;
      // Siblings come by their start.
      const isInside = tree.size[position] === 1 && table.ends[row]! <= table.ends[other]!;
      const isAround =
        tree.size[sibling] === 1 && table.starts[row] === table.starts[other] && table.ends[other]! <= table.ends[row]!;
      if ((!isInside && !isAround) || !areOfTwoLibraries(table, row, other)) continue;
      beside.add(isInside ? position : sibling);
      break;
    }
  }
  return beside;
}

function areOfTwoLibraries(table: SpanTable, row: number, other: number): boolean {
  const [library, another] = [row, other].map((at) => table.readers[at]!.record(table.raws[at]).scope.name);
  return library !== undefined && another !== undefined && library !== another;
}

/**
 * Sums one part of the tokens up the tree. A span that stands for what is inside it speaks for it in the parts that it
 * states; wrappers often leave out the cached and reasoning tokens that the calls inside them state. The sides add up
 * to the total: they are taken from the same span.
 */
export function sumPart(
  table: SpanTable,
  tree: SpanTree,
  rows: Uint32Array,
  counting: Uint8Array,
  part: keyof Usage,
): Float64Array {
  const count = tree.nodes.length;
  const sums = new Float64Array(count).fill(NaN);
  const isSide = part === 'input' || part === 'output';
  for (let position = count - 1; position >= 0; position--) {
    const role = counting[position]!;
    const row = rows[position]!;
    if (role !== 0 && role !== BELOW) {
      const mine = table.tokensAt(row, part);
      const below = sums[position]!;
      const speaks =
        role === COVERS &&
        (mine !== undefined ||
          (isSide && (table.tokensAt(row, 'input') ?? table.tokensAt(row, 'output')) !== undefined));
      if (speaks || Number.isNaN(below)) sums[position] = mine ?? NaN;
      else if (mine !== undefined && role === OWN) sums[position] = mine + below;
    }
    const above = tree.parent[position]!;
    const sum = sums[position]!;
    if (role !== BESIDE && above >= 0 && !Number.isNaN(sum)) {
      sums[above] = Number.isNaN(sums[above]!) ? sum : sums[above]! + sum;
    }
  }
  return sums;
}

/** The sum over the roots; `undefined` where nothing states a figure. */
export function sumOfRoots(tree: SpanTree, sums: Float64Array, beside?: ReadonlySet<number>): number | undefined {
  let total: number | undefined;
  for (let root = 0; root < sums.length; root += tree.size[root]!) {
    if (!Number.isNaN(sums[root]!) && !beside?.has(root)) total = (total ?? 0) + sums[root]!;
  }
  return total;
}
