import { LiveClock } from '../../internal/live-clock.js';
import { StoreFollower, type StoredTraces } from '../../internal/stored-traces.js';
import type { Trace } from '../../model/index.js';
import type { TraceSource } from '../../sources/source.js';
import { LiveSource, type LiveAddress } from './live-source.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { TraceGrowth } from './trace-growth.js';
import type { TraceLoader } from './trace-loader.js';

/** Traces that grow, and those that somebody else keeps: an address that is followed, parts that are appended, a store, a backend. */
export class GrowingSources {
  readonly #view: LlmTraceView;
  readonly #loader: TraceLoader;
  readonly #growth: TraceGrowth;
  readonly #clock: LiveClock;
  readonly #live: LiveSource;
  readonly #follower: StoreFollower;
  /** Says that what is read now cannot be opened again. */
  readonly #begin: () => void;

  constructor(view: LlmTraceView, loader: TraceLoader, begin: () => void) {
    this.#view = view;
    this.#loader = loader;
    this.#begin = begin;
    this.#growth = new TraceGrowth(loader);
    this.#clock = new LiveClock(view);
    this.#live = new LiveSource(view, {
      load: (open) => {
        begin();
        return this.#hear(loader.load(open, view.format));
      },
      renew: (input) => this.#hear(loader.renew(input, view.format)),
      append: (input) => this.#hear(this.#growth.append(input, view.format, loader.era)),
      failed: (error) => loader.fail(error),
    });
    this.#follower = new StoreFollower(view, {
      refresh: (store, isNews) => this.#showStored(store, isNews),
      concerns: (traceIds) => view.traceId === undefined || traceIds.includes(view.traceId),
    });
  }

  /** Follows the address once more, where one is followed. */
  get again(): (() => void) | undefined {
    return this.#live.again;
  }

  /** Milliseconds that a trace has been running; `undefined` where it does not run. */
  runningFor(trace: Trace): number | undefined {
    return this.#clock.durationOf(trace);
  }

  /** Follows this address from now on, or none. */
  follow(address: LiveAddress | undefined): void {
    this.#live.follow(address);
  }

  /** Follows the store of the view from now on, or none. */
  followStore(): void {
    this.#follower.follow(this.#view.store);
  }

  /** To be called when another trace of the store is wanted. */
  refresh(): void {
    void this.#follower.refresh();
  }

  /** Adds spans to what is shown. */
  async append(input: unknown, era: AbortSignal): Promise<void> {
    await this.#growth.append(input, this.#view.format, era);
    this.#clock.hear(this.#view.trace);
  }

  /** Asks a backend for the trace that is wanted, or for its newest. */
  async showFrom(source: TraceSource): Promise<void> {
    this.#live.follow(undefined);
    this.#begin();
    const { traceId } = this.#view;
    await this.#loader.show(async (signal) => {
      const id = traceId ?? (await source.list({}, { signal })).traces[0]?.id;
      const trace = id === undefined ? undefined : await source.trace(id, { signal });
      return trace ? [trace] : [];
    }, false);
  }

  /** What comes of a trace that grows shows that it runs; failures are told where they are shown. */
  async #hear(work: Promise<void>): Promise<void> {
    await work.then(
      () => this.#clock.hear(this.#view.trace),
      () => {},
    );
  }

  async #showStored(store: StoredTraces, isNews: boolean): Promise<void> {
    this.#begin();
    await this.#loader.show(async () => {
      const trace = await this.#wantedOf(store);
      if (this.#view.store !== store) return this.#loader.traces;
      return trace ? [trace] : [];
    });
    if (isNews) this.#clock.hear(this.#view.trace);
  }

  async #wantedOf(store: StoredTraces): Promise<Trace | undefined> {
    const { traceId, trace, selected } = this.#view;
    if (traceId !== undefined) return store.trace(traceId);
    // Whoever reads a span is not taken away from it by a newer trace.
    const isRead = selected !== undefined && trace?.span(selected) !== undefined;
    const same = isRead ? await store.trace(trace.id) : undefined;
    if (same) return same;
    const [newest] = await store.list({ limit: 1 });
    return newest && store.trace(newest.id);
  }
}
