import type { TreeRows } from './tree-rows.js';

/** Rows that are kept in sight at the top although they are scrolled away: what the first row is inside of. */
export interface StickyRows {
  /** Positions, outermost first. */
  readonly positions: readonly number[];
  /** Whether what is inside the last of them ends right behind it: the row that follows pushes it away. */
  readonly isPushed: boolean;
}

const NONE: StickyRows = { positions: [], isPushed: false };

/**
 * The ancestors to keep in sight above the rows, `most` of them, the innermost where there are more. They lie on the rows
 * that they stand for or on their first descendants, so that their number depends on the row that is left below them.
 *
 * @param first the row at the top
 * @param isCut whether a part of that row is scrolled away
 */
export function stickyRows(rows: TreeRows, first: number, isCut: boolean, most: number): StickyRows {
  const { depth, size } = rows.tree;
  /** Whether a row that a sticky one lies on has to be sticky itself, so that it does not vanish under it. */
  const isHead = (row: number): boolean => isCut && rows.isParent(rows.at(row)) && !rows.isClosed(rows.at(row));
  const chainLength = (row: number): number => depth[rows.at(row)]! + (isHead(row) ? 1 : 0);
  const last = rows.count - 1;
  let count = 0;
  while (count < most && first + count <= last && chainLength(first + count) > count) count++;
  if (count === 0) return NONE;

  const below = Math.min(first + count, last);
  const depthBelow = depth[rows.at(below)]!;
  // The row below them is in sight itself: only what it is inside of is not.
  const isDeeper = count === most && depthBelow >= most;
  const row = isDeeper ? below : first + count - 1;
  const length = isDeeper ? depthBelow : chainLength(row);
  const from = Math.max(0, length - most);
  const positions: number[] = [];
  let at = rows.at(row);
  while (at >= 0 && depth[at]! >= from) {
    if (depth[at]! < from + count && depth[at]! < length) positions.unshift(at);
    at = rows.tree.parent[at]!;
  }
  const innermost = positions.at(-1)!;
  const next = first + count;
  const isPushed = !isDeeper && (next > last || rows.at(next) >= innermost + size[innermost]!);
  return { positions, isPushed };
}
