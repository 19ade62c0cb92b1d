import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { runInSlices } from './time-slices.js';

/**
 * Works something out in short stretches, while the host is on the page. Newer work ends older; what was found before stays
 * until the new is there. What takes less than a stretch is there at once.
 */
export class SlicedWork<Result> implements ReactiveController {
  /** What was worked out last. */
  result: Result | undefined;
  /** When the work came to its end, or was ended. */
  done: Promise<unknown> = Promise.resolve();
  readonly #host: ReactiveControllerHost;
  #begin: (() => Generator<undefined, Result>) | undefined;
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether something else is being worked out. */
  get isWorking(): boolean {
    return this.#begin !== undefined;
  }

  /** Works this out from now on. */
  start(begin: () => Generator<undefined, Result>): void {
    this.#abort?.abort();
    this.#begin = begin;
    const abort = (this.#abort = new AbortController());
    let isAtOnce = true;
    this.done = runInSlices(steps(begin()), {
      take: (result) => {
        this.#begin = this.#abort = undefined;
        this.result = result;
        if (!isAtOnce) this.#host.requestUpdate();
      },
      signal: abort.signal,
    });
    isAtOnce = false;
  }

  /** Ends the work, and keeps nothing of what it was about. */
  forget(): void {
    this.#abort?.abort();
    this.#begin = this.#abort = this.result = undefined;
  }

  hostConnected(): void {
    if (this.#begin) this.start(this.#begin);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
  }
}

/** Gives the result as the last of the steps. */
function* steps<Result>(work: Generator<undefined, Result>): Generator<Result | undefined, void> {
  yield yield* work;
}
