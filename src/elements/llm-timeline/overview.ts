import { html, nothing, type TemplateResult } from 'lit';
import type { TimeRange } from '../../internal/flame-range.js';
import { brushed, centred, gripAt, type Grip } from './brush.js';
import { CanvasSizer } from './canvas-size.js';
import type { Flame } from './flame.js';
import { paintMinimap } from './minimap.js';
import type { Palette } from './palette.js';

/** How far from an end of the range it can be taken hold of, in CSS pixels. */
const REACH = { mouse: 6, other: 16 };
/** Pixels that a press may tremble. */
const TREMBLE = 3;

interface OverviewOptions {
  seen(): TimeRange;
  whole(): TimeRange;
  show(range: TimeRange): void;
  /** It has another size, and is to be painted anew. */
  resized(): void;
  /** Another grip is under the pointer. */
  changed(): void;
}

interface Drawn {
  readonly flame: Flame;
  readonly palette: Palette;
  readonly duration: number;
}

interface Press {
  readonly grip: Grip;
  readonly at: number;
  readonly clientX: number;
  readonly seen: TimeRange;
  hasMoved: boolean;
}

/**
 * The whole trace above the chart, and what is seen of it. Its canvas keeps what was drawn: only another trace, size or palette
 * draws it anew. Keys and buttons of the chart do what is done here, so that nobody needs a pointer for it.
 */
export class Overview {
  readonly #options: OverviewOptions;
  readonly #sizer = new CanvasSizer(() => {
    this.forget();
    this.#options.resized();
  });
  #drawn: Drawn | undefined;
  #press: Press | undefined;
  #grip: Grip = 'new';

  constructor(options: OverviewOptions) {
    this.#options = options;
  }

  follow(canvas: HTMLCanvasElement | undefined): void {
    this.#sizer.follow(canvas);
  }

  /** What is drawn is of no use any more. */
  forget(): void {
    this.#drawn = undefined;
  }

  paint(canvas: HTMLCanvasElement, { flame, palette, duration }: Drawn): void {
    const before = this.#drawn;
    if (before?.flame === flame && before.palette === palette && before.duration === duration) return;
    if (this.#sizer.size.pixelWidth === 0) return;
    paintMinimap(canvas, { flame, palette, duration, size: this.#sizer.size });
    this.#drawn = { flame, palette, duration };
  }

  render(): TemplateResult {
    const whole = this.#options.whole();
    const seen = this.#options.seen();
    const isAll = seen.start <= whole.start && seen.end >= whole.end;
    const style = `--from: ${seen.start / whole.end}; --to: ${seen.end / whole.end}`;
    return html`<div
      class="map grip-${this.#grip}"
      aria-hidden="true"
      @pointerdown=${this.#onPointerDown}
      @pointermove=${this.#onPointerMove}
      @pointerup=${this.#onPointerUp}
      @pointercancel=${this.#onPointerUp}
      @dblclick=${() => this.#options.show(this.#options.whole())}
    >
      <canvas></canvas>
      ${
        isAll
          ? nothing
          : html`<div class="shade before" .style=${style}></div>
              <div class="shade after" .style=${style}></div>
              <div class="window" .style=${style}></div>`
      }
    </div>`;
  }

  /** The moment at a place of the page, and how long a pixel is. */
  #momentAt({ currentTarget, clientX }: PointerEvent): { at: number; perPixel: number } {
    const { left, width } = (currentTarget as Element).getBoundingClientRect();
    const whole = this.#options.whole();
    const perPixel = (whole.end - whole.start) / Math.max(1, width);
    return { at: whole.start + (clientX - left) * perPixel, perPixel };
  }

  #gripAt(event: PointerEvent): Grip {
    const { at, perPixel } = this.#momentAt(event);
    const reach = event.pointerType === 'mouse' ? REACH.mouse : REACH.other;
    return gripAt(at, this.#options.seen(), this.#options.whole(), reach * perPixel);
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#press) return;
    const { at } = this.#momentAt(event);
    const grip = this.#gripAt(event);
    this.#press = { grip, at, clientX: event.clientX, seen: this.#options.seen(), hasMoved: false };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    const press = this.#press;
    if (!press) {
      const grip = this.#gripAt(event);
      if (grip === this.#grip) return;
      this.#grip = grip;
      this.#options.changed();
      return;
    }
    press.hasMoved ||= Math.abs(event.clientX - press.clientX) > TREMBLE;
    if (!press.hasMoved) return;
    this.#options.show(brushed(press.grip, press.at, this.#momentAt(event).at, press.seen, this.#options.whole()));
  };

  readonly #onPointerUp = (event: PointerEvent): void => {
    const press = this.#press;
    this.#press = undefined;
    // A press beside the range brings that place into the middle.
    if (!press || press.hasMoved || press.grip !== 'new' || event.type === 'pointercancel') return;
    this.#options.show(centred(press.at, press.seen, this.#options.whole()));
  };
}
