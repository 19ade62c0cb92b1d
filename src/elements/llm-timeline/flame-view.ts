import type { Columns } from '../../internal/flame-lanes.js';
import type { TimeRange } from '../../internal/flame-range.js';
import type { CanvasSize } from './canvas-size.js';
import type { Flame } from './flame.js';

/** Heights in CSS pixels. */
export const LANE_HEIGHT = 22;
export const AXIS_HEIGHT = 24;

/** How the lanes are seen. */
export interface FlameView {
  readonly flame: Flame;
  readonly size: CanvasSize;
  readonly range: TimeRange;
  /** How far spans that run reach, in ms from the start of the trace: nothing is seen beyond it. */
  readonly now: number;
  /** How far the lanes are scrolled, in CSS pixels. */
  readonly scrolled: number;
}

/** A range in columns of the width of a canvas: one a pixel of the screen. */
export const columnsOf = ({ start, end }: TimeRange, { pixelWidth }: CanvasSize): Columns => ({
  from: start,
  perColumn: (end - start) / Math.max(1, pixelWidth),
  count: pixelWidth,
});
