import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { StoredSummary } from '../../internal/stored-traces.js';
import type { ListRow } from './trace-rows.js';

/** Milliseconds for which a trace is marked that has changed. */
const MARKED = 2000;

/**
 * The rows of a list that changes while a person looks at it. What has changed is marked for a moment. While rows are held,
 * as under the pointer, each stays in its place: figures change, rows do not come, go or move.
 */
export class LiveRows implements ReactiveController {
  rows: readonly ListRow[] = [];
  /** Traces that are not shown yet, as the rows are held. */
  waiting = 0;
  #next: readonly ListRow[] | undefined;
  #isHeld = false;
  /** What was known of each trace, in few characters. */
  #known: ReadonlyMap<string, string> | undefined;
  readonly #marked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#marked.clear();
    this.#isHeld = false;
  }

  isMarked(traceId: string): boolean {
    return this.#marked.has(traceId);
  }

  /** What is listed is another list than before: nothing of it has changed. */
  forget(): void {
    this.#known = undefined;
    this.#marked.clear();
  }

  /** Notes what has changed since the last time. */
  hear(traces: readonly StoredSummary[]): void {
    const before = this.#known;
    const known = new Map<string, string>();
    for (const { id, spanCount, duration, errorCount, isRunning } of traces) {
      const state = `${spanCount} ${duration} ${errorCount} ${isRunning}`;
      known.set(id, state);
      if (before && before.get(id) !== state) this.#marked.add(id);
    }
    this.#known = known;
    if (this.#marked.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#marked.clear();
      this.#host.requestUpdate();
    }, MARKED);
  }

  /** @param isNews whether the rows are others because traces have changed, and not because a person asked for others */
  take(rows: readonly ListRow[], isNews: boolean): void {
    if (!this.#isHeld || !isNews) {
      this.rows = rows;
      this.#next = undefined;
      this.waiting = 0;
      return;
    }
    const latest = new Map(rows.map((row) => [row.key, row]));
    const shown = new Set(this.rows.map(({ key }) => key));
    this.#next = rows;
    this.rows = this.rows.map((row) => {
      const now = latest.get(row.key);
      return now ? { ...now, place: row.place, count: row.count } : row;
    });
    this.waiting = rows.filter(({ key, trace }) => trace && !shown.has(key)).length;
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Lets come what has waited. */
  release(): void {
    this.#isHeld = false;
    this.showWaiting();
  }

  showWaiting(): void {
    if (!this.#next) return;
    this.take(this.#next, false);
    this.#host.requestUpdate();
  }
}
