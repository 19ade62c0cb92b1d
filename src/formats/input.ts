import { EmptyInputError, TooLargeError, TraceReadError, UnknownFormatError } from './errors.js';

/** Bytes that are read at the most: a text longer than about this is longer than engines allow a string to be. */
const MOST_BYTES = 512 * 1024 * 1024 - 24;
/** How much larger than its compressed form a trace may be. JSON of repeated spans stays well below. */
const MOST_RATIO = 200;
/** Ratios mean nothing for the first little bit. */
const RATIO_COUNTS_FROM = 16 * 1024 * 1024;

export interface InputOptions {
  signal?: AbortSignal | undefined;
  /** Bytes read so far, and of how many where that is known. */
  onBytes?: ((done: number, total?: number) => void) | undefined;
  /** Is given text as it comes. What it takes (it says so) is not kept; once it has taken some, it has to take the rest. */
  take?: ((text: string) => Promise<boolean>) | undefined;
}

/** Text to parse (empty where all was taken), or a value that somebody has parsed already. */
export type Input = { text: string } | { bytes: Uint8Array } | { value: unknown };

/** Takes whatever `readTraces` is given and reads it to its end. gzip is recognised by its first bytes and unpacked. */
export async function readInput(input: unknown, options: InputOptions): Promise<Input> {
  if (typeof input === 'string') return { text: (await options.take?.(input)) ? '' : input };
  if (input instanceof ArrayBuffer) return contentOf(streamOf(new Uint8Array(input)), options);
  if (ArrayBuffer.isView(input)) {
    const bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    return contentOf(streamOf(bytes), options);
  }
  if (input instanceof Blob) return contentOf(input.stream(), options, input.size);
  if (typeof Response === 'function' && input instanceof Response) return responseContent(input, options);
  if (input instanceof ReadableStream) return contentOf(input, options);
  return { value: input };
}

async function responseContent(response: Response, options: InputOptions): Promise<Input> {
  if (response.bodyUsed) throw new EmptyInputError('The response was read before: its body can be read only once.');
  if (!response.body) throw new EmptyInputError('The response has no body.');
  const length = Number(response.headers.get('content-length'));
  // The length is that of the compressed bytes where the server compressed them; then it tells nothing of progress.
  const total = length > 0 && !response.headers.get('content-encoding') ? length : undefined;
  return contentOf(response.body, options, total);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function contentOf(stream: ReadableStream, options: InputOptions, total?: number): Promise<Input> {
  const { signal } = options;
  if (stream.locked) throw new TraceReadError('The stream is being read elsewhere: it can be read only once.');
  const reader = (stream as ReadableStream<unknown>).getReader();
  const stop = (): void => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const packed = { bytes: 0 };
    const { first, rest } = await firstChunk(countBytes(reader, packed, options, total));
    if (!first) return { text: '' };
    const whole = withFirst(first, rest);
    if (first[0] !== 0x1f || first[1] !== 0x8b) return await decode(first, whole, undefined, options);
    const { unpacked } = await import('./gzip.js');
    const inner = await firstChunk(unpacked(whole));
    return inner.first ? await decode(inner.first, withFirst(inner.first, inner.rest), packed, options) : { text: '' };
  } finally {
    signal?.removeEventListener('abort', stop);
    // Where reading stopped early, the source is told at once, also while it lets wait; where it ended, this does nothing.
    stop();
  }
}

async function* countBytes(
  reader: ReadableStreamDefaultReader<unknown>,
  packed: { bytes: number },
  { signal, onBytes }: InputOptions,
  total?: number,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = await reader.read();
    signal?.throwIfAborted();
    if (done) return;
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    if (!(bytes instanceof Uint8Array)) {
      throw new UnknownFormatError(`The stream gives ${typeof value}s; it must give bytes or text.`);
    }
    packed.bytes += bytes.length;
    onBytes?.(packed.bytes, total);
    if (bytes.length) yield bytes;
  }
}

/** The first two bytes at least, since gzip is told by them. */
async function firstChunk(
  chunks: AsyncGenerator<Uint8Array>,
): Promise<{ first?: Uint8Array; rest: AsyncGenerator<Uint8Array> }> {
  let first: Uint8Array | undefined;
  while (!first || first.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    const { value } = next;
    first = first ? concatenated([first, value], first.length + value.length) : value;
  }
  return { ...(first && { first }), rest: chunks };
}

async function* withFirst(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Text, or the bytes themselves where they are none. */
async function decode(
  first: Uint8Array,
  chunks: AsyncGenerator<Uint8Array>,
  packed: { bytes: number } | undefined,
  { take }: InputOptions,
): Promise<Input> {
  const decoder = isBinary(first) ? undefined : new TextDecoder();
  let texts: string[] = [];
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let isTaken = false;
  const add = async (text: string): Promise<boolean> => {
    if (await take?.(text)) {
      texts = [];
      return true;
    }
    texts.push(text);
    return false;
  };
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES && !isTaken) throw tooLarge('is larger than 512 MB');
    if (packed && bytes > RATIO_COUNTS_FROM && bytes > packed.bytes * MOST_RATIO) {
      throw tooLarge(`unpacks to more than ${MOST_RATIO} times its size`);
    }
    if (decoder) isTaken = await add(decoder.decode(chunk, { stream: true }));
    else parts.push(chunk);
  }
  if (!decoder) return { bytes: concatenated(parts, bytes) };
  await add(decoder.decode());
  return { text: texts.join('') };
}

/** Control characters that no text of a trace begins with, but every protobuf message has among its first bytes. */
function isBinary(first: Uint8Array): boolean {
  return first.subarray(0, 64).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

const tooLarge = (what: string): TooLargeError =>
  new TooLargeError(
    `The input ${what}, more than is read in one piece. Write it as JSON Lines (one document a line), which is read as it ` +
      'comes in and may be of any length, or load one trace at a time.',
  );

function concatenated(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
