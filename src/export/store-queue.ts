import type { RecordedSpan } from '../model/index.js';
import type { OutboxPage, SpanOutbox } from './span-outbox.js';
import type { SpanQueue } from './span-queue.js';

/** Spans that are read from a store at once. */
const PAGE = 500;

/**
 * Spans on disk, from where this reader has come to: its place moves on only when they are done with. Of the pages of an
 * origin one sends, which holds a lock; where there are no locks (the page is not from a secure address), each does, and
 * spans that several read at once are sent twice.
 */
export class StoreQueue implements SpanQueue {
  deleted = 0;
  /** Resolves when it is clear whether another page sends. */
  readonly ready: Promise<void>;
  readonly #outbox: SpanOutbox;
  readonly #reader: string;
  readonly #closed = new AbortController();
  readonly #stopListening: () => void;
  #isElected = false;
  #page: OutboxPage | undefined;
  /** So many spans of the page are done with, and not noted yet. */
  #done = 0;
  /** Something in the store has changed since the page was read: spans of it may be deleted. */
  #isStale = false;

  /**
   * @param reader tells exporters of one store apart: each has its own place
   * @param changed called when there may be something to send
   */
  constructor(outbox: SpanOutbox, reader: string, changed: () => void) {
    this.#outbox = outbox;
    this.#reader = reader;
    outbox.addReader(reader);
    this.#stopListening = outbox.subscribe(() => {
      this.#isStale = true;
      changed();
    });
    this.ready = this.#elect(() => queueMicrotask(changed));
  }

  get waiting(): number {
    return this.#page?.waiting ?? 0;
  }

  get isElsewhere(): boolean {
    return this.#outbox.isShared && !this.#isElected;
  }

  add(): boolean {
    // It comes by way of the store.
    return true;
  }

  async first(count: number): Promise<readonly RecordedSpan[]> {
    for (;;) {
      await this.#note();
      if (this.#isStale || !this.#page?.spans.length) {
        this.#isStale = false;
        this.#page = await this.#outbox.next(this.#reader, PAGE);
      }
      const { spans } = this.#page;
      const there = spans.filter((span) => span !== undefined).slice(0, count);
      if (there.length || spans.length === 0) return there;
      this.#done = spans.length;
    }
  }

  hold(): void {
    // Nothing is sent but what was read first.
  }

  done(count: number): Promise<void> {
    for (let left = count; left > 0; this.#done++) if (this.#page!.spans[this.#done]) left--;
    return this.#note();
  }

  close(): void {
    this.#stopListening();
    // Lets go of the lock, or of the wish for it.
    this.#closed.abort();
  }

  /** Notes in the store what is done with. Where that fails, nothing else is read: it would be the same again. */
  async #note(): Promise<void> {
    const page = this.#page;
    if (!page || this.#done === 0) return;
    const place = await this.#outbox.acknowledge(this.#reader, page.place, this.#done);
    this.deleted += page.spans.slice(0, this.#done).filter((span) => span === undefined).length;
    // Where another page has moved on, what was read is of no use.
    this.#page = place && { place, spans: page.spans.slice(this.#done), waiting: page.waiting - this.#done };
    this.#done = 0;
  }

  #elect(changed: () => void): Promise<void> {
    const { signal } = this.#closed;
    const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
    return new Promise((answered) => {
      const elected = (lock: unknown): Promise<void> | undefined => {
        answered();
        if (lock === null || signal.aborted) return undefined;
        this.#isElected = true;
        changed();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      };
      if (!locks) {
        void elected(true);
        return;
      }
      const name = `${this.#outbox.name} ${this.#reader}`;
      locks
        .request(name, { ifAvailable: true }, elected)
        // Over at once where another page has the lock: wait for it. Rejects when this is closed.
        .then(() => locks.request(name, { signal }, elected))
        // Not every page may have locks.
        .catch(() => answered());
    });
  }
}
