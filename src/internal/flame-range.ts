/** A stretch of a trace, in milliseconds from its start. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** Nobody looks closer than this many milliseconds: clocks tell nanoseconds. */
const SHORTEST = 1e-4;
/** How much room is left beside a span that is fitted, as a share of it. */
const MARGIN = 0.05;

/** The whole of a trace that takes so many milliseconds: never empty. */
export const wholeRange = (duration: number): TimeRange => ({ start: 0, end: Math.max(duration, SHORTEST) });

/** A range inside a whole, neither too short nor too long, or the whole where it is none. */
export function clamped({ start, end }: TimeRange, whole: TimeRange): TimeRange {
  const longest = whole.end - whole.start;
  const length = Math.min(longest, Math.max(SHORTEST, end - start));
  // Not a number in, the whole out.
  if (!(length > 0) || Number.isNaN(start)) return whole;
  if (length === longest) return whole;
  const first = Math.min(Math.max(start, whole.start), whole.end - length);
  return { start: first, end: first + length };
}

/**
 * Shows more or less of the time.
 *
 * @param factor length of the new range as a share of the old one
 * @param at share of the width that stays where it is: 0 at the left, 1 at the right
 */
export function zoomed({ start, end }: TimeRange, factor: number, at: number, whole: TimeRange): TimeRange {
  const length = end - start;
  const longest = whole.end - whole.start;
  const wanted = Math.min(longest, Math.max(SHORTEST, length * factor));
  const first = start + (length - wanted) * at;
  return clamped({ start: first, end: first + wanted }, whole);
}

/** Moves on by a share of what is seen. */
export function panned({ start, end }: TimeRange, share: number, whole: TimeRange): TimeRange {
  const by = (end - start) * share;
  return clamped({ start: start + by, end: end + by }, whole);
}

/** A range in which a span takes most of the width. */
export function fitted(span: TimeRange, whole: TimeRange): TimeRange {
  const margin = Math.max(SHORTEST, span.end - span.start) * MARGIN;
  return clamped({ start: span.start - margin, end: span.end + margin }, whole);
}

/** The range moved by as little as brings a span into sight; where it is longer than the range, its beginning. */
export function reaching(range: TimeRange, span: TimeRange, whole: TimeRange): TimeRange {
  const length = range.end - range.start;
  if (span.start < range.end && span.end > range.start && span.end - span.start >= length) return range;
  const margin = Math.min(length * MARGIN, Math.max(0, (length - (span.end - span.start)) / 2));
  if (span.start < range.start || span.end - span.start >= length) {
    return clamped({ start: span.start - margin, end: span.start - margin + length }, whole);
  }
  if (span.end > range.end) return clamped({ start: span.end + margin - length, end: span.end + margin }, whole);
  return range;
}

export const isSameRange = (one: TimeRange, other: TimeRange): boolean =>
  one.start === other.start && one.end === other.end;
