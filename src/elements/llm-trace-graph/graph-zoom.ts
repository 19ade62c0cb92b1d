import { TREMBLE, wheelFactor, wheelPixels } from '../../internal/pointer-units.js';

/** Scales between which can be zoomed. */
const SMALLEST = 0.1;
const LARGEST = 2.5;
/** Below this scale words are hard to read: the first look scrolls rather than shrinks. */
const READABLE = 0.8;

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Host {
  /** What scrolls. */
  scroller(): HTMLElement | null;
  /** What is in it, scaled. */
  plane(): HTMLElement | null;
  /** Size of what is in it at the scale 1, in CSS pixels; `undefined` while there is nothing. */
  size(): { readonly width: number; readonly height: number } | undefined;
  /** Where a look begins, at the scale 1. */
  origin(): Place | undefined;
  /** The scale is another one: render, then call `settle()`. */
  changed(): void;
  /** There is more room or less. */
  resized(): void;
}

/**
 * Moves and scales a drawing that lies in a box which scrolls: the browser's own scrolling moves it, by wheel, touch and bars,
 * and brings what is focused into sight. A mouse drags; with Ctrl or ⌘ the wheel zooms, two fingers do.
 */
export class GraphZoom {
  scale = 1;
  readonly #host: Host;
  /** While nobody has zoomed, the scale follows the size of the box; not below this. */
  #fitted: number | undefined = READABLE;
  /** What is to stay where it is: its place in the drawing, and in the page. */
  #anchor: { content: Place; page: Place } | undefined;
  #toOrigin = true;
  #observer: ResizeObserver | undefined;
  #observed: Element | undefined;
  #frame: number | undefined;
  #drag: { id: number; x: number; y: number; isMoving: boolean } | undefined;
  #fingers = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Watches the size of what the box is in. */
  follow(frame: Element | undefined): void {
    if (frame === this.#observed) return;
    this.#observed = frame;
    this.#observer?.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    if (!frame) return;
    // Not at once: what is rendered may change the size, and an observer must not be told in its own turn.
    this.#observer = new ResizeObserver(() => {
      this.#frame ??= requestAnimationFrame(() => {
        this.#frame = undefined;
        this.refit();
        this.#host.resized();
      });
    });
    this.#observer.observe(frame);
  }

  /** Begins anew with another drawing. */
  reset(): void {
    this.#fitted = READABLE;
    this.#toOrigin = true;
    this.refit();
  }

  /** Shows all of it. */
  fit(): void {
    this.#fitted = SMALLEST;
    this.#toOrigin = true;
    this.refit();
    this.#host.changed();
  }

  /** Fits what is in the box, if nobody has zoomed. */
  refit(): void {
    const box = this.#host.scroller();
    const size = this.#host.size();
    if (this.#fitted === undefined || !box || !size || box.offsetWidth === 0 || box.offsetHeight === 0) return;
    const whole = Math.min(1, (box.offsetWidth - 2) / size.width, (box.offsetHeight - 2) / size.height);
    const scale = Math.max(this.#fitted, whole);
    if (scale === this.scale) return;
    this.scale = scale;
    this.#toOrigin = true;
    this.#host.changed();
  }

  /** @param place what stays where it is, in px of the page; the middle where it is left out */
  zoom(factor: number, place?: Place): void {
    const box = this.#host.scroller();
    const plane = this.#host.plane();
    if (!box || !plane) return;
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    if (scale === this.scale) return;
    const seen = box.getBoundingClientRect();
    const page = place ?? { x: seen.left + seen.width / 2, y: seen.top + seen.height / 2 };
    const { left, top } = plane.getBoundingClientRect();
    this.#anchor = { page, content: { x: (page.x - left) / this.scale, y: (page.y - top) / this.scale } };
    this.#fitted = undefined;
    this.scale = scale;
    this.#host.changed();
  }

  /** Puts the drawing where it belongs, once it is rendered. */
  settle(): void {
    const box = this.#host.scroller();
    const plane = this.#host.plane();
    if (!box || !plane) return;
    const anchor = this.#anchor;
    this.#anchor = undefined;
    if (anchor) {
      const { left, top } = plane.getBoundingClientRect();
      box.scrollLeft += left + anchor.content.x * this.scale - anchor.page.x;
      box.scrollTop += top + anchor.content.y * this.scale - anchor.page.y;
    } else if (this.#toOrigin && box.offsetHeight > 0) {
      const origin = this.#host.origin();
      if (!origin) return;
      this.#toOrigin = false;
      box.scrollLeft = 0;
      box.scrollTop = origin.y * this.scale - box.clientHeight / 2;
    }
  }

  /** Brings a part of the drawing into sight, and moves nothing outside of the box. */
  reveal(part: Element): void {
    const box = this.#host.scroller();
    if (!box) return;
    const seen = box.getBoundingClientRect();
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const across = left < seen.left ? left - seen.left : Math.max(0, right - seen.right);
    const down = top < seen.top ? top - seen.top : Math.max(0, bottom - seen.bottom);
    box.scrollBy(across, down);
  }

  readonly onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(1 / wheelFactor(wheelPixels(event).y), { x: event.clientX, y: event.clientY });
  };

  readonly onPointerDown = ({ button, pointerType, pointerId, clientX, clientY }: PointerEvent): void => {
    // What a finger moves, the browser scrolls.
    if (button !== 0 || pointerType === 'touch') return;
    this.#drag = { id: pointerId, x: clientX, y: clientY, isMoving: false };
  };

  readonly onPointerMove = ({ pointerId, buttons, clientX: x, clientY: y }: PointerEvent): void => {
    const drag = this.#drag;
    const box = this.#host.scroller();
    if (!box || drag?.id !== pointerId) return;
    // A button that was let go outside of the window is not told.
    if (buttons === 0) {
      this.#drag = undefined;
      return;
    }
    if (!drag.isMoving) {
      if (Math.hypot(x - drag.x, y - drag.y) < TREMBLE) return;
      drag.isMoving = true;
      // Only now: a captured press would be a click on the box and nothing in it.
      box.setPointerCapture(pointerId);
    }
    box.scrollBy(drag.x - x, drag.y - y);
    Object.assign(drag, { x, y });
  };

  readonly onPointerEnd = (): void => {
    this.#drag = undefined;
  };

  /** Two fingers zoom; what one does is the browser's. */
  readonly onTouchMove = (event: TouchEvent): void => {
    const [one, other] = event.touches;
    if (!one || !other) {
      this.#fingers = 0;
      return;
    }
    if (event.cancelable) event.preventDefault();
    const distance = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    if (this.#fingers > 0 && distance > 0) {
      const middle = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
      this.zoom(distance / this.#fingers, middle);
    }
    this.#fingers = distance;
  };

  readonly onTouchEnd = (): void => {
    this.#fingers = 0;
  };
}
