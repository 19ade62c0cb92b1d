import type { BodyEndReason } from './read-through.js';
import { standIn, type Hook } from './stand-in.js';
import type { TimedValue } from './timed-values.js';

/** What was seen of a stream of values. */
export interface ValuesRecord {
  readonly values: readonly TimedValue[];
  readonly reason: BodyEndReason;
  readonly error: unknown;
  /** `performance.now()`. */
  readonly ended: number;
}

export interface WatchOptions {
  /** Milliseconds after which a stream that nobody reads counts as unread. */
  idleLimit: number;
  /** Where the values are put, for who has to see them before the end. */
  values?: TimedValue[];
  ended(record: ValuesRecord): void;
}

/** Milliseconds after which the span of an answer ends that nobody reads, where no other limit is given. */
export const IDLE_LIMIT = 5 * 60_000;

/** Values of one stream that are kept at most. */
const MOST_VALUES = 100_000;

/** Tells of streams that were dropped without being read. A last resort: nobody knows when it is told. */
const dropped = new FinalizationRegistry<ValueWatch>((watch) => watch.end('unread'));

/** What is known of a stream while it is read. It knows nothing of the stream, so that the stream can be collected. */
class ValueWatch {
  readonly #options: WatchOptions;
  readonly #values: TimedValue[];
  #isReading = false;
  #isOver = false;
  #lastRead = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#values = options.values ?? [];
    this.#wait(options.idleLimit);
  }

  /** Hands on one step of reading, and takes down what it gave. */
  async step<Result extends { done?: boolean | undefined; value?: unknown }>(read: Promise<Result>): Promise<Result> {
    this.#isReading = true;
    try {
      const result = await read;
      if (result.done) this.end('completed');
      else if (!this.#isOver && this.#values.length < MOST_VALUES) {
        this.#values.push({ time: performance.now(), value: result.value });
      }
      return result;
    } catch (error) {
      this.end('failed', error);
      throw error;
    } finally {
      this.#isReading = false;
      this.#lastRead = performance.now();
    }
  }

  end(reason: BodyEndReason, error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    dropped.unregister(this);
    this.#options.ended({ values: this.#values, reason, error, ended: performance.now() });
  }

  /** One timer a stream, not one a value. */
  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      const idle = this.#isReading ? 0 : performance.now() - this.#lastRead;
      if (idle >= this.#options.idleLimit) this.end('unread');
      else this.#wait(this.#options.idleLimit - idle);
    }, milliseconds);
  }
}

/** An async iterable, or iterator, that gives the same values at the same time, and tells how its reading ended. */
export function watchIterable<Source extends object>(source: Source, options: WatchOptions): Source {
  const watch = new ValueWatch(options);
  const stopped: Hook = (call, args) => {
    watch.end('stopped');
    return call(...args);
  };
  const read: Hook = (call, args) => watch.step(Promise.resolve(call(...args) as Promise<IteratorResult<unknown>>));
  const watched = <Iterator extends object>(iterator: Iterator): Iterator => {
    const iterate: Hook = (call, args): object => {
      const inner = call(...args) as object;
      return inner === iterator ? stand : watched(inner);
    };
    const methods = new Map<PropertyKey, Hook>([
      ['next', read],
      ['return', stopped],
      ['throw', stopped],
      [Symbol.asyncDispose, stopped],
      [Symbol.asyncIterator, iterate],
    ]);
    const stand: Iterator = standIn(iterator, { methods });
    dropped.register(stand, watch, watch);
    return stand;
  };
  return watched(source);
}

/** A stream that asks for nothing before its reader does, and tells how its reading ended. */
export function watchStream<Value>(source: ReadableStream<Value>, options: WatchOptions): ReadableStream<Value> {
  const watch = new ValueWatch(options);
  const reader = source.getReader();
  const pull = async (controller: ReadableStreamDefaultController<Value>): Promise<void> => {
    const { done, value } = await watch.step(reader.read());
    if (done) controller.close();
    else controller.enqueue(value);
  };
  // Not the stream: engines drop that object while they go on reading what is behind it.
  dropped.register(pull, watch, watch);
  return new ReadableStream<Value>(
    {
      start(controller) {
        // An abort reaches readers at once, also those that wait for nothing. Held weakly: a stream that the application
        // has dropped is to be collected, though what feeds it lives.
        const weak = new WeakRef(controller);
        reader.closed.catch((error: unknown) => {
          watch.end('failed', error);
          weak.deref()?.error(error);
        });
      },
      pull,
      cancel(reason) {
        watch.end('stopped');
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
