import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Trace } from '../model/index.js';
import { hasSums, loadSums } from '../model/sums.js';
import { afterPaint } from './after-paint.js';
import { runInSlices } from './time-slices.js';

/** From how many spans on what they state and come to is worked out after their rows are painted: that of fewer takes no time. */
export const MANY_SPANS = 512;

/** Whether it is known what the spans of a trace state and come to, or takes no time to be known. */
export const isSettled = (trace: Trace): boolean =>
  trace.isSummed ||
  (hasSums() && trace.spans.length < MANY_SPANS && (trace.table.isSettled || trace.table.length < MANY_SPANS));

/** Has what the spans of a trace state and come to worked out once their rows are painted, while the host is on the page. */
export class SettledTrace implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #trace: Trace | undefined;
  #abort: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether it is known of the trace that is shown. Where it is not, the host is updated when it is. */
  has(trace: Trace): boolean {
    if (trace !== this.#trace) this.hostDisconnected();
    this.#trace = trace;
    if (isSettled(trace)) return true;
    // What stands in place of a trace that is awaited needs nothing.
    if (trace.spans.length > 0 && !this.#abort) void this.#settle(trace, (this.#abort = new AbortController()).signal);
    return false;
  }

  async #settle(trace: Trace, signal: AbortSignal): Promise<void> {
    try {
      await afterPaint();
      await loadSums();
      if (signal.aborted || !(await runInSlices(trace.sumInSteps(), { take: () => {}, signal }))) return;
      this.#host.requestUpdate();
    } catch {
      // Rows do without sums. The next update tries again.
    }
    if (!signal.aborted) this.#abort = undefined;
  }

  hostConnected(): void {
    if (this.#trace && !isSettled(this.#trace)) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }
}
