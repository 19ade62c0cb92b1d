import type { Part } from './heat-map.js';

/** A token that looks, and one that it looks at: places in the matrix. */
export interface Pair {
  readonly row: number;
  readonly column: number;
}

/** Rows that are shown at the least. */
const LEAST = 8;

export const mostZoom = (rows: number, columns: number): number =>
  Math.max(0, Math.ceil(Math.log2(Math.max(rows, columns) / LEAST)));

/** What is in sight at a zoom: each step shows half of the step before, around a pair. */
export function partAround({ rows, columns }: Pick<Part, 'rows' | 'columns'>, pair: Pair, zoom: number): Part {
  const [row, shownRows] = stretch(rows, pair.row, zoom);
  const [column, shownColumns] = stretch(columns, pair.column, zoom);
  return { row, rows: shownRows, column, columns: shownColumns };
}

function stretch(count: number, middle: number, zoom: number): [first: number, count: number] {
  const shown = Math.min(count, Math.max(LEAST, Math.ceil(count / 2 ** zoom)));
  return [Math.max(0, Math.min(count - shown, Math.round(middle - shown / 2))), shown];
}

/** The part moved as little as brings a pair into sight. */
export function partWith(part: Part, { row, column }: Pair): Part {
  return {
    ...part,
    row: Math.min(row, Math.max(part.row, row - part.rows + 1)),
    column: Math.min(column, Math.max(part.column, column - part.columns + 1)),
  };
}

/** The pair below a place of the page. */
export function pairAt(part: Part, box: DOMRect, x: number, y: number): Pair | undefined {
  const column = Math.floor(((x - box.left) / box.width) * part.columns);
  const row = Math.floor(((y - box.top) / box.height) * part.rows);
  if (!(column >= 0 && column < part.columns && row >= 0 && row < part.rows)) return undefined;
  return { row: part.row + row, column: part.column + column };
}

/** So many of a count, as evenly as whole steps are, for what has no room for all. */
export function everySo(count: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step);
}
