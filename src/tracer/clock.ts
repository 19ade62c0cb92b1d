/** How far the page's clock may be off before it is set again: a machine that slept, a person who changed the time. */
const MOST_DRIFT = 1000;

/** Milliseconds between two looks at the wall clock. */
const BETWEEN = 1000;

/**
 * Milliseconds since the epoch that never run backwards within a page: the monotonic clock, which is set forward where the
 * wall clock has run ahead. The monotonic clock of some systems does not count a sleep.
 */
export class Clock {
  #origin = 0;
  #nextLook = 0;

  now(): number {
    const passed = performance.now();
    if (passed >= this.#nextLook) {
      this.#nextLook = passed + BETWEEN;
      const wall = Date.now() - passed;
      if (wall > this.#origin + MOST_DRIFT) this.#origin = wall;
    }
    return this.#origin + passed;
  }
}
