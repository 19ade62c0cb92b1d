import { stateCode, type GradientTable } from '../../analysis/gradients/index.js';
import type { CanvasSize } from '../llm-timeline/canvas-size.js';
import type { GradientPalette } from './gradient-palette.js';
import type { StepRange } from './step-range.js';

/** In CSS pixels. */
export const ROW_HEIGHT = 20;
/** Of the strip that has the worst state of each step over all rows. */
export const STRIP_HEIGHT = 12;

/** What is drawn. */
export interface GradientPicture {
  readonly table: GradientTable;
  /** Rows in their order, and which of them are in sight. */
  readonly order: readonly number[];
  readonly first: number;
  readonly count: number;
  readonly range: StepRange;
  readonly size: CanvasSize;
  readonly palette: GradientPalette;
}

const MISSING = stateCode('missing');
const VANISHING = stateCode('vanishing');
const DEAD = stateCode('dead');
const EXPLODING = stateCode('exploding');
const NAN = stateCode('nan');

/** Of a pattern, in CSS pixels. */
const TILE = 10;

/** Draws norms as a map: work depends on the pixels, and on the steps in sight of the rows in sight. */
export class GradientPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #shades = document.createElement('canvas');
  #patterns: { palette: GradientPalette; ratio: number; byState: ReadonlyMap<number, CanvasPattern> } | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  draws(canvas: HTMLCanvasElement): boolean {
    return this.#canvas === canvas;
  }

  paint(picture: GradientPicture): void {
    const { size, count, range, palette, table } = picture;
    const { pixelWidth: width, pixelHeight: height, ratio } = size;
    const canvas = this.#canvas;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.clearRect(0, 0, width, height);
    const columns = Math.min(range.to - range.from, width);
    if (columns === 0) return;
    const patterns = this.#patternsFor(context, palette, ratio);
    const edge = (column: number): number => Math.round((column / columns) * width);
    const strip = Math.round((STRIP_HEIGHT - 4) * ratio);
    context.fillStyle = palette.line;
    context.fillRect(0, strip - 1, width, 1);
    const mark = (states: Uint8Array, from: number, top: number, tall: number): void => {
      for (const [state, start, end] of runs(states, from, columns)) {
        const pattern = patterns.get(state);
        if (!pattern) continue;
        if (state === NAN || state === DEAD || state === MISSING) {
          context.fillStyle = state === NAN ? palette.error : palette.background;
          context.fillRect(edge(start), top, edge(end) - edge(start), tall);
        }
        context.fillStyle = pattern;
        context.fillRect(edge(start), top, edge(end) - edge(start), tall);
      }
    };
    mark(worstOfColumns(table.worst, range, columns), 0, 0, strip);
    if (count === 0) return;
    const states = this.#shade(picture, columns);
    const top = Math.round(STRIP_HEIGHT * ratio);
    context.imageSmoothingEnabled = false;
    const bottom = (row: number): number => top + Math.round(row * ROW_HEIGHT * ratio);
    context.drawImage(this.#shades, 0, 0, columns, count, 0, top, width, bottom(count) - top);
    for (let row = 0; row < count; row++) {
      mark(states, row * columns, bottom(row), bottom(row + 1) - bottom(row));
      context.fillStyle = palette.background;
      context.fillRect(0, bottom(row + 1) - 1, width, 1);
    }
  }

  /** Puts a pixel for each row and column into an image, and gives the states. */
  #shade({ table, order, first, count, range, palette }: GradientPicture, columns: number): Uint8Array {
    const { values, states, steps, decades } = table;
    const image = new ImageData(columns, count);
    const pixels = new Uint32Array(image.data.buffer);
    const worst = new Uint8Array(columns * count);
    const shown = range.to - range.from;
    const [low, high] = decades;
    const last = palette.ramp.length - 1;
    for (let row = 0; row < count; row++) {
      const start = order[first + row]! * steps.length + range.from;
      for (let column = 0; column < columns; column++) {
        const end = start + Math.floor(((column + 1) * shown) / columns);
        let greatest = -Infinity;
        let state = MISSING;
        for (let at = start + Math.floor((column * shown) / columns); at < end; at++) {
          if (states[at]! > state) state = states[at]!;
          const value = values[at]!;
          if (value > greatest && value < Infinity) greatest = value;
        }
        worst[row * columns + column] = state;
        if (greatest === -Infinity) continue;
        const share = greatest > 0 ? (Math.log10(greatest) - low) / (high - low) : 0;
        pixels[row * columns + column] = palette.ramp[Math.max(0, Math.min(last, Math.round(share * last)))]!;
      }
    }
    this.#shades.width = columns;
    this.#shades.height = count;
    this.#shades.getContext('2d')!.putImageData(image, 0, 0);
    return worst;
  }

  /** A state is told by its pattern, whatever the colours are. */
  #patternsFor(
    context: CanvasRenderingContext2D,
    palette: GradientPalette,
    ratio: number,
  ): ReadonlyMap<number, CanvasPattern> {
    if (this.#patterns?.palette === palette && this.#patterns.ratio === ratio) return this.#patterns.byState;
    const { error, text, background, line } = palette;
    const pattern = (draw: (tile: CanvasRenderingContext2D) => void): CanvasPattern => {
      const tile = document.createElement('canvas');
      tile.width = tile.height = Math.max(1, Math.round(TILE * ratio));
      const inside = tile.getContext('2d')!;
      inside.scale(tile.width / TILE, tile.height / TILE);
      draw(inside);
      return context.createPattern(tile, 'repeat')!;
    };
    const byState = new Map([
      [NAN, pattern((tile) => strokes(tile, background, 1.5, RISING, FALLING))],
      [
        EXPLODING,
        pattern((tile) => {
          strokes(tile, background, 4, RISING);
          strokes(tile, error, 2, RISING);
        }),
      ],
      [
        VANISHING,
        pattern((tile) => {
          strokes(tile, background, 3, FALLING);
          strokes(tile, text, 1, FALLING);
        }),
      ],
      [DEAD, pattern((tile) => strokes(tile, text, 2, LEVEL))],
      [MISSING, pattern((tile) => strokes(tile, line, 1, DOT))],
    ]);
    this.#patterns = { palette, ratio, byState };
    return byState;
  }
}

type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

/** Strokes go beyond the tile, so that tiles join. */
const RISING: readonly Stroke[] = [-TILE, 0, TILE].map((by) => [by - 1, TILE + 1, by + TILE + 1, -1]);
const FALLING: readonly Stroke[] = [-TILE, 0, TILE].map((by) => [by - 1, -1, by + TILE + 1, TILE + 1]);
/** Apart from each other: a line through all of it would look like the edge of a row. */
const LEVEL: readonly Stroke[] = [[1, TILE / 2, TILE - 3, TILE / 2]];
const DOT: readonly Stroke[] = [[4, 5, 6, 5]];

function strokes(
  context: CanvasRenderingContext2D,
  colour: string,
  width: number,
  ...lists: readonly (readonly Stroke[])[]
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (const [fromX, fromY, toX, toY] of lists.flat()) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
  context.stroke();
}

function worstOfColumns(worst: Uint8Array, { from, to }: StepRange, columns: number): Uint8Array {
  const shown = to - from;
  const result = new Uint8Array(columns);
  for (let column = 0; column < columns; column++) {
    const end = from + Math.floor(((column + 1) * shown) / columns);
    for (let at = from + Math.floor((column * shown) / columns); at < end; at++) {
      if (worst[at]! > result[column]!) result[column] = worst[at]!;
    }
  }
  return result;
}

/** Neighbours of one state. */
function* runs(
  states: Uint8Array,
  from: number,
  columns: number,
): Generator<[state: number, start: number, end: number]> {
  for (let start = 0; start < columns;) {
    const state = states[from + start]!;
    let end = start + 1;
    while (end < columns && states[from + end] === state) end++;
    yield [state, start, end];
    start = end;
  }
}
