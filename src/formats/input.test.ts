import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { bytesOf, gzipped, pieces, watchedStream } from '../test/byte-streams.js';
import { rejection } from '../test/rejection.js';
import { EmptyInputError, TooLargeError, TraceReadError, UnknownFormatError } from './errors.js';
import { readInput } from './input.js';

const TEXT = '{"name":"naïve 😀"}';
const BYTES = bytesOf(TEXT);
const MEGABYTE = 1024 * 1024;

describe('readInput', () => {
  const around = new Uint8Array([1, 2, ...BYTES, 3]);
  const inputs: Record<string, () => unknown> = {
    'a string': () => TEXT,
    'an ArrayBuffer': () => BYTES.buffer,
    'a Uint8Array within a larger buffer': () => around.subarray(2, 2 + BYTES.length),
    'a DataView': () => new DataView(around.buffer, 2, BYTES.length),
    'a Blob': () => new Blob([TEXT]),
    'a File': () => new File([TEXT], 'trace.json'),
    'a Response': () => new Response(TEXT),
    'a stream of bytes': () => watchedStream(pieces(BYTES, 5)).stream,
    'a stream of single bytes': () => watchedStream(pieces(BYTES, 1)).stream,
    'a stream of text': () => watchedStream(['{"name":"naïve', ' ', '', '😀"}']).stream,
  };
  for (const [name, input] of Object.entries(inputs)) {
    it(`reads ${name}`, async () => expect(await readInput(input(), {})).to.deep.equal({ text: TEXT }));
  }

  it('hands on what somebody has parsed already', async () => {
    for (const value of [{ a: 1 }, [1], null, undefined, 5, true]) {
      expect(await readInput(value, {})).to.deep.equal({ value });
    }
  });

  it('reads no bytes as empty text', async () => {
    for (const input of [new ArrayBuffer(0), new Blob([]), watchedStream([]).stream]) {
      expect(await readInput(input, {})).to.deep.equal({ text: '' });
    }
  });

  it('keeps bytes that are no text as bytes', async () => {
    const bytes = new Uint8Array([10, 5, 0, 1, 255]);
    expect(await readInput(watchedStream(pieces(bytes, 4)).stream, {})).to.deep.equal({ bytes });
  });

  it('refuses a response that was read before, one without a body, and a stream that is read elsewhere', async () => {
    const response = new Response(TEXT);
    await response.text();
    expect(await rejection(readInput(response, {}))).to.be.instanceOf(EmptyInputError);
    expect(await rejection(readInput(new Response(null, { status: 204 }), {}))).to.be.instanceOf(EmptyInputError);
    const { stream } = watchedStream([BYTES]);
    stream.getReader();
    expect(await rejection(readInput(stream, {}))).to.be.instanceOf(TraceReadError);
  });

  it('refuses a stream of anything else, and cancels it', async () => {
    const watched = watchedStream([{}, BYTES]);
    expect(await rejection(readInput(watched.stream, {}))).to.be.instanceOf(UnknownFormatError);
    expect(watched.isCancelled).to.equal(true);
  });

  it('rejects with the fault of the source', async () => {
    const fault = new TypeError('network');
    expect(await rejection(readInput(watchedStream([BYTES], fault).stream, {}))).to.equal(fault);
  });

  it('reports bytes, and of how many where that is known', async () => {
    const seen: unknown[] = [];
    const onBytes = (...figures: unknown[]): void => void seen.push(figures);
    await readInput(watchedStream(pieces(BYTES, 10)).stream, { onBytes });
    expect(seen).to.deep.equal([[10, undefined], [20, undefined], [BYTES.length, undefined]]); // prettier-ignore
    seen.length = 0;
    await readInput(new Blob([BYTES]), { onBytes });
    expect(seen.at(-1)).to.deep.equal([BYTES.length, BYTES.length]);
    seen.length = 0;
    const headers = { 'content-length': String(BYTES.length) };
    await readInput(new Response(BYTES, { headers }), { onBytes });
    expect(seen.at(-1)).to.deep.equal([BYTES.length, BYTES.length]);
    seen.length = 0;
    await readInput(new Response(BYTES, { headers: { ...headers, 'content-encoding': 'br' } }), { onBytes });
    expect(seen.at(-1)).to.deep.equal([BYTES.length, undefined]);
  });
});

describe('readInput of gzip', () => {
  it('unpacks it, whatever holds it', async () => {
    const packed = await gzipped(TEXT);
    for (const input of [packed, packed.buffer, new Blob([packed]), new Response(packed)]) {
      expect(await readInput(input, {})).to.deep.equal({ text: TEXT });
    }
  });

  it('unpacks it however it is split, also after the first byte', async () => {
    const packed = await gzipped(TEXT.repeat(100));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: packed.length }), async (size) => {
        const { stream } = watchedStream(pieces(packed, size));
        expect(await readInput(stream, {})).to.deep.equal({ text: TEXT.repeat(100) });
      }),
      { numRuns: 30 },
    );
  });

  it('reads packed emptiness as empty text', async () => {
    expect(await readInput(await gzipped(''), {})).to.deep.equal({ text: '' });
  });

  it('says that it is cut off or damaged', async () => {
    const packed = await gzipped(JSON.stringify(Array.from({ length: 1000 }, Math.random)));
    const damaged = packed.slice().fill(255, 100, 200);
    for (const input of [packed.subarray(0, packed.length / 2), packed.subarray(0, 2), damaged]) {
      const error = await rejection(readInput(input, {}));
      expect(error).to.be.instanceOf(UnknownFormatError).with.property('message').that.contains('damaged or cut off');
    }
  });

  it('does not wait for more of a source whose gzip is damaged, and cancels it', async () => {
    const packed = await gzipped(TEXT.repeat(1000));
    const watched = watchedStream([packed.slice().fill(255, 10)], 'wait');
    expect(await rejection(readInput(watched.stream, {}))).to.be.instanceOf(UnknownFormatError);
    expect(watched.isCancelled).to.equal(true);
  });

  it('rejects with the fault of the source, not of the gzip', async () => {
    const fault = new TypeError('network');
    const packed = await gzipped(TEXT.repeat(1000));
    const { stream } = watchedStream([packed.subarray(0, 20)], fault);
    expect(await rejection(readInput(stream, {}))).to.equal(fault);
  });

  it('stops unpacking a bomb, and cancels its source', async () => {
    const bomb = await gzipped(new Uint8Array(48 * MEGABYTE).fill(32));
    const watched = watchedStream(pieces(bomb, 1024));
    const error = await rejection(readInput(watched.stream, {}));
    expect(error).to.be.instanceOf(TooLargeError).with.property('message').that.contains('200 times');
    expect(watched.isCancelled).to.equal(true);
    expect(watched.pulled).to.be.below(bomb.length / 1024);
  });

  it('unpacks what is as repetitive as traces are', async () => {
    const text = JSON.stringify(
      Array.from({ length: 250_000 }, (_, id) => ({
        id,
        name: 'ChatOpenAI',
        kind: 'LLM',
        parent: 'the same for all of them',
      })),
    );
    expect(text.length).to.be.above(16 * MEGABYTE);
    expect(await readInput(await gzipped(text), {})).to.deep.equal({ text });
  });
});

describe('readInput with a signal', () => {
  const reason = new Error('changed my mind');

  for (const [name, first] of [
    ['text', () => Promise.resolve(BYTES)],
    ['gzip', async () => (await gzipped(TEXT.repeat(1000))).subarray(0, 30)],
  ] as const) {
    it(`stops a stream of ${name} that lets wait, and cancels it with the reason`, async () => {
      const abort = new AbortController();
      const watched = watchedStream([await first()], 'wait');
      const onBytes = (): void => queueMicrotask(() => abort.abort(reason));
      expect(await rejection(readInput(watched.stream, { signal: abort.signal, onBytes }))).to.equal(reason);
      expect(watched.isCancelled).to.equal(true);
      expect(watched.reason).to.equal(reason);
    });
  }

  it('stops between two chunks', async () => {
    const abort = new AbortController();
    const watched = watchedStream(pieces(bytesOf('x'.repeat(100)), 1));
    const onBytes = (done: number): void => {
      if (done === 7) abort.abort(reason);
    };
    expect(await rejection(readInput(watched.stream, { signal: abort.signal, onBytes }))).to.equal(reason);
    expect(watched.isCancelled).to.equal(true);
    expect(watched.pulled).to.be.at.most(8);
  });

  it('does not begin where it is aborted already', async () => {
    const watched = watchedStream([BYTES]);
    expect(await rejection(readInput(watched.stream, { signal: AbortSignal.abort(reason) }))).to.equal(reason);
    expect(watched.pulled).to.equal(0);
    expect(watched.isCancelled).to.equal(true);
  });

  it('leaves nothing behind on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: unknown[]) => (listeners++, addEventListener.apply(signal, args as never));
    signal.removeEventListener = (...args: unknown[]) => (
      listeners--,
      removeEventListener.apply(signal, args as never)
    );
    await readInput(new Blob([TEXT]), { signal });
    await readInput(await gzipped(TEXT), { signal });
    await rejection(readInput((await gzipped(TEXT)).subarray(0, 15), { signal }));
    expect(listeners).to.equal(0);
  });

  it('leaves no rejection unhandled', async () => {
    const unhandled: unknown[] = [];
    const note = (event: PromiseRejectionEvent): void => {
      unhandled.push(event.reason);
      event.preventDefault();
    };
    window.addEventListener('unhandledrejection', note);
    const packed = await gzipped(TEXT.repeat(5000));
    for (const size of [3, 15, 40]) {
      for (const end of ['wait', 'close', new Error('fault')] as const) {
        const abort = new AbortController();
        const onBytes = (done: number): void => {
          if (end === 'wait' && done >= 40) abort.abort();
        };
        const { stream } = watchedStream(pieces(packed.subarray(0, packed.length / 2), size), end);
        await rejection(readInput(stream, { signal: abort.signal, onBytes }));
      }
    }
    // Unhandled rejections are told of in a task of their own.
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    window.removeEventListener('unhandledrejection', note);
    expect(unhandled).to.deep.equal([]);
  });
});
