/** Sizes of a canvas: in CSS pixels, and in those of the screen, which are what is drawn. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** Pixels of the screen in one CSS pixel. */
  readonly ratio: number;
}

const NOTHING: CanvasSize = { width: 0, height: 0, pixelWidth: 0, pixelHeight: 0, ratio: 1 };

/**
 * Pixels of the screen for a length in CSS pixels. What an observer tells is exact, but for a screen that is only emulated: of
 * that it knows nothing.
 */
function screenPixels(length: number, told?: number): number {
  const about = Math.round(length * devicePixelRatio);
  return told !== undefined && Math.abs(told - about) <= 2 ? told : about;
}

/**
 * Follows the size of a canvas, exactly: at a ratio of 1.25 a width that is rounded is blurred. The page zoomed, or a window
 * moved to another screen, is a change of size as well.
 */
export class CanvasSizer {
  size = NOTHING;
  readonly #changed: () => void;
  #canvas: HTMLCanvasElement | undefined;
  #resize: ResizeObserver | undefined;
  #resolution: MediaQueryList | undefined;

  /** @param changed called before the next paint after the size has changed, and once for the first size */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  follow(canvas: HTMLCanvasElement | undefined): void {
    if (canvas === this.#canvas) return;
    this.#resize?.disconnect();
    this.#resolution?.removeEventListener('change', this.#onResolution);
    this.#resolution = undefined;
    this.#canvas = canvas;
    this.size = NOTHING;
    if (!canvas) return;
    this.#resize = new ResizeObserver(([entry]) => this.#take(entry!));
    try {
      this.#resize.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      // WebKit does not tell the pixels of the screen.
      this.#resize.observe(canvas);
      this.#onResolution();
    }
  }

  /** A query holds for one resolution; the next change needs another one. */
  readonly #onResolution = (): void => {
    this.#resolution?.removeEventListener('change', this.#onResolution);
    this.#resolution = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#resolution.addEventListener('change', this.#onResolution);
    if (this.size === NOTHING) return;
    const { width, height } = this.size;
    this.#set(width, height, screenPixels(width), screenPixels(height));
  };

  #take(entry: ResizeObserverEntry): void {
    const { width, height } = entry.contentRect;
    const pixels = (entry as Partial<ResizeObserverEntry>).devicePixelContentBoxSize?.[0];
    this.#set(width, height, screenPixels(width, pixels?.inlineSize), screenPixels(height, pixels?.blockSize));
  }

  #set(width: number, height: number, pixelWidth: number, pixelHeight: number): void {
    const ratio = width > 0 ? pixelWidth / width : 1;
    this.size = { width, height, pixelWidth, pixelHeight, ratio };
    this.#changed();
  }
}
