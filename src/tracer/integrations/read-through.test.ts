import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { itemsOf } from '../../test/byte-streams.js';
import { readThrough, type BodyRecord } from './read-through.js';

const NEVER = 60 * 60_000;

/** A response that is read through, and how its reading ended. */
function watched(response: Response, options: { keep?: boolean; idleLimit?: number } = {}) {
  let ended: (record: BodyRecord) => void = () => {};
  const record = new Promise<BodyRecord>((resolve) => (ended = resolve));
  const stand = readThrough(response, { keep: true, idleLimit: NEVER, ...options, ended });
  return { stand: stand!, record };
}

/** A stream that counts what is asked of it. */
function source(chunks: readonly Uint8Array<ArrayBuffer>[], failure?: Error) {
  const seen = { pulls: 0, cancelled: undefined as unknown };
  const waiting = [...chunks];
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        seen.pulls++;
        const chunk = waiting.shift();
        if (chunk) controller.enqueue(chunk);
        else if (failure) controller.error(failure);
        else controller.close();
      },
      cancel(reason) {
        seen.cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, response: new Response(stream, { status: 201, statusText: 'Made', headers: { 'x-one': '1' } }) };
}

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);

async function chunksOf(response: Response): Promise<number[][]> {
  const chunks: number[][] = [];
  for await (const chunk of itemsOf(response.body!)) chunks.push([...chunk]);
  return chunks;
}

describe('a body that is read through', () => {
  it('gives every chunk as it came, and keeps it', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 })), async (chunks) => {
        const expected = chunks.map((chunk) => [...chunk]);
        const { stand, record } = watched(source(chunks.map((chunk) => chunk.slice())).response);
        expect(await chunksOf(stand)).to.deep.equal(expected);
        const { pieces, reason, size } = await record;
        expect(pieces.map((piece) => [...piece.bytes])).to.deep.equal(expected.filter((chunk) => chunk.length));
        expect(reason).to.equal('completed');
        expect(size).to.equal(expected.flat().length);
      }),
      { numRuns: 50 },
    ));

  it('asks for nothing before the application does', async () => {
    const { seen, response } = source([bytes(1), bytes(2), bytes(3)]);
    const { stand } = watched(response);
    expect(seen.pulls).to.equal(0);
    const reader = stand.body!.getReader();
    await reader.read();
    expect(seen.pulls).to.equal(1);
  });

  it('hands on that its reader goes away, and why', async () => {
    const { seen, response } = source([bytes(1), bytes(2)]);
    const { stand, record } = watched(response);
    await stand.body!.cancel('enough');
    expect(seen.cancelled).to.equal('enough');
    expect((await record).reason).to.equal('stopped');
  });

  it('hands on the very error that broke it', async () => {
    const failure = new TypeError('network lost');
    const { stand, record } = watched(source([bytes(1)], failure).response);
    const error: unknown = await chunksOf(stand).catch((thrown: unknown) => thrown);
    expect(error).to.equal(failure);
    expect(await record).to.include({ reason: 'failed', error: failure, size: 1 });
  });

  it('learns of an error while nobody reads', async () => {
    let controller: ReadableStreamDefaultController | undefined;
    const stream = new ReadableStream({ start: (given) => void (controller = given) });
    const { stand, record } = watched(new Response(stream));
    const reader = stand.body!.getReader();
    controller!.error(new Error('aborted'));
    expect((await record).reason).to.equal('failed');
    const closed = await reader.closed.catch((error: unknown) => (error as Error).message);
    expect(closed).to.equal('aborted');
  });

  it('is what it stands for in every other way', async () => {
    const { response } = source([bytes(123, 125)]);
    Object.defineProperty(response, 'url', { value: 'https://example.com/a' });
    const { stand } = watched(response);
    expect(stand).to.include({ status: 201, statusText: 'Made', url: 'https://example.com/a', redirected: false });
    expect(stand.type).to.equal(response.type);
    expect(stand.headers.get('x-one')).to.equal('1');
    const clone = stand.clone();
    expect(clone.url).to.equal('https://example.com/a');
    expect(await Promise.all([stand.json(), clone.text()])).to.deep.equal([{}, '{}']);
  });

  it('reads into the buffers of a reader where the original does', async () => {
    const original = new Response('hello').body!;
    const canRead = ((): boolean => {
      try {
        original.getReader({ mode: 'byob' }).releaseLock();
        return true;
      } catch {
        return false;
      }
    })();
    const { stand, record } = watched(new Response('hello'));
    if (!canRead) return expect(() => stand.body!.getReader({ mode: 'byob' })).to.throw(TypeError);
    const reader = stand.body!.getReader({ mode: 'byob' });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(2));
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    expect(text).to.equal('hello');
    expect((await record).size).to.equal(5);
    return undefined;
  });

  it('is over when nobody has read it for the limit, and can be read even so', async () => {
    const { stand, record } = watched(source([bytes(1), bytes(2)]).response, { idleLimit: 1 });
    expect((await record).reason).to.equal('unread');
    expect(await chunksOf(stand)).to.deep.equal([[1], [2]]);
  });

  it('counts bytes that are not wanted', async () => {
    const { stand, record } = watched(source([bytes(1, 2, 3)]).response, { keep: false });
    await stand.arrayBuffer();
    expect(await record).to.deep.include({ size: 3, pieces: [] });
  });

  it('leaves alone what cannot be stood in for', async () => {
    const read = new Response('x');
    const reader = read.body!.getReader();
    const own = Object.assign(new Response('x'), { json: () => Promise.resolve(1) });
    for (const response of [new Response(null, { status: 204 }), read, own, { ok: true } as Response]) {
      expect(readThrough(response, { keep: true, idleLimit: 1, ended: () => {} })).to.equal(undefined);
    }
    await reader.cancel();
  });
});
