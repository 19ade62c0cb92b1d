import type { RecordedSpan } from '../model/index.js';
import type { Batch, Tail } from './archive.js';
import { weigh } from './weigh.js';

/** What is written at once at the most: no task of the page takes long, and no transaction is large. */
export const BATCH_SPANS = 1000;
const BATCH_WEIGHT = 8_000_000;
/** What waits at the most. Beyond it something is wrong with the disk, and memory must not be eaten up. */
const MOST_SPANS = 50_000;
const MOST_WEIGHT = 64_000_000;

/** The tracer goes on with the object that it has handed over: it tells when its span ends. */
const isOpen = ({ end }: RecordedSpan): boolean => end === undefined;

/** What waits to be written: spans that have ended, and spans that are open and not on disk yet in their present state. */
export class WriteQueue {
  ended: RecordedSpan[] = [];
  /** Spans that have begun, most of which have ended since. */
  #begun: RecordedSpan[] = [];
  /** What is being written. */
  readonly writing = new Set<Batch>();
  /** How many of those that wait have been weighed, and what they weigh. */
  #weighed = 0;
  #weight = 0;
  /** Spans that have ended. */
  recorded = 0;
  /** Spans that ended and were turned away because too many were waiting. */
  turnedAway = 0;
  /** Spans that ended and were taken out again. */
  removed = 0;

  get isEmpty(): boolean {
    return this.waiting + this.open.length === 0;
  }

  /** How many ended spans wait. */
  get waiting(): number {
    return this.ended.length;
  }

  /** Spans that run. */
  get open(): readonly RecordedSpan[] {
    const open = new Map<string, RecordedSpan>();
    for (const span of this.#begun) if (isOpen(span)) open.set(span.id, span);
    if (open.size > 0) for (const { id } of this.ended) open.delete(id);
    return (this.#begun = [...open.values()]);
  }

  start(span: RecordedSpan): void {
    this.#begun.push(span);
  }

  end(span: RecordedSpan): void {
    this.recorded++;
    if (this.waiting < MOST_SPANS) this.ended.push(span);
    else this.turnedAway++;
  }

  /** Turns the newest away where those that wait are too large. */
  trim(): void {
    for (; this.#weighed < this.waiting; this.#weighed++) {
      this.#weight += weigh(this.ended[this.#weighed]);
      if (this.#weight > MOST_WEIGHT) this.turnedAway += this.ended.splice(this.#weighed).length;
    }
  }

  /** Takes what is written next, oldest first. */
  take(): Batch {
    let count = 0;
    for (let weight = 0; count < Math.min(BATCH_SPANS, this.waiting) && weight < BATCH_WEIGHT; count++) {
      weight += weigh(this.ended[count]);
    }
    const open = this.#takeOpen();
    const batch = { ended: this.ended.splice(0, count), open };
    this.writing.add(batch);
    return batch;
  }

  /** A batch is written, or is not going to be. */
  done(batch: Batch): void {
    this.writing.delete(batch);
  }

  /** Takes everything, for a page that goes away: what is being written too, which may not get through. */
  takeAll(): Tail {
    const writing = [...this.writing];
    const unsure = writing.flatMap(({ ended }) => ended);
    const tail = {
      ended: [...unsure, ...this.ended],
      open: [...writing.flatMap(({ open }) => open).filter(isOpen), ...this.#takeOpen()],
      unsure: unsure.length,
    };
    this.ended = [];
    this.#weighed = this.#weight = 0;
    return tail;
  }

  /** Puts back what could not be written, before what has come since. */
  putBack({ ended, open }: Batch): void {
    this.ended = [...ended, ...this.ended];
    for (const span of open) this.#begun.push(span);
    this.#weighed = this.#weight = 0;
  }

  #takeOpen(): readonly RecordedSpan[] {
    const { open } = this;
    this.#begun = [];
    this.#weighed = this.#weight = 0;
    return open;
  }
}
