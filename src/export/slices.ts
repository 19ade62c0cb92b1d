/** How long work on large traces is followed and ended. */
export interface SlowWork {
  /** Ends the work, which then throws the signal's reason. */
  signal?: AbortSignal;
  /** Is told how much of the work is done, from 0 to 1. */
  onProgress?: (share: number) => void;
}

/** Milliseconds of work between two rests, so that a page stays answerable. */
const SLICE = 12;

/** Lets the page do what waits while much is done, and tells how far it is. */
export class Slices {
  readonly #work: SlowWork;
  readonly #total: number;
  #done = 0;
  #since = performance.now();

  /** @param total steps that there are in all */
  constructor(work: SlowWork, total: number) {
    this.#work = work;
    this.#total = total;
    work.signal?.throwIfAborted();
  }

  /**
   * One more step is done.
   *
   * @throws the signal's reason, once it is aborted
   */
  async step(): Promise<void> {
    this.#done++;
    if (performance.now() - this.#since < SLICE) return;
    this.#work.onProgress?.(Math.min(1, this.#done / Math.max(1, this.#total)));
    await new Promise((resolve) => setTimeout(resolve));
    this.#work.signal?.throwIfAborted();
    this.#since = performance.now();
  }
}

/** A part of some work, whose progress is told as a part of all of it. */
export const partOf = ({ signal, onProgress }: SlowWork, from: number, to: number): SlowWork => ({
  ...(signal && { signal }),
  ...(onProgress && { onProgress: (share: number) => onProgress(from + share * (to - from)) }),
});
