import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ListedTrace } from '../analysis/index.js';
import type { Score, Trace } from '../model/index.js';

/** What a list shows of a trace that lies in a store. */
export type { ListedTrace as StoredSummary };

/** A store as elements see it: what `openTraceStore()` gives, or anything with the same methods. */
export interface StoredTraces {
  list(query?: { limit?: number; before?: number }): Promise<readonly ListedTrace[]>;
  trace(id: string): Promise<Trace | undefined>;
  subscribe(listener: (change: { traceIds: readonly string[] }) => void): () => void;
  /** Adds a judgement to a span of a trace. Feedback is kept where there is such a method. */
  addScore?(spanId: string, score: Score, traceId?: string): Promise<void>;
}

/** Changes that come close together are shown together: milliseconds. */
const TOGETHER = 100;
/** How often the time that a refresh took passes before the next: a long trace must not take up the page while it grows. */
const REST = 2;

/** What follows a store does so with this. */
export interface FollowerOptions {
  /**
   * Reads anew what is shown. Failures are its own to show.
   *
   * @param isNews whether something has changed in the store since the last time
   */
  refresh(store: StoredTraces, isNews: boolean): Promise<void>;
  /** Whether a change of these traces is worth a refresh. Where it is not given, each is. */
  concerns?(traceIds: readonly string[]): boolean;
}

/**
 * Follows a store: refreshes at first and whenever something has changed that concerns the host, never twice at once, and
 * only while somebody can see it: what changes out of sight is read once, when it comes into sight. Ends with the host,
 * and begins again with it.
 */
export class StoreFollower implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: FollowerOptions;
  #store: StoredTraces | undefined;
  #unsubscribe: (() => void) | undefined;
  #sight: IntersectionObserver | undefined;
  #isInSight = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  /** Whether something was told of that is not read yet. */
  #hasChanged = false;
  #isRefreshing = false;
  /** Whether what is wanted has changed since the running refresh began. */
  #isStale = false;
  /** Milliseconds that the last refresh took. */
  #took = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, options: FollowerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Follows this store from now on, or none. */
  follow(store: StoredTraces | undefined): void {
    this.#leave();
    this.#store = store;
    if (this.#host.isConnected) this.#join();
  }

  /** To be called when what is wanted of the store has changed. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      while (this.#isStale && this.#store && this.#host.isConnected) {
        this.#isStale = false;
        const begun = performance.now();
        const isNews = this.#hasChanged;
        this.#hasChanged = false;
        await this.#options.refresh(this.#store, isNews);
        this.#took = performance.now() - begun;
      }
    } finally {
      this.#isRefreshing = false;
      this.#refreshSoon();
    }
  }

  hostConnected(): void {
    this.#join();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  #join(): void {
    if (!this.#store || this.#unsubscribe) return;
    this.#unsubscribe = this.#store.subscribe(({ traceIds }) => {
      // No ids: anything may have changed.
      if (traceIds.length && this.#options.concerns?.(traceIds) === false) return;
      this.#hasChanged = true;
      this.#refreshSoon();
    });
    this.#sight = new IntersectionObserver((entries) => {
      this.#isInSight = entries.at(-1)!.isIntersecting;
      this.#refreshSoon(0);
    });
    this.#sight.observe(this.#host);
    void this.refresh();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#sight?.disconnect();
    this.#isInSight = true;
    this.#hasChanged = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** After a rest, with the next frame: a page that nobody sees has none. */
  #refreshSoon(rest = Math.max(TOGETHER, REST * this.#took)): void {
    const isUnderWay = this.#isRefreshing || this.#timer !== undefined || this.#frame !== undefined;
    if (!this.#hasChanged || !this.#isInSight || isUnderWay) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#frame = requestAnimationFrame(() => {
        this.#frame = undefined;
        void this.refresh();
      });
    }, rest);
  }
}
