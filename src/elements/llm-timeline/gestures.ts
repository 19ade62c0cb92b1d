import { TREMBLE, wheelFactor, wheelPixels } from '../../internal/pointer-units.js';

interface Answers {
  /** Moves what is seen with the pointer, by so many pixels. */
  drag(x: number, y: number): void;
  /**
   * @param factor length of the new range as a share of the old one
   * @param x the place that stays where it is, in px of the page
   */
  zoom(factor: number, x: number): void;
  /** Moves along the time by so many pixels; returns whether there was somewhere to go. */
  pan(x: number): boolean;
  /** The mouse is there, or nowhere. */
  hover(at: { x: number; y: number } | undefined): void;
}

interface Pointer {
  x: number;
  y: number;
}

/**
 * Pointers and wheel on the chart. One pointer drags, two pinch. What is only pressed stays a click. The page, or the chart,
 * scrolls by touch up and down and by the wheel alone, as everywhere.
 */
export class Gestures {
  /** Whether the pointers have moved since the first of them went down: what follows is no click. */
  hasDragged = false;
  readonly #answers: Answers;
  readonly #pointers = new Map<number, Pointer>();
  #travelled = 0;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) {
      this.hasDragged = false;
      this.#travelled = 0;
    }
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    const { clientX: x, clientY: y, pointerId, pointerType } = event;
    const pointer = this.#pointers.get(pointerId);
    // A button that was let go outside of the window is not told.
    if (pointer && event.buttons === 0) this.#pointers.delete(pointerId);
    if (!pointer || event.buttons === 0) {
      if (pointerType !== 'touch') this.#answers.hover({ x, y });
      return;
    }
    const { x: fromX, y: fromY } = pointer;
    if (!this.hasDragged) {
      this.#travelled = Math.max(this.#travelled, Math.hypot(x - fromX, y - fromY));
      if (this.#travelled < TREMBLE) return;
      this.hasDragged = true;
      this.#answers.hover(undefined);
    }
    // Only now: a captured press would be a click on the chart and nothing in it.
    const target = event.currentTarget as Element;
    if (!target.hasPointerCapture(pointerId)) target.setPointerCapture(pointerId);
    const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
    Object.assign(pointer, { x, y });
    if (!other) return this.#answers.drag(x - fromX, pointerType === 'touch' ? 0 : y - fromY);
    const before = Math.abs(fromX - other.x);
    const now = Math.abs(x - other.x);
    // Two fingers above one another say nothing of the time.
    if (before > TREMBLE && now > TREMBLE) this.#answers.zoom(before / now, other.x);
  };

  readonly onPointerEnd = ({ pointerId }: PointerEvent): void => {
    this.#pointers.delete(pointerId);
  };

  readonly onPointerLeave = (): void => {
    this.#answers.hover(undefined);
  };

  /** Two fingers are ours; what one does up and down is the browser's. */
  readonly onTouchMove = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  };

  readonly onWheel = (event: WheelEvent): void => {
    const { x, y } = wheelPixels(event);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#answers.zoom(wheelFactor(y), event.clientX);
      return;
    }
    const along = event.shiftKey ? x || y : Math.abs(x) > Math.abs(y) ? x : 0;
    if (along !== 0 && this.#answers.pan(along)) event.preventDefault();
  };
}
