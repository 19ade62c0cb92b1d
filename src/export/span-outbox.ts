import type { RecordedSpan } from '../model/index.js';

/** How far a reader has come: which entry of the list is next, and how many of that entry's spans are done with. */
export interface OutboxPlace {
  entry: number;
  spans: number;
}

/** The next spans of a reader. */
export interface OutboxPage {
  place: OutboxPlace;
  /** In the order in which they were written; `undefined` for one that has been deleted since. */
  spans: readonly (RecordedSpan | undefined)[];
  /** How many there are in all, from this place on. */
  waiting: number;
}

/** The list of spans on disk that are still to be sent: a store's `outbox`. Each reader has a place of its own in it. */
export interface SpanOutbox {
  /** Tells the outboxes of an origin apart. */
  readonly name: string;
  /** Whether other pages see the same list, so that only one of them may send. */
  readonly isShared: boolean;
  /** From now on, spans that end are listed for this reader. */
  addReader(reader: string): void;
  /** The next spans of a reader. Waits until what has ended is on disk. */
  next(reader: string, count: number): Promise<OutboxPage>;
  /** So many spans from a place on are done with. Does nothing and gives nothing where the reader is elsewhere by now. */
  acknowledge(reader: string, place: OutboxPlace, count: number): Promise<OutboxPlace | undefined>;
  /** Calls back when there may be something new, from any page. Gives back what ends that. */
  subscribe(listener: () => void): () => void;
}
