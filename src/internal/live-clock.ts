import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Trace } from '../model/index.js';

/** Milliseconds between two ticks. */
const TICK = 100;
const TICK_WITHOUT_MOTION = 1000;
/** Milliseconds without a word after which what ran is taken for dead: its page may have crashed. */
const PATIENCE = 10 * 60_000;

/**
 * Tells how long a trace has been running by now. It counts from the moment at which something was heard of the trace, on
 * this page's own clock: the clocks of two machines need not agree. While it is asked, it renders the host anew every now
 * and then, with the frames: a page that nobody sees has none.
 */
export class LiveClock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #traceId: string | undefined;
  /** How long the trace had been running when something was heard of it. */
  #known = 0;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Something new is known of this trace: whoever writes it is alive. */
  hear(trace: Trace | undefined): void {
    if (!trace) return;
    // What was shown does not shrink while it goes on.
    this.#known = this.durationOf(trace) ?? trace.duration;
    this.#traceId = trace.id;
    this.#heardAt = performance.now();
    this.#host.requestUpdate();
  }

  /** Milliseconds; `undefined` for a trace that does not run, or of which nothing was heard. */
  durationOf(trace: Trace): number | undefined {
    const since = performance.now() - this.#heardAt;
    if (!trace.isRunning || trace.id !== this.#traceId || since > PATIENCE) return undefined;
    this.#tickSoon();
    return Math.max(trace.duration, this.#known + since);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#timer = this.#frame = undefined;
  }

  #tickSoon(): void {
    if (this.#timer !== undefined || this.#frame !== undefined) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#frame = requestAnimationFrame(() => {
          this.#frame = undefined;
          this.#host.requestUpdate();
        });
      },
      isCalm ? TICK_WITHOUT_MOTION : TICK,
    );
  }
}
