import type { CanvasSize } from '../llm-timeline/canvas-size.js';
import type { HeatColours } from './heat-colours.js';
import type { Matrix } from './matrix.js';

/** A part of a matrix: the first row and column, and how many there are. */
export interface Part {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

export type HeatScale = 'linear' | 'log';

/** What a logarithmic scale begins with, as a share of its end. */
export const LOG_BEGIN = 1 / 1000;

/** Where a value is on the scale, from 0 to 1. */
export function placeOnScale(value: number, end: number, scale: HeatScale): number {
  if (!(value > 0) || !(end > 0)) return 0;
  const share = Math.min(1, value / end);
  return scale === 'linear' ? share : Math.max(0, 1 - Math.log10(share) / Math.log10(LOG_BEGIN));
}

/** Pixels between the lines of what is not there. */
const HATCH = 6;

/**
 * Draws a part of a matrix, pixel by pixel: each shows the greatest value that it covers, so that nothing is lost where there are
 * fewer pixels than values. What is not a number is hatched.
 */
export function paintHeat(
  canvas: HTMLCanvasElement,
  { pixelWidth, pixelHeight }: CanvasSize,
  { values, columns }: Matrix,
  part: Part,
  { end, scale, colours }: { end: number; scale: HeatScale; colours: HeatColours },
): void {
  const context = canvas.getContext('2d');
  if (!context || pixelWidth === 0 || pixelHeight === 0) return;
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth;
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight;
  const image = context.createImageData(pixelWidth, pixelHeight);
  const pixels = new Uint32Array(image.data.buffer);
  const most = new Float32Array(pixelWidth);
  /** Of the row: 0 for what is not there, which no colour is. */
  const shades = new Uint32Array(pixelWidth);
  const from = edges(part.columns, pixelWidth);
  const rowFrom = edges(part.rows, pixelHeight);
  for (let y = 0; y < pixelHeight; y++) {
    const isAsAbove = y > 0 && rowFrom[y] === rowFrom[y - 1] && rowFrom[y + 1]! <= rowFrom[y]! + 1;
    if (!isAsAbove) {
      most.fill(NaN);
      const lastRow = Math.max(rowFrom[y]! + 1, rowFrom[y + 1]!);
      for (let row = rowFrom[y]!; row < lastRow; row++) {
        const start = (part.row + row) * columns + part.column;
        for (let x = 0; x < pixelWidth; x++) {
          const last = Math.max(from[x]! + 1, from[x + 1]!);
          for (let column = from[x]!; column < last; column++) {
            const value = values[start + column]!;
            // Written so that a number takes the place of none.
            if (!Number.isNaN(value) && !(value <= most[x]!)) most[x] = value;
          }
        }
      }
      for (let x = 0; x < pixelWidth; x++) {
        const value = most[x]!;
        shades[x] = Number.isNaN(value) ? 0 : colours.steps[Math.round(placeOnScale(value, end, scale) * 255)]!;
      }
    }
    for (let x = 0; x < pixelWidth; x++) {
      pixels[y * pixelWidth + x] = shades[x]! || ((x + y) % HATCH ? colours.absent : colours.hatch);
    }
  }
  context.putImageData(image, 0, 0);
}

/** The first value of each pixel, and one more: the end. */
function edges(count: number, pixels: number): Int32Array {
  return Int32Array.from({ length: pixels + 1 }, (_, at) => Math.floor((at * count) / pixels));
}
