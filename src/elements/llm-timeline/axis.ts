import { formatDuration } from '../../i18n/index.js';
import type { TimeRange } from '../../internal/flame-range.js';
import { TimeScale } from '../../internal/time-scale.js';

export interface Tick {
  /** Milliseconds from the start of the trace. */
  readonly at: number;
  readonly label: string;
}

/** About `count` ticks at round moments of a range. */
export function ticksOf({ start, end }: TimeRange, count: number, locale: string): Tick[] {
  const [, step] = new TimeScale(0, end - start).ticks(count);
  if (!step) return [];
  const moments: number[] = [];
  const firstStep = Math.ceil(start / step);
  for (let index = 0; (firstStep + index) * step <= end && index <= 2 * count; index++) {
    moments.push((firstStep + index) * step);
  }
  const labels = moments.map((at) => (at === 0 ? '0' : formatDuration(at, locale)));
  // Seen closely, seconds would all have one name: they are counted from the first one then.
  const isClear = labels.every((label, index) => label !== labels[index + 1]);
  const [first = 0] = moments;
  return moments.map((at, index) => ({
    at,
    label: isClear || index === 0 ? labels[index]! : `+${formatDuration(at - first, locale)}`,
  }));
}
