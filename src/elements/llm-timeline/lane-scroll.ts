import { AXIS_HEIGHT, LANE_HEIGHT } from './flame-view.js';

/** Beyond this height, in CSS pixels, browsers lose count. More lanes than fit share it. */
const MOST_ROOM = 8_000_000;

interface LaneScrollOptions {
  scroller(): HTMLElement | null;
  laneCount(): number;
  /** Height of the chart with its axis, in CSS pixels. */
  viewHeight(): number;
}

/** How far the lanes are scrolled. Lengths are CSS pixels. */
export class LaneScroll {
  readonly #options: LaneScrollOptions;

  constructor(options: LaneScrollOptions) {
    this.#options = options;
  }

  /** What the scroller needs beside the chart, to be scrolled from the first lane to the last. */
  get room(): number {
    return Math.min(this.#hidden, MOST_ROOM);
  }

  /** How far the first lane is above the chart. */
  get scrolled(): number {
    const { room } = this;
    const top = this.#options.scroller()?.scrollTop ?? 0;
    return room > 0 ? Math.min(1, top / room) * this.#hidden : 0;
  }

  /** Moves with a pointer. */
  drag(y: number): void {
    const scroller = this.#options.scroller();
    if (scroller) scroller.scrollTop -= y;
  }

  /** Brings a lane to the middle, if it is out of sight. */
  reveal(lane: number): void {
    const scroller = this.#options.scroller();
    const top = lane * LANE_HEIGHT;
    const view = this.#view;
    const { scrolled } = this;
    if (!scroller || this.#hidden <= 0 || (top >= scrolled && top + LANE_HEIGHT <= scrolled + view)) return;
    scroller.scrollTop = ((top - (view - LANE_HEIGHT) / 2) / this.#hidden) * this.room;
  }

  get #view(): number {
    return this.#options.viewHeight() - AXIS_HEIGHT;
  }

  /** The last lane stays clear of the edge. Nothing is hidden of what has no size yet: a scrollbar would come and go. */
  get #hidden(): number {
    if (this.#options.viewHeight() === 0) return 0;
    return Math.max(0, (this.#options.laneCount() + 0.5) * LANE_HEIGHT - this.#view);
  }
}
