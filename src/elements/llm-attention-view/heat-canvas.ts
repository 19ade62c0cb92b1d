import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CanvasSizer } from '../llm-timeline/canvas-size.js';

/** A canvas that is drawn when its size is another, and when somebody says that what it shows is. */
export class HeatCanvas implements ReactiveController {
  readonly #find: () => HTMLCanvasElement | null;
  readonly #paint: (canvas: HTMLCanvasElement, size: CanvasSizer['size']) => void;
  readonly #sizer = new CanvasSizer(() => this.#onSize());
  readonly #host: ReactiveControllerHost;
  #frame: number | undefined;
  /** What was drawn, and where. */
  #made: readonly unknown[] = [];

  constructor(
    host: ReactiveControllerHost,
    find: () => HTMLCanvasElement | null,
    paint: (canvas: HTMLCanvasElement, size: CanvasSizer['size']) => void,
  ) {
    this.#host = host;
    this.#find = find;
    this.#paint = paint;
    host.addController(this);
  }

  get width(): number {
    return this.#sizer.size.width;
  }

  get height(): number {
    return this.#sizer.size.height;
  }

  hostUpdated(): void {
    this.#sizer.follow(this.#find() ?? undefined);
  }

  hostConnected(): void {
    // After a move in the page nothing is rendered anew, so nothing else would follow the size again.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#sizer.follow(undefined);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #onSize(): void {
    this.#draw();
    // Not at once: what is rendered may change the size, and an observer must not be told in its own turn.
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#host.requestUpdate();
    });
  }

  /** Draws where what is drawn depends on is another. */
  show(...parts: readonly unknown[]): void {
    const made = [this.#find(), ...parts];
    if (made.length === this.#made.length && made.every((part, at) => part === this.#made[at])) return;
    this.#made = made;
    this.#draw();
  }

  #draw(): void {
    const canvas = this.#find();
    if (canvas && this.#sizer.size.pixelWidth > 0) this.#paint(canvas, this.#sizer.size);
  }
}
