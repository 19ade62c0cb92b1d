import { ask } from '../ask.js';

/** A piece of a body, when it came (`performance.now()`). */
export interface BodyPiece {
  time: number;
  bytes: Uint8Array;
}

/**
 * How the reading of a body ended. `completed`: to its end. `stopped`: the reader went away. `failed`: the connection
 * broke, or was aborted. `unread`: nobody reads it any more.
 */
export type BodyEndReason = 'completed' | 'stopped' | 'failed' | 'unread';

/** What was seen of a body. */
export interface BodyRecord {
  readonly pieces: readonly BodyPiece[];
  /** Bytes in all, kept or not. */
  readonly size: number;
  readonly reason: BodyEndReason;
  readonly error: unknown;
}

export interface ReadThroughOptions {
  /** Whether the bytes are wanted, or only how many there are. */
  keep: boolean;
  /** Milliseconds after which a body that nobody reads counts as unread. */
  idleLimit: number;
  ended(record: BodyRecord): void;
}

/** Bytes of one body that are kept at most. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Tells of bodies that were dropped without being read or cancelled. A last resort: nobody knows when it is told. */
const dropped = new FinalizationRegistry<Watch>((watch) => watch.end('unread'));

/**
 * The response, its body read through us: what is read from it is read from the original and nothing before it is asked
 * for, byte for byte; to cancel the one is to cancel the other. `undefined` where the response cannot be stood in for
 * (it has no body, is being read already, or is no plain `Response`): the caller then hands on the original.
 */
export function readThrough(response: Response, options: ReadThroughOptions): Response | undefined {
  if (!ask(() => isPlain(response))) return undefined;
  const watch = new Watch(options);
  const stream = passed(response.body!, watch);
  const { status, statusText, headers } = response;
  return dressed(new Response(stream, { status, statusText, headers }), response);
}

const isPlain = (response: Response): boolean =>
  Object.getPrototypeOf(response) === Response.prototype &&
  response.body !== null &&
  !response.body.locked &&
  !['body', 'json', 'text', 'arrayBuffer', 'blob', 'bytes'].some((name) => Object.hasOwn(response, name));

/** Gives a response what its constructor cannot: where it came from, and what else the original was given. */
function dressed(response: Response, original: Response): Response {
  const { url, redirected, type } = original;
  const clone = (): Response => dressed(Response.prototype.clone.call(response), original);
  for (const [name, value] of Object.entries({ url, redirected, type, clone })) {
    Object.defineProperty(response, name, { value, configurable: true, writable: true });
  }
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(original))) {
    if (name !== 'clone') Object.defineProperty(response, name, property);
  }
  return response;
}

/** Whether a stream also gives its bytes into buffers of the reader's: the stream in its place then does so too. */
function isByteStream(stream: ReadableStream): boolean {
  return ask(() => {
    stream.getReader({ mode: 'byob' }).releaseLock();
    return true;
  });
}

function passed(source: ReadableStream<Uint8Array>, watch: Watch): ReadableStream<Uint8Array> {
  const isBytes = isByteStream(source);
  const reader = source.getReader();
  type Controller = ReadableStreamDefaultController<Uint8Array> | ReadableByteStreamController;
  const pull = async (controller: Controller): Promise<void> => {
    const { done, value } = await watch.reading(readSome(reader, isBytes));
    if (done) {
      controller.close();
      if ('byobRequest' in controller) controller.byobRequest?.respond(0);
      watch.end('completed');
      return;
    }
    // A byte stream takes the buffer away from whoever hands it over.
    watch.add(isBytes ? value.slice() : value);
    controller.enqueue(value as Uint8Array<ArrayBuffer>);
  };
  // Not the stream: engines drop that object while they go on reading what is behind it.
  dropped.register(pull, watch, watch);
  const cancel = (reason: unknown): Promise<void> => {
    watch.end('stopped');
    return reader.cancel(reason);
  };
  const start = (controller: Controller): void => {
    // An abort reaches readers at once, also those that wait for nothing. Held weakly: a stream that the application
    // has dropped is to be collected, though its connection lives.
    const weak = new WeakRef(controller);
    reader.closed.catch((error: unknown) => {
      watch.end('failed', error);
      ask(() => {
        weak.deref()?.error(error);
        return true;
      });
    });
  };
  if (isBytes) return new ReadableStream({ type: 'bytes', start, pull, cancel });
  return new ReadableStream<Uint8Array>({ start, pull, cancel }, { highWaterMark: 0 });
}

type ByteReader = ReadableStreamDefaultReader<Uint8Array>;

/** Byte streams take no empty chunks. */
async function readSome(reader: ByteReader, isBytes: boolean): ReturnType<ByteReader['read']> {
  for (;;) {
    const result = await reader.read();
    if (result.done || !isBytes || result.value.byteLength > 0) return result;
  }
}

/** What is known of a body while it is read. It knows nothing of the stream, so that the stream can be collected. */
class Watch {
  readonly #options: ReadThroughOptions;
  readonly #pieces: BodyPiece[] = [];
  #size = 0;
  #isReading = false;
  #isOver = false;
  #lastRead = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ReadThroughOptions) {
    this.#options = options;
    this.#wait(options.idleLimit);
  }

  async reading<Result>(read: Promise<Result>): Promise<Result> {
    this.#isReading = true;
    try {
      return await read;
    } catch (error) {
      this.end('failed', error);
      throw error;
    } finally {
      this.#isReading = false;
      this.#lastRead = performance.now();
    }
  }

  add(bytes: Uint8Array): void {
    if (this.#isOver) return;
    const size = ask(() => bytes.byteLength >= 0) ? bytes.byteLength : 0;
    this.#size += size;
    if (this.#options.keep && size && this.#size <= MOST_BYTES) this.#pieces.push({ time: performance.now(), bytes });
  }

  end(reason: BodyEndReason, error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    dropped.unregister(this);
    this.#options.ended({ pieces: this.#pieces, size: this.#size, reason, error });
  }

  /** One timer a body, not one a chunk. */
  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      const idle = this.#isReading ? 0 : performance.now() - this.#lastRead;
      if (idle >= this.#options.idleLimit) this.end('unread');
      else this.#wait(this.#options.idleLimit - idle);
    }, milliseconds);
  }
}
