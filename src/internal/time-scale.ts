import type { TimeMap } from './time-map.js';

/** Ticks closer together than this share of the distance that they are to have are left out. */
const LEAST_DISTANCE = 0.6;

/** Steps between ticks that people read easily, in units of a power of ten of milliseconds. */
const STEPS = [1, 2, 2.5, 5, 10];
/** Beyond seconds, time is counted in sixties. */
const LONG_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);

/** From a stretch of time to fractions of a width, and back. */
export class TimeScale {
  /** Milliseconds, counted from wherever the times are counted from. */
  readonly start: number;
  readonly duration: number;
  /** Where moments are drawn, if not where they are. */
  readonly map: TimeMap | undefined;

  constructor(start: number, duration: number, map?: TimeMap) {
    this.map = map;
    this.start = start;
    this.duration = duration > 0 ? duration : 0;
  }

  /** Place of a moment: 0 at the start, 1 at the end. */
  fraction(time: number): number {
    if (!this.duration) return 0;
    const { map } = this;
    return map ? map.placeOf(time - this.start) / map.placeOf(this.duration) : (time - this.start) / this.duration;
  }

  /** Moments for about `count` ticks, in ms from the start, at round numbers. */
  ticks(count: number): number[] {
    const { map } = this;
    if (map && this.duration) return mappedTicks(map, 0, map.placeOf(this.duration), count);
    const step = tickStep(this.duration / Math.max(1, count));
    const ticks: number[] = [];
    for (let index = 0; step > 0 && index * step <= this.duration; index++) ticks.push(index * step);
    return ticks.length ? ticks : [0];
  }
}

/**
 * Moments for about `count` ticks between two places of a map: at round numbers where there is a scale, else at places that are
 * equally far apart.
 */
export function mappedTicks(map: TimeMap, from: number, to: number, count: number): number[] {
  const distance = (to - from) / Math.max(1, count);
  if (!(distance > 0)) return [];
  const ticks: number[] = [];
  if (map.unit === undefined) {
    const step = decimalStep(distance);
    for (let place = Math.ceil(from / step) * step; place <= to; place += step) ticks.push(map.momentAt(place));
    return ticks;
  }
  const step = tickStep(distance / map.unit);
  let lastPlace = -Infinity;
  const addBetween = (start: number, end: number): void => {
    for (let at = Math.ceil(start / step); at * step <= end; at++) {
      const place = map.placeOf(at * step);
      if (place - lastPlace < distance * LEAST_DISTANCE) continue;
      ticks.push(at * step);
      lastPlace = place;
    }
  };
  let start = map.momentAt(from);
  const last = map.momentAt(to);
  for (const idle of map.breaks) {
    if (idle.end <= start) continue;
    if (idle.start >= last) break;
    addBetween(start, idle.start);
    start = idle.end;
  }
  if (start <= last) addBetween(start, last);
  return ticks;
}

/** The smallest round step that is not below `least`. */
function tickStep(least: number): number {
  if (!(least > 0)) return 0;
  if (least > 30_000) {
    const long = LONG_STEPS.find((step) => step >= least);
    if (long) return long;
    const days = 86_400_000;
    return days * decimalStep(least / days);
  }
  return decimalStep(least);
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * 0.999_999) ?? 10);
}
