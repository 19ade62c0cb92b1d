import { formatDuration } from '../../i18n/index.js';
import type { TimeRange } from '../../internal/flame-range.js';
import type { TimeMap } from '../../internal/time-map.js';
import { mappedTicks, TimeScale } from '../../internal/time-scale.js';

export interface Tick {
  /** Place along the axis. */
  readonly at: number;
  readonly label: string;
}

/** A stretch of time that is cut short, by its places. */
export interface AxisBreak extends TimeRange {
  /** How long it is. */
  readonly label: string;
}

/** About `count` ticks at round moments of a range; where there is no scale, at places that are equally far apart. */
export function ticksOf(range: TimeRange, count: number, locale: string, map?: TimeMap): Tick[] {
  const moments = map ? mappedTicks(map, range.start, range.end, count) : roundMoments(range, count);
  const labels = moments.map((at) => (at === 0 ? '0' : formatDuration(at, locale)));
  // Seen closely, seconds would all have one name: they are counted from the first one then.
  const isClear = labels.every((label, index) => label !== labels[index + 1]);
  const [first = 0] = moments;
  return moments.map((at, index) => ({
    at: map ? map.placeOf(at) : at,
    label: isClear || index === 0 ? labels[index]! : `+${formatDuration(at - first, locale)}`,
  }));
}

function roundMoments({ start, end }: TimeRange, count: number): number[] {
  const [, step] = new TimeScale(0, end - start).ticks(count);
  const moments: number[] = [];
  if (!step) return moments;
  const firstStep = Math.ceil(start / step);
  for (let index = 0; (firstStep + index) * step <= end && index <= 2 * count; index++) {
    moments.push((firstStep + index) * step);
  }
  return moments;
}

/** The stretches that are cut short, as far as they are in a range. */
export function breaksOf({ start, end }: TimeRange, locale: string, map: TimeMap | undefined): AxisBreak[] {
  const breaks: AxisBreak[] = [];
  for (const idle of map?.breaks ?? []) {
    const at = { start: map!.placeOf(idle.start), end: map!.placeOf(idle.end) };
    if (at.end > start && at.start < end)
      breaks.push({ ...at, label: `⋯ ${formatDuration(idle.end - idle.start, locale)}` });
  }
  return breaks;
}
