import type { Trace } from '../model/index.js';

/**
 * How time is drawn. `time`: as it passes. `compact`: stretches in which nothing happens are cut short. `sequence`: one step from
 * each start or end of a span to the next, however long that took.
 */
export type TimeScaleName = 'time' | 'compact' | 'sequence';

/** A stretch of time that is cut short, in milliseconds from the start of the trace. */
export interface TimeBreak {
  readonly start: number;
  readonly end: number;
}

/** A stretch is idle if it is longer than this share of the trace and no span without children runs in it. */
export const IDLE_SHARE = 0.05;
/** What is drawn in its place, as a share of the whole. */
const BREAK_SHARE = 0.025;

/**
 * Says where moments are drawn: piece by piece straight, and always onward, so that what comes later never lies before what
 * comes earlier. Moments are milliseconds from the start of the trace. Places are numbers from 0, and up to the end of the trace
 * they are as many as its milliseconds; beyond it they are one a millisecond.
 */
export class TimeMap {
  /** Stretches that are cut short, ascending. */
  readonly breaks: readonly TimeBreak[];
  /** Places a millisecond, but for the breaks; `undefined` where that is another one everywhere. */
  readonly unit: number | undefined;
  readonly #moments: Float64Array;
  readonly #places: Float64Array;

  /**
   * @param moments ascending, each once, from 0 on
   * @param places of the moments, as many and ascending
   */
  constructor(moments: Float64Array, places: Float64Array, breaks: readonly TimeBreak[] = [], unit?: number) {
    this.#moments = moments;
    this.#places = places;
    this.breaks = breaks;
    this.unit = unit;
  }

  placeOf(moment: number): number {
    return between(this.#moments, this.#places, moment);
  }

  momentAt(place: number): number {
    return between(this.#places, this.#moments, place);
  }
}

/** The value of `to` that belongs to a value of `from`. */
function between(from: Float64Array, to: Float64Array, value: number): number {
  const last = from.length - 1;
  if (value <= from[0]!) return to[0]! + value - from[0]!;
  if (value >= from[last]!) return to[last]! + value - from[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= value) low = middle;
    else high = middle;
  }
  const share = (value - from[low]!) / (from[high]! - from[low]!);
  // What is rounded is not to come behind the end of its piece.
  return Math.min(to[high]!, to[low]! + share * (to[high]! - to[low]!));
}

const known = new WeakMap<Trace, Map<TimeScaleName, TimeMap | undefined>>();

/** The map of a trace for a scale; `undefined` where moments lie where they are. All that show a trace share it. */
export function timeMapOf(trace: Trace, scale: TimeScaleName): TimeMap | undefined {
  if (scale !== 'compact' && scale !== 'sequence') return undefined;
  let maps = known.get(trace);
  if (!maps) known.set(trace, (maps = new Map<TimeScaleName, TimeMap | undefined>()));
  if (!maps.has(scale)) maps.set(scale, scale === 'compact' ? compactMap(trace) : sequenceMap(trace));
  return maps.get(scale);
}

/** Starts and ends of spans in order, with equal steps between them. */
function sequenceMap(trace: Trace): TimeMap | undefined {
  const { table, tree, startTime, duration } = trace;
  const count = tree.nodes.length;
  const all = new Float64Array(2 * count + 2);
  all[1] = duration;
  let filled = 2;
  for (let position = 0; position < count; position++) {
    const row = trace.rowAt(position);
    const start = table.starts[row]! - startTime;
    const end = table.ends[row]! - startTime;
    if (start >= 0) all[filled++] = start;
    if (end >= 0) all[filled++] = end;
  }
  const moments = distinct(all.subarray(0, filled).sort());
  const steps = moments.length - 1;
  if (steps < 2) return undefined;
  return new TimeMap(
    moments,
    moments.map((_, step) => (step / steps) * duration),
  );
}

function distinct(sorted: Float64Array): Float64Array {
  let count = 0;
  for (const value of sorted) if (count === 0 || value > sorted[count - 1]!) sorted[count++] = value;
  return sorted.slice(0, count);
}

/** Without the stretches in which nothing happens. */
function compactMap(trace: Trace): TimeMap | undefined {
  const { duration } = trace;
  const breaks = idleStretches(trace);
  if (breaks.length === 0) return undefined;
  const idle = breaks.reduce((sum, { start, end }) => sum + end - start, 0);
  const busy = Math.max(0, duration - idle);
  const width = ((busy || 1) * BREAK_SHARE) / (1 - BREAK_SHARE * breaks.length);
  const unit = duration / (busy + width * breaks.length);
  const moments = [0];
  const places = [0];
  const add = (moment: number, by: number): void => {
    if (moment <= moments.at(-1)!) return;
    moments.push(moment);
    places.push(places.at(-1)! + by * unit);
  };
  for (const { start, end } of breaks) {
    add(start, start - moments.at(-1)!);
    add(end, width);
  }
  add(duration, duration - moments.at(-1)!);
  return new TimeMap(Float64Array.from(moments), Float64Array.from(places), breaks, unit);
}

/** Long stretches in which no span without children runs, ascending. */
export function idleStretches(trace: Trace): TimeBreak[] {
  const { table, tree, startTime, duration } = trace;
  const starts = new Float64Array(tree.nodes.length);
  const ends = new Float64Array(tree.nodes.length);
  let count = 0;
  for (let position = 0; position < tree.nodes.length; position++) {
    if (tree.childCount[position]! > 0) continue;
    const row = trace.rowAt(position);
    const start = table.starts[row]! - startTime;
    if (Number.isNaN(start)) continue;
    const end = table.ends[row]! - startTime;
    starts[count] = end < start ? end : start;
    ends[count++] = Number.isNaN(end) ? duration : Math.max(start, end);
  }
  const stretches: TimeBreak[] = [];
  if (count === 0) return stretches;
  const least = duration * IDLE_SHARE;
  const from = starts.subarray(0, count).sort();
  const to = ends.subarray(0, count).sort();
  // Of what began up to a moment, some has ended: nothing runs where all of it has.
  let busyUntil = 0;
  for (let begun = 0; begun <= count; begun++) {
    const start = begun < count ? from[begun]! : duration;
    if (begun > 0) busyUntil = to[begun - 1]!;
    if (start - busyUntil > least) stretches.push({ start: busyUntil, end: start });
  }
  return stretches;
}
