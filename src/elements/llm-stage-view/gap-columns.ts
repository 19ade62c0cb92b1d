import type { Stall } from '../../analysis/stages/index.js';

/** One column of the strip: the longest gap of a stretch. */
export interface GapColumn {
  /** Share of the longest gap of all. */
  readonly height: number;
  readonly isStall: boolean;
}

/** Columns that have room in a narrow strip. */
const MOST_COLUMNS = 120;

/** The gaps in as many columns as there is room for. A stall is never lost among shorter gaps. */
export function gapColumns(gaps: Float64Array, stalls: readonly Stall[]): GapColumn[] {
  const count = Math.min(MOST_COLUMNS, gaps.length);
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  const most = new Float64Array(count);
  const columnOf = (at: number): number => Math.floor((at * count) / gaps.length);
  for (let at = 0; at < gaps.length; at++) {
    const column = columnOf(at);
    most[column] = Math.max(most[column]!, gaps[at]!);
  }
  const stalled = new Set(stalls.map(({ after }) => columnOf(after)));
  return Array.from(most, (gap, column) => ({
    height: longest > 0 ? gap / longest : 0,
    isStall: stalled.has(column),
  }));
}
