/**
 * Orders spans as a tree. Spans are numbers here: node `i` of the input, position `p` of the result. Everything is
 * iterative and linear (but for one sort), so that a chain of 10,000 or a parent of 50,000 children costs what any other
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
  const [x, y] = [starts[a]!, starts[b]!];
  if (x < y) return -1;
  if (x > y) return 1;
  const [isOpen, isOtherOpen] = [Number.isNaN(x), Number.isNaN(y)];
  return isOpen === isOtherOpen ? a - b : isOpen ? 1 : -1;
}

/** Makes a root of one node of every cycle, the one that starts first, and returns those nodes. Changes `parents`. */
function cutCycles(parents: Int32Array, starts: Float64Array): number[] {
  const cut: number[] = [];
  const state = new Uint8Array(parents.length);
  for (let first = 0; first < parents.length; first++) {
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
  return cut;
}

function nodesByStart(starts: Float64Array): Uint32Array {
  const nodes = new Uint32Array(starts.length);
  let isSorted = true;
  for (let node = 0; node < nodes.length; node++) {
    nodes[node] = node;
    if (node > 0 && !(starts[node - 1]! <= starts[node]!)) isSorted = false;
  }
  if (isSorted) return nodes;
  return nodes.sort((a, b) => byStart(starts, a, b));
}

/**
 * @param parents the parent of each node, -1 for a root; cycles in it are cut
 * @param starts when each node starts, in any unit; `NaN` where that is not known
 */
export function spanTree(parents: Int32Array, starts: Float64Array): SpanTree {
  const count = parents.length;
  const cut = cutCycles(parents, starts);

  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  let firstRoot = -1;
  const sorted = nodesByStart(starts);
  for (let rank = count - 1; rank >= 0; rank--) {
    const node = sorted[rank]!;
    const parent = parents[node]!;
    if (parent < 0) {
      nextSibling[node] = firstRoot;
      firstRoot = node;
    } else {
      nextSibling[node] = firstChild[parent]!;
      firstChild[parent] = node;
    }
  }

  const nodes = new Uint32Array(count);
  const parent = new Int32Array(count);
  const depth = new Uint32Array(count);
  const size = new Uint32Array(count).fill(1);
  const childCount = new Uint32Array(count);
  const siblingIndex = new Uint32Array(count);
  let rootCount = 0;

  // Positions of the ancestors of the node at hand, the last one its parent.
  const path: number[] = [];
  let node = firstRoot;
  for (let position = 0; position < count; position++) {
    const above = path.length ? path[path.length - 1]! : -1;
    nodes[position] = node;
    parent[position] = above;
    depth[position] = path.length;
    siblingIndex[position] = above < 0 ? rootCount++ : childCount[above]!++;
    if (firstChild[node]! >= 0) {
      path.push(position);
      node = firstChild[node]!;
    } else {
      let last = position;
      while (nextSibling[nodes[last]!]! < 0 && path.length) last = path.pop()!;
      node = nextSibling[nodes[last]!]!;
    }
  }
  for (let position = count - 1; position >= 0; position--) {
    const above = parent[position]!;
    if (above >= 0) size[above]! += size[position]!;
  }
  return { nodes, parent, depth, size, childCount, siblingIndex, rootCount, cut };
}
