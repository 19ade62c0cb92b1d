import type { Trace } from '../../model/index.js';
import { conditionOf, NO, OPEN, YES, type Condition } from './condition.js';
import { narrows } from './narrows.js';
import type { Query } from './query.js';
import { SpanContent } from './span-texts.js';

/**
 * Looks for the spans of a trace that match a query. What their outlines decide is known at once; what is in messages,
 * values and attributes is read by `inSteps()` or `finishSearch()`.
 *
 * @param previous an older search, finished or not: where the new query only narrows the old one, what that has ruled out is
 * not looked at again; where the trace is the same one that grew, what was read is not read again
 */
export const searchSpans = (trace: Trace, query: Query, previous?: SpanSearch): SpanSearch =>
  new SpanSearch(trace, query, previous);

/** The spans of a trace that match a query, as far as they are found. */
export class SpanSearch {
  readonly trace: Trace;
  readonly query: Query;
  /** By position in the tree order of the trace: 1 for a match. More come in while spans are read. */
  readonly matches: Uint8Array;
  readonly #condition: Condition;
  /** What is known of each span: `NO`, `YES` or `OPEN`. */
  readonly #states: Uint8Array;
  #count = 0;
  #toRead = 0;
  #read = 0;
  /** Where reading goes on. */
  #next = 0;

  /** @internal Made by `searchSpans`. */
  constructor(trace: Trace, query: Query, previous?: SpanSearch) {
    this.trace = trace;
    this.query = query;
    this.#condition = conditionOf(query, trace);
    const states = this.#condition.states.slice();
    if (previous?.trace === trace && narrows(query, previous.query)) {
      const older = previous.#states;
      for (let position = 0; position < states.length; position++) if (older[position] === NO) states[position] = NO;
    } else if (previous?.query === query && previous.trace.table === trace.table) previous.#handOver(states, trace);
    this.#states = states;
    this.matches = new Uint8Array(states.length);
    for (let position = 0; position < states.length; position++) {
      const state = states[position]!;
      if (state === YES) {
        this.matches[position] = 1;
        this.#count++;
      } else if (state === OPEN) this.#toRead++;
    }
  }

  /** Of a trace that grew: what was read before stays as it is, as rows do not change. */
  #handOver(states: Uint8Array, trace: Trace): void {
    const read = new Uint8Array(trace.table.length).fill(OPEN);
    this.#states.forEach((state, position) => (read[this.trace.rowAt(position)] = state));
    for (let position = 0; position < states.length; position++) {
      if (states[position] === OPEN) states[position] = read[trace.rowAt(position)]!;
    }
  }

  /** How many spans match, of those that are known. */
  get count(): number {
    return this.#count;
  }

  /** How many spans are to be read, since their outlines leave it open. */
  get toRead(): number {
    return this.#toRead;
  }

  /** How many of them are read. */
  get read(): number {
    return this.#read;
  }

  get isDone(): boolean {
    return this.#read === this.#toRead;
  }

  /**
   * Reads what is open, in tree order. Gives the position of each match that is found, and `undefined` where the work may
   * rest. Can be ended at any time, and gone on with by another call.
   */
  *inSteps(): Generator<number | undefined, void> {
    const { table } = this.trace;
    while (this.#next < this.#states.length) {
      const position = this.#next++;
      if (this.#states[position] !== OPEN) continue;
      const row = this.trace.rowAt(position);
      const isMatch = this.#condition.decide(position, new SpanContent(table.readers.at(row)!, table.raws[row]));
      this.#states[position] = isMatch ? YES : NO;
      this.#read++;
      if (isMatch) {
        this.matches[position] = 1;
        this.#count++;
      }
      yield isMatch ? position : undefined;
    }
  }

  /** The first match behind a position (-1 to begin with); -1 where there is none. */
  next(position: number): number {
    return this.matches.indexOf(1, position + 1);
  }

  /** The last match before a position (the number of spans to begin with); -1 where there is none. */
  previous(position: number): number {
    return position > 0 ? this.matches.lastIndexOf(1, position - 1) : -1;
  }

  /** How many matches there are up to a position: the place of a match among them, from 1. */
  rankOf(position: number): number {
    let rank = 0;
    for (let at = 0; at <= position && at < this.matches.length; at++) rank += this.matches[at]!;
    return rank;
  }
}

/** Every ancestor of a match: 1 by position in the tree. One pass. */
export function ancestorsOf({ tree: { parent } }: Trace, matches: Uint8Array): Uint8Array {
  const ancestors = new Uint8Array(matches.length);
  // Children stand behind their parents.
  for (let position = matches.length - 1; position > 0; position--) {
    const above = parent[position]!;
    if (above >= 0 && (matches[position] || ancestors[position])) ancestors[above] = 1;
  }
  return ancestors;
}

export interface FinishOptions {
  signal?: AbortSignal;
  /** Called after each slice with the matches so far. */
  onProgress?: (search: SpanSearch) => void;
}

/** Milliseconds of work between two rests. */
const SLICE = 8;

/**
 * Reads all that a search leaves open, in slices, so that a page stays answerable.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function finishSearch(search: SpanSearch, { signal, onProgress }: FinishOptions = {}): Promise<void> {
  signal?.throwIfAborted();
  let restAt = performance.now() + SLICE;
  for (const steps = search.inSteps(); !steps.next().done;) {
    if (performance.now() < restAt) continue;
    onProgress?.(search);
    await rest();
    signal?.throwIfAborted();
    restAt = performance.now() + SLICE;
  }
  onProgress?.(search);
}

/** Lets whatever waits go first. A message is delivered at once where a timer is put off. */
const rest = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
