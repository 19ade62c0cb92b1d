import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { findingsInSteps, type Findings, type PriceSource } from '../../analysis/index.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Trace } from '../../model/index.js';

/** Milliseconds in which a trace that grows must come to rest before it is looked through again. */
const PAUSE = 300;

/** First what the outline tells, then all that there is. */
function* findingsOf(trace: Trace, prices: PriceSource | undefined): Generator<Findings | undefined, void> {
  yield yield* findingsInSteps(trace, { rollUps: yield* rollUpsInSteps(trace, prices) });
}

/** Looks through a trace in short stretches, while the host is on the page. A newer trace ends the work on an older one. */
export class FindingsWork implements ReactiveController {
  /** Those that are known. Of a trace that grew, those from before, until it was looked through again. */
  found: Findings | undefined;
  /** Whether more may come. */
  isWorking = false;
  readonly #host: ReactiveControllerHost;
  readonly #done: (found: Findings) => void;
  #trace: Trace | undefined;
  #prices: PriceSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | undefined;

  /** @param done called when a trace was looked through to its end */
  constructor(host: ReactiveControllerHost, done: (found: Findings) => void) {
    this.#host = host;
    this.#done = done;
    host.addController(this);
  }

  /** Looks through this trace, after the page has drawn what it knows. */
  look(trace: Trace | undefined, prices: PriceSource | undefined): void {
    const isSame = trace !== undefined && trace.id === this.#trace?.id;
    this.#end();
    this.#trace = trace;
    this.#prices = prices;
    if (!isSame) this.found = undefined;
    this.isWorking = trace !== undefined;
    if (trace) this.#timer = setTimeout(() => void this.#run(trace), isSame ? PAUSE : 0);
  }

  hostConnected(): void {
    if (this.isWorking && !this.#abort) this.look(this.#trace, this.#prices);
  }

  hostDisconnected(): void {
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #run(trace: Trace): Promise<void> {
    const abort = (this.#abort = new AbortController());
    let last: Findings | undefined;
    const isWhole = await runInSlices(findingsOf(trace, this.#prices), {
      take: (found) => {
        last = found;
        // What was known of a trace before it grew is not taken back until all is known anew.
        if (!this.found?.findings.length) this.#show(found);
      },
      signal: abort.signal,
    });
    if (!isWhole || !last || this.#abort !== abort) return;
    this.isWorking = false;
    this.#show(last);
    this.#done(last);
  }

  #show(found: Findings): void {
    this.found = found;
    this.#host.requestUpdate();
  }
}
