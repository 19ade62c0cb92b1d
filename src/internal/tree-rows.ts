import type { SpanTree } from '../model/index.js';

/**
 * Positions of the spans that are shown: all but those inside a collapsed one. One pass; a collapsed subtree is skipped
 * at the cost of one step.
 */
export function visibleRows(tree: SpanTree, collapsed: ReadonlySet<number>): Uint32Array {
  const count = tree.nodes.length;
  const rows = new Uint32Array(count);
  let shown = 0;
  for (let position = 0; position < count;) {
    rows[shown++] = position;
    position += collapsed.has(position) ? tree.size[position]! : 1;
  }
  return rows.subarray(0, shown);
}

/** The row of a position among ascending visible ones; -1 where it is not shown. */
export function rowOf(rows: Uint32Array, position: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = rows[middle]!;
    if (at === position) return middle;
    if (at < position) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** All positions that have children. */
export function parentsOf(tree: SpanTree): Set<number> {
  const parents = new Set<number>();
  for (let position = 0; position < tree.nodes.length; position++) if (tree.childCount[position]) parents.add(position);
  return parents;
}

/** How many of the first `position` spans are errors, for each position: the errors of a subtree are a difference. */
export function errorsBefore(tree: SpanTree, isError: (position: number) => boolean): Uint32Array {
  const before = new Uint32Array(tree.nodes.length + 1);
  for (let position = 0; position < tree.nodes.length; position++) {
    before[position + 1] = before[position]! + (isError(position) ? 1 : 0);
  }
  return before;
}
