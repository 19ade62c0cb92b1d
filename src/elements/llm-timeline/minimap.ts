import { hasBetween, rectanglesOf } from '../../internal/flame-lanes.js';
import { SPAN_KINDS } from '../../model/index.js';
import type { CanvasSize } from './canvas-size.js';
import type { Flame } from './flame.js';
import { columnsOf } from './flame-view.js';
import type { Palette } from './palette.js';

/** Height in CSS pixels of the strip that shows where something failed. */
const ERROR_STRIP = 4;
/** A lane need not be higher, in CSS pixels. */
const MOST_LANE_HEIGHT = 6;

interface Minimap {
  readonly flame: Flame;
  readonly size: CanvasSize;
  readonly palette: Palette;
  /** How long the trace takes by now, in ms. */
  readonly duration: number;
}

/**
 * Draws the whole of a trace. Spans are put into a grid of pixels first, a row a lane or, where there are more lanes than pixels,
 * a row several of them: a million spans are as many rectangles as fit.
 */
export function paintMinimap(canvas: HTMLCanvasElement, { flame, size, palette, duration }: Minimap): void {
  const { layout, kinds, errors } = flame;
  const { pixelWidth: width, pixelHeight, ratio } = size;
  canvas.width = width;
  canvas.height = pixelHeight;
  const context = canvas.getContext('2d', { alpha: false })!;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, pixelHeight);
  const top = Math.round(ERROR_STRIP * ratio);
  const rowCount = Math.min(layout.laneCount, pixelHeight - top);
  if (width <= 0 || rowCount <= 0 || !(duration > 0)) return;

  const grid = new Uint8Array(width * rowCount);
  const failed = new Uint8Array(width);
  const columns = columnsOf({ start: 0, end: duration }, size);
  for (let lane = 0; lane < layout.laneCount; lane++) {
    const row = layout.laneCount === rowCount ? lane : Math.floor((lane / layout.laneCount) * rowCount);
    rectanglesOf(layout, lane, columns, (left, right, first, end) => {
      grid.fill(kinds[first]! + 1, row * width + left, row * width + right);
      if (errors.length > 0 && hasBetween(errors, first, end)) failed.fill(1, left, right);
    });
  }

  const most = (pixelHeight - top) / rowCount;
  const height = Math.max(1, Math.min(Math.floor(most), Math.round(MOST_LANE_HEIGHT * ratio)));
  for (let kind = 0; kind < SPAN_KINDS.length; kind++) {
    context.fillStyle = palette.fills[kind]!;
    for (let row = 0; row < rowCount; row++) {
      fillRuns(context, grid, row * width, width, kind + 1, top + row * height, height > 2 ? height - 1 : height);
    }
  }
  context.fillStyle = palette.error;
  fillRuns(context, failed, 0, width, 1, 0, Math.max(2, top - 1));
}

/** Fills each run of a value in a row of cells. */
function fillRuns(
  context: CanvasRenderingContext2D,
  cells: Uint8Array,
  from: number,
  width: number,
  value: number,
  top: number,
  height: number,
): void {
  for (let column = 0; column < width; column++) {
    if (cells[from + column] !== value) continue;
    const left = column;
    while (column < width && cells[from + column] === value) column++;
    context.fillRect(left, top, column - left, height);
  }
}
