import { expect, waitUntil } from '@open-wc/testing';
import { openDB } from 'idb';
import { createTracer } from '../tracer/index.js';
import { breakDatabase } from './test-faults.js';
import { endedSpan, forgetStores, idsOnDisk, newStore } from './test-store.js';

/** The page goes away, as far as a script can tell. */
const goAway = (event = 'pagehide'): void => {
  const target = event === 'pagehide' ? window : document;
  target.dispatchEvent(new Event(event));
};

/** Gives a property of the browser another value, until it is put back. */
function pretend(target: object, name: string, value: unknown): () => void {
  Object.defineProperty(target, name, { value, configurable: true });
  return () => void Reflect.deleteProperty(target, name);
}

/** What stands in a store of a database. */
async function countOf(name: string, store: string): Promise<number> {
  const database = await openDB(name);
  const count = await database.count(store);
  database.close();
  return count;
}

const isWebKit = navigator.vendor.startsWith('Apple');

describe('a store whose page goes away', () => {
  const mends: (() => void)[] = [];

  afterEach(async () => {
    for (const mend of mends.splice(0)) mend();
    await forgetStores();
  });

  for (const event of ['pagehide', 'freeze', 'visibilitychange']) {
    it(`writes what waits on ${event}, without waiting itself`, async function () {
      if (isWebKit) this.skip();
      if (event === 'visibilitychange') mends.push(pretend(document, 'hidden', true));
      const store = await newStore();
      const begun: IDBTransactionMode[] = [];
      const { commit } = IDBTransaction.prototype;
      IDBTransaction.prototype.commit = function () {
        begun.push(this.mode);
        commit.call(this);
      };
      mends.push(() => (IDBTransaction.prototype.commit = commit));
      store.ended(endedSpan());
      goAway(event);
      expect(begun).to.deep.equal(['readwrite']);
      await waitUntil(() => store.status.stored === 1);
    });
  }

  it('puts what it wrote then among the others when the page is still there', async () => {
    const store = await newStore();
    const span = endedSpan();
    store.ended(span);
    goAway();
    expect((await store.list()).map(({ id }) => id)).to.deep.equal([span.traceId]);
    expect(await idsOnDisk(store.name)).to.deep.equal([span.id]);
    expect(await countOf(store.name, 'tails')).to.equal(0);
    expect(store.status).to.deep.include({ recorded: 1, stored: 1, waiting: 0 });
  });

  it('keeps what was being written when the page went, once', async () => {
    const store = await newStore();
    const spans = [endedSpan(), endedSpan()];
    for (const span of spans) store.ended(span);
    const flushed = store.flush();
    await Promise.resolve();
    goAway();
    goAway();
    await flushed;
    const next = await newStore({ name: store.name });
    await next.list();
    await store.flush();
    expect(await idsOnDisk(store.name)).to.have.members(spans.map(({ id }) => id));
    expect(store.status).to.deep.include({ recorded: 2, stored: 2, waiting: 0 });
  });

  it('keeps spans that run, and forgets that they did when they have ended', async () => {
    const store = await newStore();
    const span = createTracer({ store }).start('long');
    goAway();
    const next = await newStore({ name: store.name });
    expect((await next.list()).map(({ name, isRunning }) => [name, isRunning])).to.deep.equal([['long', true]]);
    span.end();
    await store.flush();
    expect((await next.list()).map(({ name, isRunning }) => [name, isRunning])).to.deep.equal([['long', false]]);
    expect(await countOf(store.name, 'open')).to.equal(0);
  });

  it('takes in once what a page left behind, whoever opens the store', async () => {
    const store = await newStore();
    store.ended(endedSpan());
    goAway();
    await waitUntil(() => store.status.stored === 1);
    const others = await Promise.all([1, 2, 3].map(() => newStore({ name: store.name })));
    await Promise.all([store, ...others].map((other) => other.list()));
    expect((await store.list())[0]!.spanCount).to.equal(1);
  });

  it('puts back what could not be written then', async () => {
    const store = await newStore();
    const mend = breakDatabase({ at: 'put', times: 1 });
    mends.push(mend);
    const span = endedSpan();
    store.ended(span);
    goAway();
    mend();
    await store.flush();
    expect(await idsOnDisk(store.name)).to.deep.equal([span.id]);
    expect(store.status).to.deep.include({ stored: 1, waiting: 0 });
  });

  describe('in WebKit', () => {
    const tailsOf = (name: string): string[] =>
      Object.keys(localStorage).filter((key) => key.startsWith(`${name}:tail:`));

    beforeEach(() => mends.push(pretend(navigator, 'vendor', 'Apple Computer, Inc.')));

    it('leaves what waits in localStorage, masked, and nothing in the database', async () => {
      const store = await newStore();
      createTracer({ store }).start('call', { input: 'key sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD' }).end();
      goAway();
      const [key] = tailsOf(store.name);
      const text = localStorage.getItem(key!)!;
      expect(text).to.contain('call');
      expect(text).not.to.contain('abcdefghijklmnopqrstuvwxyz');
      expect(await countOf(store.name, 'tails')).to.equal(0);
    });

    it('takes it out at the next start, and in once', async () => {
      const store = await newStore();
      const spans = [endedSpan(), endedSpan()];
      for (const span of spans) store.ended(span);
      const flushed = store.flush();
      await Promise.resolve();
      // The write that is under way is given up: an unfinished one would block the next page.
      goAway();
      const next = await newStore({ name: store.name });
      await next.list();
      await flushed;
      await store.flush();
      expect(tailsOf(store.name)).to.deep.equal([]);
      expect((await idsOnDisk(store.name)).sort()).to.deep.equal(spans.map(({ id }) => id).sort());
      expect(store.status).to.deep.include({ recorded: 2, stored: 2, waiting: 0 });
    });

    it('takes no more room than a part of what an origin has', async () => {
      const store = await newStore();
      const spans = Array.from({ length: 30 }, () => endedSpan({ input: 'x'.repeat(50_000) }));
      for (const span of spans) store.ended(span);
      goAway();
      const length = tailsOf(store.name).reduce((sum, key) => sum + localStorage.getItem(key)!.length, 0);
      expect(length).to.be.within(900_000, 1_010_000);
      // The page is still here: the others are written as ever.
      await store.flush();
      expect(await idsOnDisk(store.name)).to.have.members(spans.map(({ id }) => id));
      expect(store.status).to.deep.include({ recorded: 30, stored: 30, waiting: 0 });
    });

    it('deletes it with everything else', async () => {
      const store = await newStore();
      store.ended(endedSpan());
      goAway();
      await store.clear();
      expect(tailsOf(store.name)).to.deep.equal([]);
      expect(await store.list()).to.deep.equal([]);
    });
  });
});

describe('a store outside of a page', () => {
  afterEach(forgetStores);

  /** Records three spans in a worker, and gives what it answers. */
  const recordIn = (
    port: { postMessage(message: unknown): void },
    answers: EventTarget,
    name: string,
  ): Promise<unknown> =>
    new Promise((resolve) => {
      answers.addEventListener('message', ({ data }: MessageEventInit) => resolve(data), { once: true });
      port.postMessage({ name, spans: [endedSpan(), endedSpan(), endedSpan()] });
    });

  const url = new URL('./test-worker.ts', import.meta.url);

  it('writes and reads in a worker', async () => {
    const store = await newStore();
    const worker = new Worker(url, { type: 'module' });
    const answer = await recordIn(worker, worker, store.name);
    worker.terminate();
    expect(answer).to.deep.include({ stored: 3, mode: 'indexeddb', listed: 3 });
    expect(await store.list()).to.have.length(3);
  });

  it('writes and reads in a shared worker', async function () {
    if (typeof SharedWorker !== 'function') this.skip();
    const store = await newStore();
    const { port } = new SharedWorker(url, { type: 'module' });
    port.start();
    const answer = await recordIn(port, port, store.name);
    expect(answer).to.deep.include({ stored: 3, mode: 'indexeddb', listed: 3 });
    expect(await store.list()).to.have.length(3);
  });

  it('writes and lists in a service worker, and pages read it', async function () {
    if (!('serviceWorker' in navigator)) this.skip();
    const store = await newStore();
    const heard: string[] = [];
    store.subscribe(({ traceIds }) => heard.push(...traceIds));
    const registration = await navigator.serviceWorker.register(url, { type: 'module', scope: '/src/store/nowhere/' });
    const worker = registration.installing ?? registration.waiting ?? registration.active!;
    navigator.serviceWorker.startMessages();
    const answer = await recordIn(worker, navigator.serviceWorker, store.name);
    await registration.unregister();
    expect(answer).to.deep.include({ stored: 3, mode: 'indexeddb', listed: 3 });
    await waitUntil(() => heard.length === 3);
    expect(await store.list()).to.have.length(3);
  });
});
