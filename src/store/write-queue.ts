import type { RecordedSpan } from '../model/index.js';
import type { Batch } from './backend.js';

/** Ended spans that wait at the most. Beyond it something is wrong with the disk, and memory must not be eaten up. */
const MOST_WAITING = 50_000;

/** What waits to be written: spans that have ended, and spans that are open and not on disk yet in their present state. */
export class WriteQueue {
  #ended: RecordedSpan[] = [];
  readonly #open = new Map<string, RecordedSpan>();
  readonly #unsaved = new Set<string>();
  /** Spans that ended and were turned away because too many were waiting. */
  turnedAway = 0;

  get isEmpty(): boolean {
    return this.#ended.length === 0 && this.#unsaved.size === 0;
  }

  get waiting(): number {
    return this.#ended.length;
  }

  start(span: RecordedSpan): void {
    this.#open.set(span.id, span);
    this.#unsaved.add(span.id);
  }

  end(span: RecordedSpan): void {
    this.#open.delete(span.id);
    this.#unsaved.delete(span.id);
    if (this.#ended.length < MOST_WAITING) this.#ended.push(span);
    else this.turnedAway++;
  }

  /** Takes everything that waits. */
  take(): Batch {
    const batch: Batch = { ended: this.#ended, open: Array.from(this.#unsaved, (id) => this.#open.get(id)!) };
    this.#ended = [];
    this.#unsaved.clear();
    return batch;
  }

  /** Puts back what could not be written, before what has come since. */
  putBack({ ended, open }: Batch): void {
    this.#ended = [...ended, ...this.#ended];
    for (const { id } of open) if (this.#open.has(id)) this.#unsaved.add(id);
  }
}
