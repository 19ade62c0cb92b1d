import { UnknownFormatError } from './errors.js';

/** Bytes that were packed, as they were before. */
export async function* unpacked(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  let sourceFailure: unknown;
  const feed = async (): Promise<void> => {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        sourceFailure = error;
        throw error;
      });
      if (next.done) return writer.close();
      await writer.write(next.value as Uint8Array<ArrayBuffer>);
    }
  };
  // A fault of the source shows on the reading side too; it must not be reported as unhandled as well.
  feed().catch((error: unknown) => void writer.abort(error).catch(() => {}));
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever the source failed with
        if (sourceFailure !== undefined) throw sourceFailure;
        throw new UnknownFormatError('The data begins as gzip but cannot be unpacked: it is damaged or cut off.', {
          cause: error,
        });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
