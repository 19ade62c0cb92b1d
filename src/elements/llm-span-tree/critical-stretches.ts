import type { CriticalPath, PathSegment } from '../../analysis/index.js';
import type { TimeScale } from '../../internal/time-scale.js';

/** Stretches that are closer together than this, or shorter, are drawn as one: percent of the lane. */
const LEAST = 0.15;

/** The stretches of the critical path, by the position of their span. */
export function stretchesBySpan({ segments }: CriticalPath): ReadonlyMap<number, readonly PathSegment[]> {
  const stretches = new Map<number, PathSegment[]>();
  for (const segment of segments) {
    const known = stretches.get(segment.span.index);
    if (known) known.push(segment);
    else stretches.set(segment.span.index, [segment]);
  }
  return stretches;
}

/** Milliseconds of stretches, together. */
export const timeOf = (stretches: readonly PathSegment[]): number =>
  stretches.reduce((sum, { start, end }) => sum + end - start, 0);

/** Stretches as a CSS image over the whole lane: one node a row, however many there are. */
export function stretchesImage(stretches: readonly PathSegment[], scale: TimeScale): string {
  const percent = (time: number): number => Math.round(scale.fraction(scale.start + time) * 1e5) / 1e3;
  const drawn: { from: number; to: number }[] = [];
  for (const { start, end } of stretches) {
    const from = percent(start);
    const to = Math.max(percent(end), from + LEAST);
    const before = drawn.at(-1);
    if (before && from - before.to < LEAST) before.to = to;
    else drawn.push({ from, to });
  }
  const stops = drawn.map(({ from, to }) => `transparent ${from}%, currentColor ${from}% ${to}%, transparent ${to}%`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
