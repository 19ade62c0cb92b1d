/** For tests: streams that give what they are told to, and say what becomes of them. */

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export interface WatchedStream {
  stream: ReadableStream;
  /** How many chunks were asked for. */
  pulled: number;
  isCancelled: boolean;
  reason: unknown;
}

/** What comes after the chunks: the end, an error, or nothing ever. */
export type StreamEnd = 'close' | 'wait' | Error;

/** A stream of these chunks, given one by one when they are asked for. */
export function watchedStream(chunks: Iterable<unknown>, end: StreamEnd = 'close'): WatchedStream {
  const iterator = chunks[Symbol.iterator]();
  const watched: WatchedStream = {
    pulled: 0,
    isCancelled: false,
    reason: undefined,
    stream: new ReadableStream(
      {
        pull(controller): Promise<void> | void {
          const next = iterator.next();
          if (!next.done) {
            watched.pulled++;
            controller.enqueue(next.value);
          } else if (end === 'close') controller.close();
          else if (end === 'wait') return new Promise(() => {});
          else controller.error(end);
        },
        cancel(reason) {
          watched.isCancelled = true;
          watched.reason = reason;
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return watched;
}

/** What a stream gives, one by one: in WebKit there is no iterating over it. */
export async function* itemsOf<Item>(stream: ReadableStream<Item>): AsyncGenerator<Item, void> {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

export async function gzipped(data: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([data]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Bytes in pieces of at most `size`. */
export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
