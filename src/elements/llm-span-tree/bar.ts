import type { Span } from '../../model/index.js';
import type { TimeScale } from '../../internal/time-scale.js';

/** Where a span's bar lies, in percent of the lane. */
export interface Bar {
  left: number;
  width: number;
  /** How much of the bar passed before the first token, in percent of the bar. */
  waiting: number | undefined;
}

const percent = (fraction: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * 1e6) / 1e4;

/** `undefined` for a span without times. A running span reaches to the end of the trace. */
export function barOf(span: Span, scale: TimeScale): Bar | undefined {
  if (!span.hasStart) return undefined;
  const start = span.trace.startAt(span.index);
  const end = span.isRunning ? scale.start + scale.duration : start + (span.duration ?? 0);
  const bar = barBetween(start, end, scale);
  const { timeToFirstToken } = span;
  const length = Math.abs(end - start);
  if (timeToFirstToken !== undefined && length > 0 && timeToFirstToken <= length) {
    bar.waiting = percent(scale.map ? waitingOn(scale, start, end, timeToFirstToken) : timeToFirstToken / length);
  }
  return bar;
}

/** The bar from one moment to another, counted as those of the scale are. */
export function barBetween(start: number, end: number, scale: TimeScale): Bar {
  // A span that ends before it starts is drawn over the time that it claims.
  const left = percent(scale.fraction(Math.min(start, end)));
  const right = percent(scale.fraction(Math.max(start, end)));
  return { left, width: Math.max(0, right - left), waiting: undefined };
}

function waitingOn(scale: TimeScale, start: number, end: number, waiting: number): number {
  const left = scale.fraction(start);
  const width = scale.fraction(end) - left;
  return width > 0 ? (scale.fraction(start + waiting) - left) / width : 0;
}
