import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Trace, Usage } from '../model/index.js';

/** What a list shows of a trace that lies in a store. */
export interface StoredSummary {
  id: string;
  name: string;
  /** Milliseconds since the epoch. */
  start: number;
  /** Milliseconds. */
  duration: number;
  spanCount: number;
  status: 'ok' | 'error' | 'unset';
  errorCount: number;
  isRunning: boolean;
  usage?: Usage;
  /** US dollars. */
  cost?: number;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
}

/** A store as elements see it: what `openTraceStore()` gives, or anything with the same methods. */
export interface StoredTraces {
  list(query?: { limit?: number; before?: number }): Promise<readonly StoredSummary[]>;
  trace(id: string): Promise<Trace | undefined>;
  subscribe(listener: (change: { traceIds: readonly string[] }) => void): () => void;
}

/** Changes that come close together are shown together. */
const TOGETHER = 100;

/**
 * Follows a store: calls `refresh` at first and whenever something has changed that `concerns` the host, never twice at
 * once. Ends with the host, and begins again with it.
 */
export class StoreFollower implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #refresh: (store: StoredTraces) => Promise<void>;
  readonly #concerns: (traceIds: readonly string[]) => boolean;
  #store: StoredTraces | undefined;
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRefreshing = false;
  #isStale = false;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    refresh: (store: StoredTraces) => Promise<void>,
    concerns: (traceIds: readonly string[]) => boolean = () => true,
  ) {
    this.#host = host;
    this.#refresh = refresh;
    this.#concerns = concerns;
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
        await this.#refresh(this.#store);
      }
    } finally {
      this.#isRefreshing = false;
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
      if (traceIds.length && !this.#concerns(traceIds)) return;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.refresh();
      }, TOGETHER);
    });
    void this.refresh();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
