import { atOnce, stepsOf } from './steps.js';

/**
 * Orders spans as a tree. Spans are numbers here: node `i` of the input, position `p` of the result. Everything is
 * iterative and linear (but for siblings that did not come by start), so that a chain of 10,000 or a parent of 50,000 children costs what any other
 * trace of that size costs.
 */
export interface SpanTree {
  /** The node at each position: parents before children, siblings by start. */
  readonly nodes: Uint32Array;
  /** Position of the parent, -1 for a root. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  /** Number of spans in the subtree, the span itself included: the next sibling is at `position + size`. */
  readonly size: Uint32Array;
  /** Number of children. */
  readonly childCount: Uint32Array;
  /** Place among the siblings, from 0. */
  readonly siblingIndex: Uint32Array;
  readonly rootCount: number;
  /** Nodes that were made roots because their ancestors led back to them. */
  readonly cut: readonly number[];
}

const UNSEEN = 0;
const ON_PATH = 1;
const DONE = 2;

/** Compares two nodes by start; those that start together, or have no start, by the order in which they came. */
function byStart(starts: Float64Array, a: number, b: number): number {
  const x = starts[a]!;
  const y = starts[b]!;
  if (x < y) return -1;
  if (x > y) return 1;
  const isOpen = Number.isNaN(x);
  return isOpen === Number.isNaN(y) ? a - b : isOpen ? 1 : -1;
}

/** Whether every parent comes after its children, or every one before: then nobody is his own ancestor. */
function areInOrder(parents: Int32Array): boolean {
  let isAfter = true;
  let isBefore = true;
  for (let node = 0; node < parents.length; node++) {
    const parent = parents[node]!;
    if (parent < 0) continue;
    if (parent >= node) isBefore = false;
    if (parent <= node) isAfter = false;
  }
  return isAfter || isBefore;
}

/** Makes a root of one node of every cycle, the one that starts first, and returns those nodes. Changes `parents`. */
function* cutCycles(parents: Int32Array, starts: Float64Array): Generator<void, number[]> {
  const cut: number[] = [];
  if (areInOrder(parents)) return cut;
  const state = new Uint8Array(parents.length);
  for (const [from, to] of stepsOf(parents.length)) {
    cutFrom(parents, starts, { state, cut }, from, to);
    yield;
  }
  return cut;
}

// What is inside of a loop over steps is a function of its own: engines make no fast code of a generator that runs.

function cutFrom(
  parents: Int32Array,
  starts: Float64Array,
  { state, cut }: { state: Uint8Array; cut: number[] },
  from: number,
  to: number,
): void {
  for (let first = from; first < to; first++) {
    let node = first;
    while (node >= 0 && state[node] === UNSEEN) {
      state[node] = ON_PATH;
      node = parents[node]!;
    }
    const isCycle = node >= 0 && state[node] === ON_PATH;
    for (let done = first; done >= 0 && state[done] === ON_PATH; done = parents[done]!) state[done] = DONE;
    if (!isCycle) continue;
    let earliest = node;
    for (let other = parents[node]!; other !== node; other = parents[other]!) {
      if (byStart(starts, other, earliest) < 0) earliest = other;
    }
    parents[earliest] = -1;
    cut.push(earliest);
  }
}

/** The children of each node as a list from first to last, by start. The roots are those of a node behind the last. */
interface Families {
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** Puts nodes, the last first, before those of their parent that are there. */
function link(
  parents: Int32Array,
  starts: Float64Array,
  { firstChild, nextSibling }: Families,
  unsorted: Set<number>,
  from: number,
  to: number,
): void {
  const count = parents.length;
  for (let node = count - 1 - from; node > count - 1 - to; node--) {
    const parent = parents[node]! < 0 ? count : parents[node]!;
    const first = firstChild[parent]!;
    if (first >= 0 && byStart(starts, first, node) < 0) unsorted.add(parent);
    nextSibling[node] = first;
    firstChild[parent] = node;
  }
}

function* familiesOf(parents: Int32Array, starts: Float64Array): Generator<void, Families> {
  const count = parents.length;
  const firstChild = new Int32Array(count + 1).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  /** Parents whose children did not come by start. Those of one parent mostly did: one after the other. */
  const unsorted = new Set<number>();
  for (const [from, to] of stepsOf(count)) {
    link(parents, starts, { firstChild, nextSibling }, unsorted, from, to);
    yield;
  }
  for (const parent of unsorted) {
    const children: number[] = [];
    for (let child = firstChild[parent]!; child >= 0; child = nextSibling[child]!) children.push(child);
    const sorted =
      children.length <= PIECE
        ? children.sort((a, b) => byStart(starts, a, b))
        : yield* sortedByStart(Uint32Array.from(children), starts);
    let before = -1;
    for (const child of sorted) {
      if (before < 0) firstChild[parent] = child;
      else nextSibling[before] = child;
      before = child;
    }
    nextSibling[before] = -1;
  }
  return { firstChild, nextSibling };
}

/** Length of the pieces that are sorted at once. */
const PIECE = 2048;

/** Sorts pieces, then merges them two by two: one parent may have a million children. */
function* sortedByStart(nodes: Uint32Array<ArrayBuffer>, starts: Float64Array): Generator<void, Uint32Array> {
  for (let from = 0; from < nodes.length; from += PIECE) {
    nodes.subarray(from, from + PIECE).sort((a, b) => byStart(starts, a, b));
    if (from > 0) yield;
  }
  let source = nodes;
  let target = new Uint32Array(nodes.length > PIECE ? nodes.length : 0);
  for (let width = PIECE; width < nodes.length; width *= 2) {
    let left = 0;
    let leftEnd = 0;
    let right = 0;
    let rightEnd = 0;
    for (const [from, to] of stepsOf(nodes.length)) {
      for (let at = from; at < to; at++) {
        if (at === rightEnd) {
          left = at;
          right = leftEnd = Math.min(at + width, nodes.length);
          rightEnd = Math.min(at + 2 * width, nodes.length);
        }
        const isLeft = left < leftEnd && (right >= rightEnd || byStart(starts, source[left]!, source[right]!) < 0);
        target[at] = source[isLeft ? left++ : right++]!;
      }
      yield;
    }
    [source, target] = [target, source];
  }
  return source;
}

/**
 * @param parents the parent of each node, -1 for a root; cycles in it are cut
 * @param starts when each node starts, in any unit; `NaN` where that is not known
 */
export function* spanTreeInSteps(parents: Int32Array, starts: Float64Array): Generator<void, SpanTree> {
  const count = parents.length;
  const cut = yield* cutCycles(parents, starts);
  const { firstChild, nextSibling } = yield* familiesOf(parents, starts);

  const walk = new Walk(count, { firstChild, nextSibling });
  for (const [from, to] of stepsOf(count)) {
    walk.go(from, to);
    yield;
  }
  for (const [from, to] of stepsOf(count)) {
    walk.sum(from, to);
    yield;
  }
  const { nodes, parent, depth, size, childCount, siblingIndex, rootCount } = walk;
  return { nodes, parent, depth, size, childCount, siblingIndex, rootCount, cut };
}

/** Goes through the tree and writes down what it finds at each position. */
class Walk {
  readonly nodes: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly size: Uint32Array;
  readonly childCount: Uint32Array;
  readonly siblingIndex: Uint32Array;
  rootCount = 0;
  readonly #families: Families;
  #node: number;
  /** Position and depth of the parent of the node at hand. */
  #above = -1;
  #level = 0;

  constructor(count: number, families: Families) {
    this.nodes = new Uint32Array(count);
    this.parent = new Int32Array(count);
    this.depth = new Uint32Array(count);
    this.size = new Uint32Array(count).fill(1);
    this.childCount = new Uint32Array(count);
    this.siblingIndex = new Uint32Array(count);
    this.#families = families;
    this.#node = families.firstChild[count]!;
  }

  go(from: number, to: number): void {
    const { nodes, parent, depth, childCount, siblingIndex } = this;
    const { firstChild, nextSibling } = this.#families;
    let node = this.#node;
    let above = this.#above;
    let level = this.#level;
    for (let position = from; position < to; position++) {
      nodes[position] = node;
      parent[position] = above;
      depth[position] = level;
      siblingIndex[position] = above < 0 ? this.rootCount++ : childCount[above]!++;
      if (firstChild[node]! >= 0) {
        above = position;
        level++;
        node = firstChild[node]!;
      } else {
        while (nextSibling[node]! < 0 && above >= 0) {
          node = nodes[above]!;
          above = parent[above]!;
          level--;
        }
        node = nextSibling[node]!;
      }
    }
    this.#node = node;
    this.#above = above;
    this.#level = level;
  }

  /** Once all are there: sums up sizes, the last positions first. */
  sum(from: number, to: number): void {
    const { parent, size } = this;
    const last = size.length - 1;
    for (let position = last - from; position > last - to; position--) {
      const up = parent[position]!;
      if (up >= 0) size[up]! += size[position]!;
    }
  }
}

/** As `spanTreeInSteps`, without a rest. */
export const spanTree = (parents: Int32Array, starts: Float64Array): SpanTree =>
  atOnce(spanTreeInSteps(parents, starts));
