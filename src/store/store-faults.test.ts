import { expect, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import { openDB } from 'idb';
import type { RecordedSpan } from '../model/index.js';
import { DATABASE_VERSION } from './schema.js';
import { breakDatabase, hurry, moveClock, type Fault } from './test-faults.js';
import { endedSpan, forgetStores, idsOnDisk, newStore } from './test-store.js';
import type { TraceStore } from './index.js';

/** What reached the application: nothing may. */
const escaped: unknown[] = [];
const mends: (() => void)[] = [];

const catchEscaped = (event: ErrorEvent | PromiseRejectionEvent): void => {
  escaped.push('reason' in event ? event.reason : event.error);
};

/** Breaks something until the end of the test, or until it is mended. */
function until(mend: () => void): () => void {
  mends.push(mend);
  return mend;
}

const breakIt = (fault: Fault): (() => void) => until(breakDatabase(fault));

/** The database is tried again after a while only. */
const waitForRetry = (): (() => void) => until(moveClock(10 * 60_000));

function record(store: TraceStore, count: number, parts: Partial<RecordedSpan> = {}): string[] {
  return Array.from({ length: count }, () => {
    const span = endedSpan(parts);
    store.ended(span);
    return span.id;
  });
}

/** Recorded = stored + dropped + waiting, whatever happens. */
function checkSum({ status }: TraceStore): void {
  expect(status.recorded).to.equal(status.stored + status.dropped + status.waiting);
  expect(status.dropped).to.equal(Object.values(status.droppedFor).reduce((sum, count) => sum + count, 0));
}

describe('a store whose database fails', () => {
  beforeEach(() => {
    window.addEventListener('unhandledrejection', catchEscaped);
    window.addEventListener('error', catchEscaped);
  });

  afterEach(async () => {
    for (const mend of mends.splice(0)) mend();
    await forgetStores();
    window.removeEventListener('unhandledrejection', catchEscaped);
    window.removeEventListener('error', catchEscaped);
    expect(escaped.splice(0)).to.deep.equal([]);
  });

  for (const at of ['open', 'opening'] as const) {
    it(`keeps spans in memory while the backing store is broken (${at}), and writes them once it opens`, async () => {
      const mend = breakIt({ at });
      const store = await newStore();
      expect(store.status).to.deep.include({ mode: 'memory', reason: 'UnknownError of the test' });
      const ids = record(store, 3);
      expect(await store.flush()).to.deep.equal({ stored: 0, dropped: 0 });
      expect(store.status.waiting).to.equal(3);
      expect(await store.list()).to.have.length(3);
      mend();
      waitForRetry();
      expect(await store.flush()).to.deep.equal({ stored: 3, dropped: 0 });
      expect(store.status.mode).to.equal('indexeddb');
      expect(store.status.reason).to.equal(undefined);
      expect(await idsOnDisk(store.name)).to.have.members(ids);
      checkSum(store);
    });
  }

  it('does not ask a browser that cannot open the database again and again', async () => {
    const stand = performance.now();
    const { now } = performance;
    performance.now = () => stand;
    until(() => (performance.now = now));
    let asked = 0;
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      asked++;
      throw new DOMException('no', 'UnknownError');
    };
    until(() => (IDBFactory.prototype.open = open));
    const store = await newStore();
    for (let round = 0; round < 10; round++) {
      record(store, 1);
      await store.flush();
    }
    expect(asked).to.equal(1);
    expect(store.status.waiting).to.equal(10);
  });

  it('does without a database that never answers, and joins it when it does', async () => {
    const answer = breakIt({ at: 'silence', times: 1 });
    const rest = until(hurry());
    const store = await newStore();
    rest();
    expect(store.status).to.deep.include({ mode: 'memory', reason: 'The database has not answered within 3 s.' });
    const ids = record(store, 2);
    await store.flush();
    expect(await store.list()).to.have.length(2);
    answer();
    await waitUntil(() => store.status.mode === 'indexeddb');
    expect(await store.flush()).to.deep.equal({ stored: 2, dropped: 0 });
    expect(await idsOnDisk(store.name)).to.have.members(ids);
  });

  it('waits for a tab with an older version that holds the database, and joins it when that is closed', async () => {
    const name = `test-blocked-${Date.now()}`;
    const older = await openDB(name, DATABASE_VERSION - 1);
    const rest = until(hurry());
    const store = await newStore({ name });
    rest();
    expect(store.status.mode).to.equal('memory');
    await waitUntil(() => store.status.reason?.startsWith('Waiting for another tab'));
    const ids = record(store, 2);
    await store.flush();
    older.close();
    await waitUntil(() => store.status.mode === 'indexeddb');
    await store.flush();
    expect(await idsOnDisk(name)).to.have.members(ids);
    checkSum(store);
  });

  it('lets go of the database for a newer version in another tab, and says so', async () => {
    const store = await newStore();
    record(store, 1);
    await store.flush();
    const newer = await openDB(store.name, DATABASE_VERSION + 1, {
      blocked: () => expect.fail('the newer version must not wait'),
    });
    record(store, 1);
    await store.flush();
    expect(store.status).to.deep.include({ mode: 'memory', recorded: 2, stored: 1, waiting: 1 });
    await waitUntil(() => store.status.reason === 'A newer version of the kit has taken over the database.');
    newer.close();
  });

  it('does not open a database of a newer version', async () => {
    const name = `test-newer-${Date.now()}`;
    (await openDB(name, DATABASE_VERSION + 1)).close();
    const store = await newStore({ name });
    await waitUntil(() => store.status.reason === 'A newer version of the kit has taken over the database.');
    record(store, 1);
    expect(await store.list()).to.have.length(1);
  });

  for (const fault of [
    { at: 'transaction', error: 'InvalidStateError' },
    { at: 'transaction', error: 'UnknownError' },
    { at: 'put', error: 'DataError' },
    { at: 'commit', error: 'UnknownError' },
  ] as const) {
    it(`writes once more with a new connection after ${fault.error} (${fault.at})`, async () => {
      const store = await newStore();
      breakIt({ ...fault, times: 1 });
      const ids = record(store, 2);
      expect(await store.flush()).to.deep.equal({ stored: 2, dropped: 0 });
      expect(store.status.mode).to.equal('indexeddb');
      expect(await idsOnDisk(store.name)).to.have.members(ids);
    });

    it(`keeps spans in memory while ${fault.error} (${fault.at}) comes again and again`, async () => {
      const store = await newStore();
      const mend = breakIt(fault);
      const ids = record(store, 2);
      expect(await store.flush()).to.deep.equal({ stored: 0, dropped: 0 });
      expect(store.status).to.deep.include({ mode: 'memory', reason: `${fault.error} of the test`, waiting: 2 });
      ids.push(...record(store, 1));
      expect(await store.list()).to.have.length(3);
      mend();
      waitForRetry();
      expect(await store.flush()).to.deep.equal({ stored: 3, dropped: 0 });
      expect(await idsOnDisk(store.name)).to.have.members(ids);
    });
  }

  it('makes room by deleting the oldest fifth of the traces, and writes again', async () => {
    const store = await newStore();
    const now = Date.now();
    for (let age = 10; age > 0; age--) record(store, 1, { name: `${age} days`, start: now - age * 1000 });
    await store.flush();
    breakIt({ at: 'commit', error: 'QuotaExceededError', times: 1 });
    record(store, 1, { name: 'new', start: now });
    expect(await store.flush()).to.deep.equal({ stored: 11, dropped: 0 });
    expect((await store.list()).map(({ name }) => name)).to.deep.equal([
      'new',
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((age) => `${age} days`),
    ]);
  });

  it('keeps new spans in memory while the disk is full, and deletes no more than a fifth for nothing', async () => {
    const store = await newStore();
    record(store, 10, { start: Date.now() - 1000 });
    await store.flush();
    // The first write of each attempt fails; deleting goes well.
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const mend = until(() => (IDBObjectStore.prototype.put = put));
    record(store, 2);
    expect(await store.flush()).to.deep.equal({ stored: 10, dropped: 0 });
    expect(store.status).to.deep.include({ mode: 'memory', waiting: 2 });
    await waitUntil(() => store.status.reason === 'There is no room for the database.');
    waitForRetry();
    await store.flush();
    mend();
    until(moveClock(3_600_000));
    expect(await store.flush()).to.deep.equal({ stored: 12, dropped: 0 });
    expect(await store.list()).to.have.length(10);
  });

  it('gives up a write that never answers', async () => {
    const store = await newStore();
    const rest = until(hurry());
    const other = await openDB(store.name);
    const transaction = other.transaction('chunks', 'readwrite');
    let isHolding = true;
    const release = until(() => (isHolding = false));
    const hold = async (): Promise<void> => {
      while (isHolding) await transaction.store.count();
    };
    const holding = hold();
    const ids = record(store, 2);
    await store.flush();
    expect(store.status).to.deep.include({ mode: 'memory', reason: 'The database has not answered within 10 s.' });
    rest();
    release();
    await holding;
    other.close();
    waitForRetry();
    await store.flush();
    expect(await idsOnDisk(store.name)).to.have.members(ids);
  });

  it('drops what cannot be written as JSON, and nothing else', async () => {
    const store = await newStore();
    const [first] = record(store, 1);
    record(store, 1, { metadata: 1n });
    const [last] = record(store, 1);
    expect(await store.flush()).to.deep.equal({ stored: 2, dropped: 1 });
    expect(store.status.droppedFor['write-failed']).to.equal(1);
    expect(await idsOnDisk(store.name)).to.deep.equal([first, last]);
  });

  it('turns spans away when too many wait, and counts them', async () => {
    breakIt({ at: 'open' });
    const store = await newStore({ retention: { traces: Infinity, size: Infinity } });
    record(store, 50_003);
    expect(store.status).to.deep.include({ recorded: 50_003, waiting: 50_000, dropped: 3 });
    expect(store.status.droppedFor['queue-full']).to.equal(3);
    checkSum(store);
  });

  it('turns spans away when those that wait are too large', async () => {
    breakIt({ at: 'open' });
    const store = await newStore({ retention: { size: Infinity } });
    record(store, 70, { input: 'x'.repeat(1_000_000) });
    await store.flush();
    expect(store.status).to.deep.include({ recorded: 70, waiting: 63, dropped: 7 });
  });

  it('keeps no more in memory than it is told, and counts what goes', async () => {
    breakIt({ at: 'open' });
    const store = await newStore({ retention: { traces: 2 } });
    for (let at = 0; at < 5; at++) record(store, 1, { name: `trace ${at}`, start: Date.now() - 1000 + at });
    await store.flush();
    await waitUntil(() => store.status.waiting === 2);
    expect((await store.list()).map(({ name }) => name)).to.deep.equal(['trace 4', 'trace 3']);
    expect(store.status.droppedFor.deleted).to.equal(3);
    checkSum(store);
  });

  it('counts what ends after it was closed', async () => {
    const store = await newStore();
    record(store, 1);
    await store.close();
    record(store, 2);
    await store.flush();
    expect(store.status).to.deep.include({ recorded: 3, stored: 1, dropped: 2, waiting: 0 });
    expect(store.status.droppedFor.closed).to.equal(2);
  });

  it('says that stored traces are gone though nobody deleted them', async () => {
    const store = await newStore();
    record(store, 1);
    await store.close();
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(store.name).onsuccess = resolve;
    });
    const next = await newStore({ name: store.name });
    await waitUntil(() => next.status.hasLostTraces);
    await next.close();
    const later = await newStore({ name: store.name });
    await later.list();
    expect(later.status.hasLostTraces).to.equal(false);
  });

  it('reads past an index line and a chunk that it has not written', async () => {
    const store = await newStore();
    const [id] = record(store, 1);
    await store.flush();
    const database = await openDB(store.name);
    await database.put('traces', { summary: { id: 'forged', name: ['x'] }, start: 5, size: 'many', hasRoot: 1 });
    await database.put('traces', { summary: { id: endedSpan().traceId }, start: Date.now() });
    await database.put('chunks', { key: ['forged', 'forged', 0], text: '[{"raw":', pieces: 1 });
    database.close();
    expect((await store.list()).map(({ name }) => name)).to.deep.equal([`span ${parseInt(id!, 16)}`]);
    // A trace whose line is forged is written all the same, and has a proper line then.
    record(store, 1, { traceId: 'forged', name: 'real' });
    await store.flush();
    expect((await store.list()).map(({ name }) => name)).to.include('real');
    expect(store.status.mode).to.equal('indexeddb');
  });

  it('minds no clock that jumps', async () => {
    const store = await newStore();
    const [before] = record(store, 1, { name: 'before' });
    await store.flush();
    const back = until(moveClock(-3_600_000, { wall: true }));
    const [during] = record(store, 1, { name: 'during' });
    await store.flush();
    back();
    until(moveClock(3_600_000, { wall: true }));
    const [after] = record(store, 1, { name: 'after' });
    await store.flush();
    expect((await store.list()).map(({ name }) => name)).to.deep.equal(['after', 'before', 'during']);
    expect(await idsOnDisk(store.name)).to.have.members([before, during, after]);
  });

  it('loses nothing and repeats nothing, whatever fails in between', async () => {
    const faults = fc.record({
      at: fc.constantFrom<Fault['at'][]>('open', 'opening', 'transaction', 'put', 'commit'),
      error: fc.constantFrom('UnknownError', 'QuotaExceededError', 'InvalidStateError', 'AbortError'),
      after: fc.nat(2),
      times: fc.integer({ min: 1, max: 6 }),
    });
    const step = fc.oneof(
      fc.record({ record: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ fault: faults }),
      fc.constantFrom('mend', 'flush', 'leave', 'retry', 'list'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const store = await newStore();
        const ids: string[] = [];
        let clock = 0;
        let [mend, setBack] = [(): void => {}, (): void => {}];
        const retry = (): void => {
          setBack();
          setBack = moveClock((clock += 3_600_000));
        };
        try {
          for (const what of steps) {
            if (what === 'mend') mend();
            else if (what === 'flush') await store.flush();
            else if (what === 'leave') window.dispatchEvent(new Event('pagehide'));
            else if (what === 'retry') retry();
            else if (what === 'list') await store.list().catch(() => []);
            else if ('record' in what) ids.push(...record(store, what.record, { traceId: `trace ${ids.length % 3}` }));
            else {
              mend();
              mend = breakDatabase(what.fault);
            }
            checkSum(store);
          }
          mend();
          retry();
          await store.flush();
          await store.flush();
        } finally {
          mend();
          setBack();
        }
        expect(store.status).to.deep.include({ waiting: 0, stored: ids.length, dropped: 0 });
        // A fifth of the traces may have gone to make room.
        const onDisk = await idsOnDisk(store.name);
        expect(new Set(onDisk).size).to.equal(onDisk.length);
        const hasDeleted = steps.some((what) => typeof what === 'object' && 'fault' in what);
        if (hasDeleted) expect(ids).to.include.members(onDisk);
        else expect(onDisk).to.have.members(ids);
        await forgetStores();
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);
});
