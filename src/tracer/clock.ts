/** How far the page's clock may be off before it is set again: a machine that slept, a person who changed the time. */
const MOST_DRIFT = 1000;

/**
 * Milliseconds since the epoch that never run backwards within a page: the wall clock is asked once, the rest is the
 * monotonic clock. After a sleep, which the monotonic clock of some systems does not count, it is set forward.
 */
export class Clock {
  #origin = Date.now() - performance.now();

  now(): number {
    const time = this.#origin + performance.now();
    const drift = Date.now() - time;
    if (drift <= MOST_DRIFT) return time;
    this.#origin += drift;
    return time + drift;
  }
}
