import type { FlameLayout } from './flame-layout.js';

/** A stretch of time that is drawn in columns, one a pixel. */
export interface Columns {
  /** The moment at the left edge of the first column. */
  readonly from: number;
  /** How long a column is. */
  readonly perColumn: number;
  readonly count: number;
}

/**
 * Receives a rectangle from column `left` up to, and without, `right`. It stands for the entries from `first` up to, and
 * without, `end`: for one, or for several that are too short to be told apart.
 */
export type TakeRectangle = (left: number, right: number, first: number, end: number) => void;

/** The first of the ascending `values` between two places that is not below `least`. */
function search(values: ArrayLike<number>, low: number, high: number, least: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As `search`, for a place that is probably near `low`: the steps double. */
function searchNear(values: Float64Array, low: number, high: number, least: number): number {
  let step = 1;
  let end = low;
  while (end < high && values[end]! < least) {
    low = end + 1;
    end += step;
    step *= 2;
  }
  return search(values, low, Math.min(end, high), least);
}

/** The entry that the column between two moments shows, or the first one after it; the end of the lane where there is none. */
function firstFrom({ starts, ends, first }: FlameLayout, lane: number, from: number, to: number): number {
  const laneEnd = first[lane + 1]!;
  let entry = search(ends, first[lane]!, laneEnd, from);
  // What ends just there is over. What takes no time ends where it begins.
  while (entry < laneEnd && ends[entry] === from && starts[entry]! < from) entry++;
  // Where one ends and another begins, the column is the other's.
  const isLast = entry + 1 >= laneEnd || starts[entry + 1]! >= to;
  return !isLast && starts[entry]! < from && ends[entry]! < to ? entry + 1 : entry;
}

/**
 * The rectangles of a lane, from left to right, at most one a column. Spans that begin in one column are one rectangle, so that
 * the work depends on the columns and not on the spans: what is between is leapt over.
 */
export function rectanglesOf(layout: FlameLayout, lane: number, columns: Columns, take: TakeRectangle): void {
  const { starts, ends, first } = layout;
  const { from, perColumn, count } = columns;
  const laneEnd = first[lane + 1]!;
  const to = from + perColumn * count;
  let entry = firstFrom(layout, lane, from, from + perColumn);
  let free = 0;
  while (entry < laneEnd && free < count) {
    const start = starts[entry]!;
    if (start >= to) return;
    const left = Math.max(free, Math.floor((start - from) / perColumn));
    if (left >= count) return;
    const right = Math.min(count, Math.floor((ends[entry]! - from) / perColumn));
    if (right > left + 1) {
      take(left, right, entry, entry + 1);
      entry++;
      free = right;
      continue;
    }
    // The last one that begins in this column may go on beyond it, and the first one end just there.
    const next = Math.max(entry + 1, searchNear(starts, entry + 1, laneEnd, from + (left + 1) * perColumn));
    take(left, left + 1, entry, next);
    free = left + 1;
    entry = next;
    const last = next - 1;
    const lastRight = Math.min(count, Math.floor((ends[last]! - from) / perColumn));
    if (lastRight > free) {
      take(free, lastRight, last, next);
      free = lastRight;
    }
  }
}

/**
 * The entry that a column of a lane shows: as `rectanglesOf`, the first one where there are several. -1 where there is none.
 *
 * @param from the moment at the left edge of the column
 * @param to the moment at its right edge
 */
export function entryAt(layout: FlameLayout, lane: number, from: number, to: number): number {
  if (!(lane >= 0 && lane < layout.laneCount)) return -1;
  const entry = firstFrom(layout, lane, from, to);
  return entry < layout.first[lane + 1]! && layout.starts[entry]! < to ? entry : -1;
}

/** The entry of a lane that is nearest to a moment, if one is within a distance of it; -1 if not. */
export function entryNear(layout: FlameLayout, lane: number, moment: number, distance: number): number {
  const { starts, ends, first } = layout;
  if (!(lane >= 0 && lane < layout.laneCount)) return -1;
  const after = search(ends, first[lane]!, first[lane + 1]!, moment);
  let nearest = -1;
  let least = distance;
  for (const entry of [after - 1, after]) {
    if (entry < first[lane]! || entry >= first[lane + 1]!) continue;
    const away = Math.max(0, starts[entry]! - moment, moment - ends[entry]!);
    if (away <= least) {
      least = away;
      nearest = entry;
    }
  }
  return nearest;
}

/** The entry of a span by its position; -1 for one that is not drawn. */
export function entryOf({ positions, first, lanes }: FlameLayout, position: number): number {
  const lane = lanes[position];
  // In a lane, the order of the tree is that of time.
  const end = lane === undefined ? 0 : (first[lane + 1] ?? 0);
  const entry = lane === undefined ? 0 : search(positions, first[lane] ?? 0, end, position);
  return entry < end && positions[entry] === position ? entry : -1;
}

/** Whether any of some ascending numbers is in a stretch from `first` up to, and without, `end`. */
export function hasBetween(numbers: Uint32Array, first: number, end: number): boolean {
  const at = search(numbers, 0, numbers.length, first);
  return at < numbers.length && numbers[at]! < end;
}
