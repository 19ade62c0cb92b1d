/** A step of a scroll beyond this share of a page, after another one, is too far to read on the way. */
const SWIFT_SHARE = 0.25;
/** Milliseconds without a scroll after which it is over. */
const REST = 150;

/** Tells when rows fly by so fast that nobody can read them, and when they come to rest. */
export class SwiftScroll {
  isSwift = false;
  readonly #changed: (isSwift: boolean) => void;
  readonly #rested: () => void;
  /** The last step, and whether it left out rows that nobody could read. */
  #lastMove = { at: 0, rowsAbove: 0, isFar: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: (isSwift: boolean) => void, rested: () => void) {
    this.#changed = changed;
    this.#rested = rested;
  }

  moved(rowsAbove: number, pageSize: number): void {
    const now = performance.now();
    const isFar = Math.abs(rowsAbove - this.#lastMove.rowsAbove) > pageSize * SWIFT_SHARE;
    this.#set(isFar && this.#lastMove.isFar && now - this.#lastMove.at < REST);
    this.#lastMove = { at: now, rowsAbove, isFar };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#set(false);
      this.#rested();
    }, REST);
  }

  /** Everything is shown as it is. */
  end(): void {
    this.#set(false);
  }

  forget(): void {
    clearTimeout(this.#timer);
  }

  #set(isSwift: boolean): void {
    if (isSwift === this.isSwift) return;
    this.isSwift = isSwift;
    this.#changed(isSwift);
  }
}
