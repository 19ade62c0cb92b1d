import type { RecordedSpan } from '../model/index.js';

/** What waits to be sent, oldest first: in the memory of the page (`MemoryQueue`), or in a store (`StoreQueue`). */
export interface SpanQueue {
  /** How many spans wait, as far as is known. */
  readonly waiting: number;
  /** Spans that were deleted before they were sent. */
  readonly deleted: number;
  /** Whether it is for another page to send them. */
  readonly isElsewhere: boolean;
  /** Takes a span that has ended; false where there is no room for it. */
  add(span: Readonly<RecordedSpan>): boolean;
  /** The first spans, so many at the most. */
  first(count: number): Promise<readonly Readonly<RecordedSpan>[]>;
  /** So many of the first spans are in a request that is under way; 0: none is. */
  hold(count: number): void;
  /** So many of the first spans are done with, for good or ill. */
  done(count: number): Promise<void>;
  close(): void;
}

/** Spans in memory. Those for which there is no room are turned away, and what waits is gone with the page. */
export class MemoryQueue implements SpanQueue {
  readonly deleted = 0;
  readonly isElsewhere = false;
  #spans: Readonly<RecordedSpan>[] = [];
  #held = 0;
  #parting = 0;
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  get waiting(): number {
    return this.#spans.length + this.#parting;
  }

  add(span: Readonly<RecordedSpan>): boolean {
    if (this.waiting >= this.#room) return false;
    this.#spans.push(span);
    return true;
  }

  first(count: number): Promise<readonly Readonly<RecordedSpan>[]> {
    return Promise.resolve(this.#spans.slice(0, count));
  }

  hold(count: number): void {
    this.#held = count;
  }

  done(count: number): Promise<void> {
    this.#spans = this.#spans.slice(count);
    this.#held = 0;
    return Promise.resolve();
  }

  /** Spans that no request holds: the page is going away, and what it can still send outlives it. */
  get unheld(): readonly Readonly<RecordedSpan>[] {
    return this.#spans.slice(this.#held);
  }

  /** Takes out so many of the spans that no request holds. */
  part(count: number): readonly Readonly<RecordedSpan>[] {
    this.#parting += count;
    return this.#spans.splice(this.#held, count);
  }

  /** Spans that were taken out have arrived, or are put back to where they were: the page may still be here. */
  parted(spans: readonly Readonly<RecordedSpan>[], isDone: boolean): void {
    this.#parting -= spans.length;
    if (isDone) return;
    const held = this.#spans.slice(0, this.#held);
    this.#spans = held.concat(spans, this.#spans.slice(this.#held));
  }

  close(): void {
    this.#room = 0;
  }
}
