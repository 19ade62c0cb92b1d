import { expect, waitUntil as waitFor } from '@open-wc/testing';
import { openDB } from 'idb';
import type { RecordedSpan } from '../model/index.js';
import type { TraceStore } from '../store/index.js';
import { toOtlp } from './otlp.js';
import { otlpExporter, type OtlpExporter, type OtlpExporterOptions } from './otlp-exporter.js';
import type { SpanOutbox } from './span-outbox.js';

/** A machine that does other things too may need longer than the second that is usual. */
const waitUntil = (isSo: () => boolean | Promise<boolean>, what?: string): Promise<void> =>
  waitFor(isSo, what, { timeout: 10_000 });

/** A window with the kit, as a page of its own. */
type Page = Window & typeof globalThis & { eval: (code: string) => unknown };

interface Kit {
  openTraceStore: typeof import('../store/index.js').openTraceStore;
  otlpExporter: typeof otlpExporter;
}

interface Tab {
  page: Page;
  store: TraceStore;
  exporter: OtlpExporter;
  /** Goes, as a tab that is closed does: without a word to anybody. */
  close(): void;
}

const MODULES = ['/src/store/index.ts', '/src/export/otlp-exporter.ts'];

const frames = new Set<HTMLIFrameElement>();
const stores: string[] = [];
let names = 0;

afterEach(() => {
  for (const frame of frames) frame.remove();
  frames.clear();
  for (const name of stores.splice(0)) indexedDB.deleteDatabase(name);
});

/** Opens the application in a tab: a store of this name, and an exporter that sends what it holds. */
async function openTab(
  name: string,
  options: OtlpExporterOptions,
  prepare: (page: Page) => void = () => {},
): Promise<Tab> {
  const frame = document.createElement('iframe');
  frames.add(frame);
  document.body.append(frame);
  const page = frame.contentWindow as Page;
  prepare(page);
  const imports = MODULES.map((module) => `import(${JSON.stringify(module)})`).join();
  const modules = (await page.eval(`Promise.all([${imports}])`)) as object[];
  const kit = Object.assign({}, ...modules) as Kit;
  const store = await kit.openTraceStore({ name });
  const exporter = kit.otlpExporter({ store, delay: 0, retry: { first: 1, last: 4 }, ...options });
  const close = (): void => {
    frames.delete(frame);
    frame.remove();
  };
  return { page, store, exporter, close };
}

const newName = (): string => {
  stores.push(`test-export-${Date.now()}-${names++}`);
  return stores.at(-1)!;
};

let ids = 0;
const span = (more: Partial<RecordedSpan> = {}): RecordedSpan => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  id: (++ids).toString(16).padStart(16, '0'),
  name: `span ${ids}`,
  kind: 'span',
  // A store deletes what is old.
  start: Date.now(),
  end: Date.now() + 100,
  ...more,
});

/** Records spans, and gives their names. */
function record(store: TraceStore, count: number, more: Partial<RecordedSpan> = {}): string[] {
  const spans = Array.from({ length: count }, () => span(more));
  for (const each of spans) store.ended(each);
  return spans.map(({ name }) => name);
}

interface Received {
  answer: string;
  headers: Record<string, string>;
  names: string[];
}

/** What a collector of the test server got, and how it answered. */
async function received(path: string): Promise<Received[]> {
  const got = (await (await fetch(path)).json()) as { answer: string; headers: Record<string, string>; body: string }[];
  return got.map(({ body, ...rest }) => {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[];
    };
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    return { ...rest, names: spans.map(({ name }) => name) };
  });
}

/** Names of the spans that it said it took, in order. */
const taken = async (path: string): Promise<string[]> =>
  (await received(path)).filter(({ answer }) => answer === '200').flatMap((request) => request.names);

/** An address, and how its first requests are answered. */
const collector = (answers = ''): { path: string; url: string } => {
  const path = `/collector/${crypto.randomUUID()}`;
  return { path, url: `${path}?answers=${answers}` };
};

describe('otlpExporter with a store', () => {
  it('sends what has ended, once, compressed to its own origin', async () => {
    const { path, url } = collector();
    const { store, exporter } = await openTab(newName(), { url, batchSpans: 2 });
    store.started(span({ name: 'runs on' }));
    const names = record(store, 5);
    expect(await exporter.flush()).to.deep.equal({ stored: 5, dropped: 0 });
    expect(await exporter.flush()).to.deep.equal({ stored: 5, dropped: 0 });
    expect(await taken(path)).to.deep.equal(names);
    const [first] = await received(path);
    expect(first!.headers).to.deep.include({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(exporter.status).to.deep.include({ state: 'ready', waiting: 0, dropped: 0 });
  });

  it('sends by itself', async () => {
    const { path, url } = collector();
    const { store } = await openTab(newName(), { url });
    const names = record(store, 3);
    await waitUntil(async () => (await taken(path)).length === names.length);
    expect(await taken(path)).to.deep.equal(names);
  });

  it('tries again after every kind of failure, and counts what the receiver rejects', async () => {
    const { path, url } = collector('429-1,500,drop,503,partial-2');
    const { store, exporter } = await openTab(newName(), { url });
    const names = record(store, 6);
    const before = performance.now();
    await exporter.flush();
    await waitUntil(() => exporter.status.waiting === 0 && exporter.status.stored > 0);
    // A lower bound, which is what `Retry-After` asks for.
    expect(performance.now() - before).to.be.at.least(990);
    expect((await received(path)).map((request) => [request.answer, request.names])).to.deep.equal(
      ['429', '500', 'drop', '503', 'partial'].map((answer) => [answer, names]),
    );
    expect(exporter.status).to.deep.include({ stored: 4, dropped: 2, failures: 0, state: 'ready' });
    expect(exporter.status.lastError).to.equal('The receiver rejected 2 spans: too old');
  });

  it('goes on after a reload with what was not taken before', async () => {
    const name = newName();
    const { path, url } = collector('200,401');
    const first = await openTab(name, { url, batchSpans: 2 });
    const names = record(first.store, 5);
    expect(await first.exporter.flush()).to.deep.equal({ stored: 2, dropped: 0 });
    expect(first.exporter.status).to.deep.include({ state: 'stopped', waiting: 3 });
    first.close();
    const second = await openTab(name, { url, batchSpans: 2 });
    expect(await second.exporter.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    second.close();
    const third = await openTab(name, { url });
    expect(await third.exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
    expect(await taken(path)).to.deep.equal(names);
  });

  it('sends what ended while the page went away', async () => {
    const name = newName();
    const { path, url } = collector();
    const first = await openTab(name, { url, delay: 1_000_000 });
    await first.exporter.flush();
    const names = record(first.store, 3);
    first.page.dispatchEvent(new Event('pagehide'));
    first.close();
    const second = await openTab(name, { url });
    await second.exporter.flush();
    expect(await taken(path)).to.deep.equal(names);
  });

  it('lets one of two tabs send the spans of both, each once, and the other go on when that is closed', async () => {
    const name = newName();
    const { path, url } = collector();
    const tabs = [await openTab(name, { url, batchSpans: 50 }), await openTab(name, { url, batchSpans: 50 })];
    const names: string[] = [];
    for (let round = 0; round < 20; round++) {
      for (const { store } of tabs) {
        names.push(...record(store, 10, { traceId: (round + 1).toString(16).padStart(32, '0') }));
        if (round % 3 === 0) await store.flush();
      }
    }
    for (const { store } of tabs) await store.flush();
    await waitUntil(async () => (await taken(path)).length >= names.length);
    expect((await taken(path)).sort()).to.deep.equal(names.sort());
    const [sends, waits] = tabs.sort((one) => (one.exporter.status.state === 'elsewhere' ? 1 : -1)) as [Tab, Tab];
    expect(waits.exporter.status).to.deep.include({ state: 'elsewhere', stored: 0 });
    expect(sends.exporter.status).to.deep.include({ state: 'ready', stored: names.length });
    sends.close();
    const later = record(waits.store, 3);
    await waitUntil(() => waits.exporter.status.stored === 3);
    expect((await taken(path)).slice(names.length)).to.deep.equal(later);
  });

  it('lets the next one send when it is closed itself', async () => {
    const name = newName();
    const { url } = collector();
    const first = await openTab(name, { url });
    await first.exporter.flush();
    const second = await openTab(name, { url });
    record(second.store, 2);
    await second.exporter.flush();
    expect(second.exporter.status.state).to.equal('elsewhere');
    await first.exporter.close();
    await waitUntil(() => second.exporter.status.state === 'ready');
  });

  it('keeps what waits while its key is not taken, and sends it after a reload with another', async () => {
    const name = newName();
    const { path, url } = collector('401');
    const first = await openTab(name, { url });
    const names = record(first.store, 2);
    await first.exporter.flush();
    expect(first.exporter.status).to.deep.include({ state: 'stopped', waiting: 2, dropped: 0 });
    first.close();
    const second = await openTab(name, { url, headers: { authorization: 'another' } });
    await second.exporter.flush();
    expect(await taken(path)).to.deep.equal(names);
  });

  it('does not send what was deleted, and says so', async () => {
    const { path, url } = collector('401');
    const { store, exporter } = await openTab(newName(), { url });
    record(store, 2, { traceId: '0'.repeat(31) + '1' });
    const kept = record(store, 1, { traceId: '0'.repeat(31) + '2' });
    await exporter.flush();
    await store.delete(['0'.repeat(31) + '1']);
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 2 });
    expect(exporter.status.droppedFor.deleted).to.equal(2);
    expect(await taken(path)).to.deep.equal(kept);
  });

  it('sends nothing that was imported', async () => {
    const { path, url } = collector();
    const { store, exporter } = await openTab(newName(), { url });
    await store.import(toOtlp([span()]));
    const names = record(store, 1, { traceId: '0'.repeat(31) + '3' });
    await exporter.flush();
    expect(await taken(path)).to.deep.equal(names);
  });

  it('finds its spans after their trace was put together', async () => {
    const name = newName();
    const { path, url } = collector();
    const { store, exporter } = await openTab(name, { url, delay: 1_000_000 });
    const names: string[] = [];
    for (let chunk = 0; chunk < 12; chunk++) {
      names.push(...record(store, 2, { parentId: 'f'.repeat(16) }));
      await store.flush();
    }
    const database = await openDB(name);
    expect(await database.count('chunks')).to.equal(12);
    names.push(...record(store, 1, { id: 'f'.repeat(16) }));
    await store.flush();
    await waitUntil(async () => (await database.count('chunks')) < 12, 'fewer chunks');
    database.close();
    expect(await exporter.flush()).to.deep.equal({ stored: names.length, dropped: 0 });
    expect(await taken(path)).to.deep.equal(names);
  });

  it('serves several receivers, each at its pace, and keeps nothing for them once they are served', async () => {
    const name = newName();
    const one = collector();
    const other = collector('401');
    const { store, exporter } = await openTab(name, { url: one.url });
    const second = otlpExporter({ store, url: other.url, delay: 1_000_000 });
    const names = record(store, 3);
    await Promise.all([exporter.flush(), second.flush()]);
    expect(await taken(one.path)).to.deep.equal(names);
    expect(await taken(other.path)).to.deep.equal([]);
    const database = await openDB(name);
    expect(await database.count('outbox')).to.equal(1);
    await second.flush();
    expect(await taken(other.path)).to.deep.equal(names);
    expect(await database.count('outbox')).to.equal(0);
    database.close();
    await second.close();
  });

  it('sends from memory where there is no database', async () => {
    const { path, url } = collector();
    const { store, exporter } = await openTab(newName(), { url }, (page) => {
      Object.defineProperty(page, 'indexedDB', { value: undefined });
    });
    expect(store.status.mode).to.equal('memory');
    const names = record(store, 3);
    expect(await exporter.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    expect(await exporter.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    expect(await taken(path)).to.deep.equal(names);
  });

  it('lets a request outlive a page that nobody sees, where it is small enough', async () => {
    const sent: { keepalive: boolean | undefined; size: number }[] = [];
    const stub: typeof fetch = (_input, init) => {
      sent.push({ keepalive: init!.keepalive, size: (init!.body as Uint8Array).length });
      return Promise.resolve(new Response('{}'));
    };
    const { page, store, exporter } = await openTab(newName(), { url: '/x', fetch: stub, gzip: false, batchSpans: 1 });
    const hide = (isHidden: boolean): void => {
      Object.defineProperty(page.document, 'visibilityState', {
        configurable: true,
        value: isHidden ? 'hidden' : 'visible',
      });
      page.document.dispatchEvent(new Event('visibilitychange'));
    };
    record(store, 1);
    await exporter.flush();
    hide(true);
    record(store, 1);
    record(store, 1, { input: 'x'.repeat(70_000) });
    await exporter.flush();
    expect(sent.map(({ keepalive }) => keepalive)).to.deep.equal([false, true, false]);
    expect(sent[2]!.size).to.be.greaterThan(65_536);
  });

  it('does not send again what it sent, while that cannot be noted', async () => {
    const { path, url } = collector();
    const one = span();
    let failures = 3;
    let isNoted = false;
    const place = { entry: 1, spans: 0 };
    const outbox: SpanOutbox = {
      name: 'none',
      isShared: false,
      addReader: () => {},
      next: () => Promise.resolve({ place, spans: isNoted ? [] : [one], waiting: isNoted ? 0 : 1 }),
      acknowledge: () => {
        if (failures-- > 0) return Promise.reject(new Error('no room for a note'));
        isNoted = true;
        return Promise.resolve({ entry: 2, spans: 0 });
      },
      subscribe: () => () => {},
    };
    const exporter = otlpExporter({ store: { outbox }, url, retry: { first: 1, last: 4 } });
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 0 });
    expect(exporter.status).to.deep.include({ waiting: 0, lastError: 'no room for a note' });
    expect(await taken(path)).to.deep.equal([one.name]);
    await exporter.close();
  });

  it('never throws, whatever becomes of its store', async () => {
    const { url } = collector();
    const { store, exporter } = await openTab(newName(), { url });
    record(store, 1);
    await store.close();
    expect((await exporter.flush()).dropped).to.equal(0);
    expect(exporter.status.lastError).to.be.a('string');
    await exporter.close();
  });
});
