import type { ReactiveControllerHost } from 'lit';
import { stateCode, type GradientTable } from '../../analysis/gradients/index.js';
import { Gestures } from '../llm-timeline/gestures.js';
import { gradientAction, type GradientAction } from './gradient-keys.js';
import { ROW_HEIGHT, STRIP_HEIGHT } from './gradient-painter.js';
import { panned, showing, zoomed, type StepRange } from './step-range.js';

/** Rows in sight; the others are scrolled to. */
const MOST_ROWS = 20;

/** A table, and the places of its rows in the order that is shown. */
export interface Shown {
  readonly table: GradientTable;
  readonly order: readonly number[];
}

/** A cell, by the place of its row in the order that is shown, and that of its step. */
export interface Cell {
  readonly row: number;
  readonly step: number;
}

interface Around {
  shown(): Shown | undefined;
  scroller(): HTMLElement | null;
  canvas(): HTMLCanvasElement | null;
  /** What a screen reader is told of a cell. */
  textOf(cell: Cell): string;
}

/** What of the map is seen, and the cell that is looked at: what keys, pointers and the wheel do. */
export class MapPlace {
  /** Cell that keys start from. */
  active: Cell = { row: 0, step: 0 };
  hovered: Cell | undefined;
  /** The first row in sight. */
  first = 0;
  /** What is told to a screen reader. */
  said = '';
  /** The steps in sight, where not all are. */
  #seen: StepRange | undefined;
  /** Part of a step that a drag has gone. */
  #rest = 0;
  readonly #host: ReactiveControllerHost;
  readonly #around: Around;

  readonly gestures = new Gestures({
    drag: (x) => void this.#pan(-x),
    pan: (x) => this.#pan(x),
    zoom: (factor, x) => this.#zoom(factor, this.#placeAt(x)),
    hover: (at) => {
      this.hovered = at && this.#cellAt(at.x, at.y);
      this.#host.requestUpdate();
    },
  });

  constructor(host: ReactiveControllerHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  get range(): StepRange {
    return this.#seen ?? { from: 0, to: this.#count };
  }

  get isAll(): boolean {
    return this.#seen === undefined;
  }

  get rowsInSight(): number {
    return Math.min(MOST_ROWS, this.#around.shown()?.order.length ?? 0);
  }

  get #count(): number {
    return this.#around.shown()?.table.steps.length ?? 0;
  }

  /** Of something else, all is seen. */
  reset(): void {
    this.active = { row: 0, step: 0 };
    this.hovered = this.#seen = undefined;
    this.first = 0;
  }

  /** Another table may have fewer rows and steps. */
  stayInside(): void {
    const rows = this.#around.shown()?.order.length ?? 0;
    const count = this.#count;
    const isInside = ({ row, step }: Cell): boolean => row < rows && step < count;
    if (this.#seen && this.#seen.to > count) this.#seen = undefined;
    if (!isInside(this.active)) this.active = this.#nearest(this.active);
    if (this.hovered && !isInside(this.hovered)) this.hovered = undefined;
    this.first = Math.max(0, Math.min(this.first, rows - this.rowsInSight));
  }

  /** For the buttons. */
  readonly zoomIn = (): void => this.#zoom(0.5, 0.5);
  readonly zoomOut = (): void => this.#zoom(2, 0.5);
  readonly showAll = (): void => this.#see(undefined);

  readonly onScroll = (): void => {
    this.first = Math.round((this.#around.scroller()?.scrollTop ?? 0) / ROW_HEIGHT);
    this.hovered = undefined;
    this.#host.requestUpdate();
  };

  readonly onClick = (event: MouseEvent): void => {
    const cell = this.gestures.hasDragged ? undefined : this.#cellAt(event.clientX, event.clientY);
    if (!cell) return;
    this.active = cell;
    this.#host.requestUpdate();
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const action = gradientAction(event);
    const shown = this.#around.shown();
    if (!action || !shown) return;
    event.preventDefault();
    this.hovered = undefined;
    this.#act(action, shown);
  };

  #act(action: GradientAction, shown: Shown): void {
    const { row, step } = this.active;
    const { from, to } = this.range;
    switch (action.type) {
      case 'row':
        return this.#goTo({ row: row + action.by, step });
      case 'step': {
        // Where several steps are one column, the next column.
        const width = Math.max(1, Math.round((to - from) / this.#width));
        return this.#goTo({ row, step: step + action.by * width });
      }
      case 'page':
        return this.#goTo({ row: row + action.by * this.rowsInSight, step });
      case 'first':
        return this.#goTo({ row, step: 0 });
      case 'last':
        return this.#goTo({ row, step: this.#count - 1 });
      case 'zoom':
        return this.#zoom(action.by > 0 ? 0.5 : 2, Math.max(0, Math.min(1, (step - from) / Math.max(1, to - from))));
      case 'pan':
        return this.#see(panned(this.range, action.by * Math.ceil((to - from) / 4), this.#count));
      case 'all':
        return this.#see(undefined);
      case 'odd':
        return this.#toOdd(shown, action.by);
    }
  }

  /** The next cell, row by row, at which a row begins to be odd. */
  #toOdd({ table: { states, steps }, order }: Shown, by: 1 | -1): void {
    const count = steps.length;
    const least = stateCode('vanishing');
    const codeAt = (row: number, step: number): number => states[order[row]! * count + step]!;
    let { row, step } = this.active;
    for (;;) {
      step += by;
      if (step < 0 || step >= count) {
        row += by;
        if (row < 0 || row >= order.length) return;
        step = by > 0 ? 0 : count - 1;
      }
      const code = codeAt(row, step);
      if (code >= least && (step === 0 || codeAt(row, step - 1) !== code)) return this.#goTo({ row, step });
    }
  }

  #goTo(wanted: Cell): void {
    const cell = this.#nearest(wanted);
    this.active = cell;
    if (this.#seen) this.#seen = showing(this.#seen, cell.step, this.#count);
    const first = cell.row < this.first ? cell.row : Math.max(this.first, cell.row - this.rowsInSight + 1);
    const scroller = this.#around.scroller();
    if (first !== this.first && scroller) scroller.scrollTop = first * ROW_HEIGHT;
    this.said = this.#around.textOf(cell);
    this.#host.requestUpdate();
  }

  #nearest({ row, step }: Cell): Cell {
    const rows = this.#around.shown()?.order.length ?? 0;
    return {
      row: Math.max(0, Math.min(row, rows - 1)),
      step: Math.max(0, Math.min(step, this.#count - 1)),
    };
  }

  #see(range: StepRange | undefined): void {
    this.#seen = range && range.to - range.from < this.#count ? range : undefined;
    this.#host.requestUpdate();
  }

  #zoom(factor: number, place: number): void {
    this.#see(zoomed(this.range, factor, place, this.#count));
  }

  /** Moves by pixels; whether there was somewhere to go. */
  #pan(x: number): boolean {
    const seen = this.#seen;
    if (!seen) return false;
    this.#rest += (x / this.#width) * (seen.to - seen.from);
    const by = Math.trunc(this.#rest);
    this.#rest -= by;
    const range = panned(seen, by, this.#count);
    this.#see(range);
    return by === 0 || range.from !== seen.from;
  }

  get #width(): number {
    return Math.max(1, this.#around.canvas()?.clientWidth ?? 0);
  }

  /** A place of the page, as a share of the map's width. */
  #placeAt(x: number): number {
    const box = this.#around.canvas()?.getBoundingClientRect();
    return box && box.width > 0 ? Math.max(0, Math.min(1, (x - box.left) / box.width)) : 0.5;
  }

  #cellAt(x: number, y: number): Cell | undefined {
    const box = this.#around.canvas()?.getBoundingClientRect();
    if (!box) return undefined;
    const at = Math.floor((y - box.top - STRIP_HEIGHT) / ROW_HEIGHT);
    const { from, to } = this.range;
    const step = Math.min(to - 1, from + Math.floor(this.#placeAt(x) * (to - from)));
    if (at < 0 || at >= this.rowsInSight || step < from) return undefined;
    return { row: this.first + at, step };
  }
}
