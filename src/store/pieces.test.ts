import { expect, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import { openDB } from 'idb';
import { INTERNALS_ATTRIBUTE, packArray, packArrayNow, unpackArray, type Internals } from '../internals/index.js';
import type { RecordedSpan } from '../model/index.js';
import { createTracer, recordInternals } from '../tracer/index.js';
import { piecesOf } from './pieces.js';
import { spansOfPieces, textsOf } from './read-pieces.js';
import type { Piece } from './schema.js';
import { endedSpan, forgetStores, newStore } from './test-store.js';
import type { TraceStore } from './index.js';

afterEach(forgetStores);

/** What a value takes in the database: a text of which one character takes two bytes takes two for each. */
function bytesOf(part: Piece['text']): number {
  if (Array.isArray(part)) return part.reduce((sum, one) => sum + bytesOf(one), 0);
  if (typeof part !== 'string') return part.buffer.byteLength;
  return /[^\0-\xff]/.test(part) ? 2 * part.length : part.length;
}

/** Numbers of a seed: property tests shrink the seed and the length, not each number. */
function noise(length: number, seed: number): Float32Array {
  let state = seed + 1;
  return Float32Array.from({ length }, () => (state = (state * 48271) % 2147483647) / 2147483647);
}

/** Internals with an array of a random shape, packed in one of the ways there are. */
const internalsText = fc
  .record({
    heads: fc.integer({ min: 1, max: 4 }),
    tokens: fc.integer({ min: 1, max: 90 }),
    layout: fc.constantFrom('dense' as const, 'tri' as const),
    dtype: fc.constantFrom('u8' as const, 'f32' as const),
    isCompressed: fc.boolean(),
    seed: fc.nat(1000),
  })
  .map(async ({ heads, tokens, seed, ...options }) => {
    const values = noise(heads * tokens * tokens, seed);
    const array = await packArray(values, [heads, tokens, tokens], options);
    const [q, k] = [0, 0].map(() => [0, tokens]);
    const text = Array.from({ length: tokens }, (_, at) => (at % 7 ? ` word${at}` : '猫'));
    const attention = [{ type: 'self', q, k, captured: 'live', layers: [{ layer: 0, ...array }] }];
    return JSON.stringify({ v: 1, tokens: { text, split: 0 }, attention });
  });

/** Everything in a store of a database. */
async function piecesIn(name: string, store = 'chunks'): Promise<Piece[]> {
  const database = await openDB(name);
  const pieces = (await database.getAll(store)) as Piece[];
  database.close();
  return pieces;
}

const rawOf = async (store: TraceStore, id: string): Promise<unknown[]> => {
  const trace = await store.trace(id);
  expect(trace!.problems.filter(({ code }) => code === 'unreadable-record')).to.deep.equal([]);
  return Array.from(trace!.spans, ({ raw }) => raw);
};

const hasBytes = ({ text }: Piece): boolean => [text].flat().some((part) => part instanceof Uint8Array);

/** A call with a large array, which becomes several pieces of bytes. Its trace has not ended: nothing is put together. */
const largeCall = (parts: Partial<RecordedSpan> = {}): RecordedSpan => {
  const layers = [{ layer: 0, ...packArrayNow(noise(100_000, 1), [1, 100, 1000], { dtype: 'f32' }) }];
  const attention = [{ type: 'self', q: [900, 1000], k: [0, 1000], captured: 'live', layers }];
  return endedSpan({
    parentId: 'f'.repeat(16),
    ...parts,
    attributes: { [INTERNALS_ATTRIBUTE]: JSON.stringify({ v: 1, attention }) },
  });
};

describe('pieces of a text', () => {
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 200_000 }), fc.nat(100), fc.constantFrom('', '=', '=='))
    .map(([length, seed, end]) => {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
      return Array.from(noise(length, seed), (value) => letters[Math.floor(value * 64)]!).join('') + end;
    });
  const text = fc
    .array(fc.oneof(stretch, fc.string({ unit: 'binary' }), fc.lorem(), fc.constant('猫'.repeat(40_000))), {
      maxLength: 6,
    })
    .map((parts) => parts.join('"'));

  it('make the same text again, none of them beyond 64 KiB, whatever it is', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const pieces = piecesOf('owner', 'id', whole);
        for (const { text: part } of pieces) expect(bytesOf(part)).to.be.below(64_000);
        expect(textsOf(pieces)).to.deep.equal(whole === '' ? [] : [whole]);
        const one = piecesOf('owner', 'id', whole, Infinity);
        expect(one.length).to.equal(whole === '' ? 0 : 1);
        expect(textsOf(one)).to.deep.equal(textsOf(pieces));
      }),
      { numRuns: 40 },
    );
  });

  it('keep long base64 as bytes, and everything else as text', () => {
    const data = 'QUJD'.repeat(50_000);
    const whole = `[{"a":"{\\"data\\":\\"${data}==\\"}","text":"${'plain words, '.repeat(10_000)}"}]`;
    const pieces = piecesOf('owner', 'id', whole);
    const parts = pieces.flatMap(({ text: part }) => part);
    const bytes = parts.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.length), 0);
    expect(bytes).to.be.within(149_000, 150_000);
    // What is small shares a piece.
    const small = Array.from({ length: 12 }, () => 'QUJD'.repeat(600)).join('","');
    expect(piecesOf('owner', 'id', `["${small}"]`).length).to.equal(1);
  });

  it('are text in an engine that does not know base64, and are read there', () => {
    const engine = Uint8Array as { fromBase64?: unknown };
    const prototype = Uint8Array.prototype as { toBase64?: unknown };
    const [{ fromBase64 }, { toBase64 }] = [engine, prototype];
    const whole = `["${'QUJD'.repeat(30_000)}"]`;
    const known = piecesOf('owner', 'id', whole);
    delete engine.fromBase64;
    delete prototype.toBase64;
    try {
      expect(
        piecesOf('owner', 'id', whole)
          .flatMap(({ text: part }) => part)
          .join(''),
      ).to.equal(whole);
      expect(textsOf(known)).to.deep.equal([whole]);
    } finally {
      Object.assign(engine, { fromBase64 });
      Object.defineProperty(prototype, 'toBase64', { value: toBase64, configurable: true, writable: true });
    }
  });
});

describe('internals in a store', () => {
  it('come back equal: at once, put together, opened again, by the outbox, from memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(internalsText, { minLength: 1, maxLength: 4 }), fc.string(), async (texts, name) => {
        const root = endedSpan({ name });
        const { traceId } = root;
        const spans = (await Promise.all(texts)).map((text) =>
          endedSpan({ traceId, parentId: root.id, attributes: { [INTERNALS_ATTRIBUTE]: text, other: 'é"\\' } }),
        );
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = () => {
          throw new DOMException('none', 'SecurityError');
        };
        const memory = await newStore();
        IDBFactory.prototype.open = open;
        const store = await newStore();
        store.outbox.addReader('test');
        await store.outbox.next('test', 1);
        for (const span of [...spans, root]) {
          memory.ended(span);
          store.ended(span);
          await store.flush();
        }
        const all = [root, ...spans];
        expect(await rawOf(memory, traceId)).to.have.deep.members(all);
        expect(await rawOf(store, traceId)).to.have.deep.members(all);
        expect((await store.outbox.next('test', 9)).spans).to.have.deep.members(all);
        await store.close();
        const again = await newStore({ name: store.name });
        expect(await rawOf(again, traceId)).to.have.deep.members(all);
        const copy = await newStore();
        await copy.import(await again.export());
        expect(await rawOf(copy, traceId)).to.have.deep.members(all);
        await forgetStores();
      }),
      { numRuns: 12 },
    );
  }).timeout(60_000);

  it('are bytes there, also when a trace is put together, and nothing of them is changed', async () => {
    const store = await newStore();
    const root = endedSpan();
    const call = largeCall({ traceId: root.traceId, parentId: root.id });
    for (const span of [call, ...Array.from({ length: 9 }, () => endedSpan({ ...root, id: endedSpan().id }))]) {
      store.ended({ ...span, parentId: root.id });
      await store.flush();
    }
    const before = await piecesIn(store.name);
    expect(before.length).to.be.above(9);
    const inBytes = (pieces: readonly Piece[]): number =>
      pieces.flatMap(({ text }) => text).reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.length), 0);
    expect(inBytes(before)).to.be.within(399_000, 400_000);
    store.ended(root);
    await store.flush();
    await waitUntil(async () => (await piecesIn(store.name)).length === 1);
    expect(inBytes(await piecesIn(store.name))).to.be.within(399_000, 400_000);
    expect(await rawOf(store, root.traceId)).to.deep.include({ ...call, parentId: root.id });
  });

  it('outlive a page that goes away', async () => {
    const store = await newStore();
    const call = largeCall();
    store.ended(call);
    window.dispatchEvent(new Event('pagehide'));
    await waitUntil(() => store.status.stored === 1);
    const next = await newStore({ name: store.name });
    await next.list();
    expect(await rawOf(next, call.traceId)).to.deep.equal([call]);
  });

  it('are masked before they are there', async () => {
    const store = await newStore();
    const span = createTracer({ store }).start('call', { kind: 'llm' });
    const secret = 'sk-live-0123456789abcdefghijklmnop';
    const layers = [{ layer: 0, ...packArrayNow(noise(6000, 2), [1, 2, 3000]) }];
    recordInternals(span, {
      v: 1,
      tokens: { text: ['key ', secret.slice(0, 12), secret.slice(12)], split: 0 },
      attention: [{ type: 'cross', q: [0, 2], k: [0, 3000], captured: 'live', layers }],
    });
    span.end();
    const [raw] = (await rawOf(store, span.traceId)) as RecordedSpan[];
    const internals = JSON.parse(raw!.attributes![INTERNALS_ATTRIBUTE] as string) as Internals;
    expect(internals.tokens!.text).to.deep.equal(['key ', '•••', '•••']);
    expect(internals.attention![0]!.layers![0]).to.deep.equal(layers[0]);
    expect(JSON.stringify(await piecesIn(store.name))).to.not.contain(secret.slice(12));
  });

  it('are told of when a piece is missing or another thing, and nothing else is lost', async () => {
    for (const harm of ['missing', 'no bytes', 'other bytes'] as const) {
      const store = await newStore();
      const call = largeCall();
      store.ended(call);
      await store.flush();
      const other = endedSpan({ traceId: call.traceId, parentId: call.parentId! });
      store.ended(other);
      await store.flush();
      const database = await openDB(store.name);
      const piece = ((await database.getAll('chunks')) as Piece[]).find(hasBytes)!;
      if (harm === 'missing') await database.delete('chunks', piece.key);
      else if (harm === 'no bytes') await database.put('chunks', { ...piece, text: { length: 1e9 } });
      else await database.put('chunks', { ...piece, text: new Uint8Array(7) });
      database.close();
      const trace = (await store.trace(call.traceId))!;
      if (harm === 'other bytes') {
        const damaged = trace.span(call.id)!;
        expect(damaged.internalsProblems.map(({ section }) => section)).to.deep.equal(['attention']);
      } else {
        expect(Array.from(trace.spans, ({ id }) => id)).to.deep.equal([other.id]);
        expect(trace.problems.map(({ code }) => code)).to.include('unreadable-record');
      }
    }
  });

  it('of an older database are read, and written as bytes from now on', async () => {
    const name = `test-older-${Date.now()}`;
    const call = largeCall();
    const text = JSON.stringify([call]);
    const older = await openDB(name, 3, {
      upgrade(database) {
        for (const store of ['chunks', 'open', 'tails', 'taken', 'scores', 'readers']) {
          database.createObjectStore(store, { keyPath: 'key' });
        }
        database.createObjectStore('outbox', { keyPath: 'key', autoIncrement: true });
        database.createObjectStore('traces', { keyPath: 'summary.id' }).createIndex('start', 'start');
      },
    });
    const pieces = Math.ceil(text.length / 30_000);
    for (let at = 0; at < pieces; at++) {
      const part = text.slice(at * 30_000, (at + 1) * 30_000);
      await older.put('chunks', { key: [call.traceId, 'chunk', at], text: part, pieces });
    }
    older.close();
    const store = await newStore({ name });
    expect(store.status.hasLostTraces).to.equal(false);
    expect(await rawOf(store, call.traceId)).to.deep.equal([call]);
    const later = largeCall({ traceId: call.traceId });
    store.ended(later);
    expect(await rawOf(store, call.traceId)).to.have.deep.members([call, later]);
    const spans = spansOfPieces(await piecesIn(name));
    expect(spans).to.deep.include({ damaged: 0 });
    expect((await piecesIn(name)).some(hasBytes)).to.equal(true);
  });

  it('give numbers that are those that were captured', async () => {
    const store = await newStore();
    const call = largeCall();
    store.ended(call);
    const { internals } = (await store.trace(call.traceId))!.span(call.id)!;
    const array = await unpackArray(internals!.attention![0]!.layers![0]!);
    expect(array.matrix(0)).to.deep.equal(noise(100_000, 1));
  });
});
