import { hasBetween, rectanglesOf } from '../../internal/flame-lanes.js';
import { SPAN_KINDS } from '../../model/index.js';
import type { AxisBreak, Tick } from './axis.js';
import type { CanvasSize } from './canvas-size.js';
import { FittedText } from './fitted-text.js';
import { AXIS_HEIGHT, columnsOf, LANE_HEIGHT, type FlameView } from './flame-view.js';
import type { Palette } from './palette.js';

/** In CSS pixels, as the following. */
const LANE_GAP = 2;
/** The narrowest rectangle that shows more than its colour. */
const LEAST_DETAIL = 8;
const LEAST_LABEL = 26;
const LABEL_PADDING = 5;
const ERROR = SPAN_KINDS.length;
const COLOURS = SPAN_KINDS.length + 1;
/** How much of its colour a span keeps that a search did not find. */
const DIM = 0.25;

/** What is drawn, and with what. */
export interface FlameScene extends FlameView {
  readonly palette: Palette;
  readonly ticks: readonly Tick[];
  readonly breaks: readonly AxisBreak[];
  /** How many of the first spans, by their place in the layout, a search has found; absent while there is none. */
  readonly foundBefore: Uint32Array | undefined;
  labelOf(position: number): string;
  /** The place up to which a span waited for its first token; `undefined` where nothing is known. */
  firstTokenAt(position: number): number | undefined;
}

/** A single span with room for more than a colour. */
interface Wide {
  readonly entry: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** Between neighbours that have the room for it. */
const gapOf = ({ ratio }: CanvasSize): number => Math.max(1, Math.round(ratio));

/** Rectangles of one colour and height. */
class Batch {
  /** Left, width and top of each, one after the other. */
  readonly #boxes: number[] = [];
  /** Where the last one ends, if the next one can be a part of it. */
  #open = -1;

  clear(): void {
    this.#boxes.length = 0;
    this.#open = -1;
  }

  add(left: number, right: number, top: number, gap: number): void {
    const boxes = this.#boxes;
    const width = right - left;
    const isNarrow = width <= 3 * gap;
    if (isNarrow && left === this.#open && boxes[boxes.length - 1] === top) boxes[boxes.length - 2]! += width;
    else boxes.push(left, isNarrow ? width : width - gap, top);
    this.#open = isNarrow ? right : -1;
  }

  fill(context: CanvasRenderingContext2D, height: number): void {
    const boxes = this.#boxes;
    for (let at = 0; at < boxes.length; at += 3) context.fillRect(boxes[at]!, boxes[at + 2]!, boxes[at + 1]!, height);
  }
}

/**
 * Draws the lanes that are in sight. How long that takes depends on the pixels, not on the spans: see `rectanglesOf`. Rectangles
 * are drawn colour by colour, as changing the colour is dear.
 */
export class FlamePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #text = new FittedText();
  #font = '';
  #hatch: CanvasPattern | null = null;
  #hatchOf = '';
  /** Rectangles, a list a colour. */
  readonly #batches = Array.from({ length: COLOURS }, () => new Batch());
  /** The same, of what a search did not find. */
  readonly #dimBatches = Array.from({ length: COLOURS }, () => new Batch());
  /** Left, right and top of marks over columns in which something failed. */
  readonly #marks: number[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#context = canvas.getContext('2d', { alpha: false })!;
  }

  draws(canvas: HTMLCanvasElement): boolean {
    return this.#context.canvas === canvas;
  }

  paint(scene: FlameScene): void {
    const { canvas } = this.#context;
    const { pixelWidth, pixelHeight, ratio } = scene.size;
    if (canvas.width !== pixelWidth) canvas.width = pixelWidth;
    if (canvas.height !== pixelHeight) canvas.height = pixelHeight;
    const context = this.#context;
    const { palette } = scene;
    const font = `${palette.fontSize * ratio}px ${palette.font}`;
    context.font = font;
    context.textBaseline = 'middle';
    if (font !== this.#font) {
      this.#font = font;
      this.#text.reset((text) => context.measureText(text).width);
    }
    context.fillStyle = palette.background;
    context.fillRect(0, 0, pixelWidth, pixelHeight);
    this.#paintGrid(scene);
    const wide = this.#collect(scene);
    this.#paintRectangles(scene);
    this.#paintDetails(scene, wide);
    this.#paintAxis(scene);
  }

  #collect({ flame, size, range, scrolled, foundBefore }: FlameScene): Wide[] {
    const { layout, kinds, errors } = flame;
    const { ratio } = size;
    const columns = columnsOf(range, size);
    const leastDetail = LEAST_DETAIL * ratio;
    const gap = gapOf(size);
    const wide: Wide[] = [];
    for (const batch of [...this.#batches, ...this.#dimBatches]) batch.clear();
    this.#marks.length = 0;
    const firstLane = Math.max(0, Math.floor(scrolled / LANE_HEIGHT));
    const lastLane = Math.ceil((scrolled + size.height - AXIS_HEIGHT) / LANE_HEIGHT);
    for (let lane = firstLane; lane < Math.min(layout.laneCount, lastLane); lane++) {
      const top = Math.round((AXIS_HEIGHT + lane * LANE_HEIGHT - scrolled) * ratio);
      rectanglesOf(layout, lane, columns, (left, right, first, end) => {
        const isOne = end === first + 1;
        const hasError = errors.length > 0 && hasBetween(errors, first, end);
        const isWide = isOne && right - left >= leastDetail;
        const isDim = foundBefore !== undefined && foundBefore[first] === foundBefore[end];
        (isDim ? this.#dimBatches : this.#batches)[hasError && isOne ? ERROR : kinds[first]!]!.add(
          left,
          right,
          top,
          right < columns.count ? gap : 0,
        );
        if (hasError && !isWide) this.#marks.push(left, right, top);
        if (isWide) wide.push({ entry: first, left, right, top });
      });
    }
    return wide;
  }

  #paintRectangles({ size, palette }: FlameScene): void {
    const context = this.#context;
    const gap = gapOf(size);
    const height = Math.round((LANE_HEIGHT - LANE_GAP) * size.ratio);
    const fill = (batch: Batch, code: number): void => {
      context.fillStyle = code === ERROR ? palette.error : palette.fills[code]!;
      batch.fill(context, height);
    };
    context.globalAlpha = DIM;
    this.#dimBatches.forEach(fill);
    context.globalAlpha = 1;
    this.#batches.forEach(fill);
    const marks = this.#marks;
    if (marks.length === 0) return;
    const markHeight = Math.round(4 * size.ratio);
    for (const [colour, inset] of [
      [palette.background, gap],
      [palette.error, 0],
    ] as const) {
      context.fillStyle = colour;
      for (let at = 0; at < marks.length; at += 3) {
        const width = Math.max(2 * gap, marks[at + 1]! - marks[at]!);
        context.fillRect(marks[at]!, marks[at + 2]! + height - markHeight - inset, width, inset || markHeight);
      }
    }
  }

  /** What is in rectangles that have the room for it: hatching where it failed, waiting, whether it runs, the name. */
  #paintDetails(scene: FlameScene, wide: readonly Wide[]): void {
    const context = this.#context;
    const { flame, size, palette, range, foundBefore, labelOf, firstTokenAt } = scene;
    const { layout, kinds, errors } = flame;
    const { ratio } = size;
    const { from, perColumn } = columnsOf(range, size);
    const height = Math.round((LANE_HEIGHT - LANE_GAP) * ratio);
    const strip = Math.round(4 * ratio);
    for (const { entry, left, right, top } of wide) {
      const position = layout.positions[entry]!;
      const isError = errors.length > 0 && hasBetween(errors, entry, entry + 1);
      // Of what was not found, the colour is all that is seen: a name on a pale one could not be read.
      if (foundBefore && foundBefore[entry] === foundBefore[entry + 1]) continue;
      if (isError) {
        context.fillStyle = this.#hatching(palette, ratio) ?? palette.error;
        context.fillRect(left, top, right - left, height);
      }
      const waited = firstTokenAt(position);
      if (waited !== undefined) {
        const until = Math.floor((waited - from) / perColumn);
        context.fillStyle = palette.waiting;
        if (until > left) context.fillRect(left, top + height - strip, Math.min(right, until) - left, strip);
      }
      if (layout.ends[entry] === Infinity && range.end >= scene.now) this.#paintOpenEnd(right, top, height, scene);
      if (right - left < LEAST_LABEL * ratio) continue;
      const padding = LABEL_PADDING * ratio;
      const label = this.#text.fit(labelOf(position), right - left - 2 * padding);
      if (label === '') continue;
      context.fillStyle = isError ? palette.errorInk : palette.inks[kinds[entry]!]!;
      context.fillText(label, left + padding, top + height / 2);
    }
  }

  /** The end of a span that runs is torn. */
  #paintOpenEnd(right: number, top: number, height: number, { size, palette }: FlameScene): void {
    const slit = Math.max(1, Math.round(2 * size.ratio));
    this.#context.fillStyle = palette.background;
    for (const back of [2, 4]) this.#context.fillRect(right - back * slit, top, slit, height);
  }

  /** Stripes, so that a failure is seen without its colour. */
  #hatching(palette: Palette, ratio: number): CanvasPattern | null {
    const key = `${palette.errorInk} ${ratio}`;
    if (key === this.#hatchOf) return this.#hatch;
    const side = Math.max(6, Math.round(7 * ratio));
    const tile = document.createElement('canvas');
    tile.width = tile.height = side;
    const context = tile.getContext('2d')!;
    context.strokeStyle = palette.errorInk;
    context.globalAlpha = 0.3;
    context.lineWidth = Math.max(1, ratio);
    context.beginPath();
    for (const shift of [-side, 0, side]) {
      context.moveTo(shift, side);
      context.lineTo(shift + side, 0);
    }
    context.stroke();
    this.#hatchOf = key;
    this.#hatch = this.#context.createPattern(tile, 'repeat');
    return this.#hatch;
  }

  #columnOf(at: number, { range, size }: FlameScene): number {
    return Math.round(((at - range.start) / (range.end - range.start)) * size.pixelWidth);
  }

  #paintGrid(scene: FlameScene): void {
    const context = this.#context;
    const { size, palette, ticks } = scene;
    context.fillStyle = palette.line;
    for (const { at } of ticks) {
      context.fillRect(this.#columnOf(at, scene), 0, Math.max(1, Math.floor(size.ratio)), size.pixelHeight);
    }
    // Lines close together, where the time is cut short.
    const step = Math.round(4 * size.ratio);
    for (const { start, end } of scene.breaks) {
      const right = Math.min(size.pixelWidth, this.#columnOf(end, scene));
      for (let column = Math.max(0, this.#columnOf(start, scene)); column <= right; column += step) {
        context.fillRect(column, 0, Math.max(1, Math.round(size.ratio)), size.pixelHeight);
      }
    }
  }

  #paintAxis(scene: FlameScene): void {
    const context = this.#context;
    const { size, palette } = scene;
    const breaks = scene.breaks.map(({ start, label }) => ({ at: start, label }));
    const ticks = breaks.length ? [...scene.ticks, ...breaks].sort((one, other) => one.at - other.at) : scene.ticks;
    const height = Math.round(AXIS_HEIGHT * size.ratio);
    const hairline = Math.max(1, Math.floor(size.ratio));
    context.fillStyle = palette.surface;
    context.fillRect(0, 0, size.pixelWidth, height);
    context.fillStyle = palette.line;
    context.fillRect(0, height - hairline, size.pixelWidth, hairline);
    ticks.forEach(({ at, label }, index) => {
      const left = this.#columnOf(at, scene);
      const next = ticks[index + 1];
      const end = next ? this.#columnOf(next.at, scene) : size.pixelWidth;
      context.fillStyle = palette.line;
      context.fillRect(left, 0, hairline, height);
      context.fillStyle = palette.muted;
      const shown = this.#text.fit(label, end - left - 6 * size.ratio);
      // Half a number is another number.
      if (shown === label) context.fillText(label, left + 4 * size.ratio, height / 2);
    });
  }
}
