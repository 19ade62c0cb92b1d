import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { diffTracesInSteps, type PriceSource, type TraceDiff } from '../../analysis/index.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Trace } from '../../model/index.js';

/** Milliseconds between two times at which the host shows how far it is: to list the rows anew costs some. */
const TELL_EVERY = 400;

/** Compares two traces in short stretches, while the host is on the page. Newer traces end the work on older ones. */
export class DiffWork implements ReactiveController {
  /** As soon as the spans are aligned; more changes may be found until it is whole. */
  diff: TraceDiff | undefined;
  /** Another one after each time that more is known. */
  version = 0;
  isWorking = false;
  readonly #host: ReactiveControllerHost;
  #traces: readonly [Trace, Trace] | undefined;
  #prices: PriceSource | undefined;
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  compare(before: Trace | undefined, after: Trace | undefined, prices?: PriceSource): void {
    this.#end();
    this.#prices = prices;
    this.diff = undefined;
    this.version++;
    this.#traces = before && after && [before, after];
    this.isWorking = this.#traces !== undefined;
    if (this.#traces) void this.#run(...this.#traces);
  }

  hostConnected(): void {
    if (this.isWorking && !this.#abort) this.compare(...this.#traces!, this.#prices);
  }

  hostDisconnected(): void {
    this.#end();
  }

  #end(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #run(before: Trace, after: Trace): Promise<void> {
    const abort = (this.#abort = new AbortController());
    let told = 0;
    const tell = (): void => {
      told = performance.now();
      this.version++;
      this.#host.requestUpdate();
    };
    const prices = this.#prices;
    const work = function* (): Generator<TraceDiff | undefined, void> {
      // What each row costs is known before the first is shown.
      if (prices) for (const trace of [before, after]) yield* rollUpsInSteps(trace, prices);
      yield* diffTracesInSteps(before, after);
    };
    const isOver = await runInSlices(work(), {
      take: (diff) => (this.diff = diff),
      rested: () => {
        if (performance.now() - told > TELL_EVERY) tell();
      },
      signal: abort.signal,
    });
    if (!isOver || this.#abort !== abort) return;
    this.isWorking = false;
    tell();
  }
}
