import { clamped, type TimeRange } from '../../internal/flame-range.js';

/** What a drag in the overview does: draws a new range, moves the one that is seen, or moves one end of it. */
export type Grip = 'new' | 'move' | 'start' | 'end';

/** What is taken hold of at a moment. `reach` is how far from an end it still is that end, in ms. */
export function gripAt(at: number, seen: TimeRange, whole: TimeRange, reach: number): Grip {
  if (seen.start <= whole.start && seen.end >= whole.end) return 'new';
  const [toStart, toEnd] = [Math.abs(at - seen.start), Math.abs(at - seen.end)];
  if (Math.min(toStart, toEnd) <= reach) return toStart < toEnd ? 'start' : 'end';
  return at > seen.start && at < seen.end ? 'move' : 'new';
}

/** The range after a drag from one moment to another. */
export function brushed(grip: Grip, from: number, to: number, seen: TimeRange, whole: TimeRange): TimeRange {
  if (grip === 'move') return clamped({ start: seen.start + to - from, end: seen.end + to - from }, whole);
  const fixed = grip === 'new' ? from : grip === 'start' ? seen.end : seen.start;
  const inside = Math.min(whole.end, Math.max(whole.start, to));
  return clamped({ start: Math.min(fixed, inside), end: Math.max(fixed, inside) }, whole);
}

/** The range that is seen, with a moment in its middle. */
export function centred(at: number, { start, end }: TimeRange, whole: TimeRange): TimeRange {
  const half = (end - start) / 2;
  return clamped({ start: at - half, end: at + half }, whole);
}
