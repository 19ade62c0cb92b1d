import { expect, waitUntil } from '@open-wc/testing';
import { readTraces } from '../formats/index.js';
import type { RecordedSpan } from '../model/index.js';
import { createTracer, type SpanSink } from '../tracer/index.js';
import { otlpExporter, type OtlpExporter, type OtlpExporterOptions } from './otlp-exporter.js';

interface Sent {
  url: string;
  init: RequestInit;
  spans: { name: string }[];
}

const opened: OtlpExporter[] = [];

afterEach(async () => {
  for (const exporter of opened.splice(0)) await exporter.close();
});

function open(options: OtlpExporterOptions): OtlpExporter {
  const exporter = otlpExporter({ delay: 1_000_000, retry: { first: 1, last: 4 }, ...options });
  opened.push(exporter);
  return exporter;
}

const spansIn = (body: unknown): { name: string }[] => {
  const document = JSON.parse(new TextDecoder().decode(body as Uint8Array)) as {
    resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[];
  };
  return document.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
};

/** A receiver that gives these answers one after the other, the last one from then on, and what it was sent. */
function receiver(...answers: (() => Response | Promise<Response>)[]): { fetch: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const stub: typeof fetch = (input, init = {}) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)]!;
    const isPacked = new Headers(init.headers).has('content-encoding');
    sent.push({ url: input as string, init, spans: isPacked ? [] : spansIn(init.body) });
    return Promise.resolve().then(answer);
  };
  return { fetch: stub, sent };
}

const ok = (): Response => new Response('{}');
const status =
  (code: number, headers: HeadersInit = {}) =>
  (): Response =>
    new Response('', { status: code, headers });
const offline = (): never => {
  throw new TypeError('Failed to fetch');
};

let ids = 0;
const span = (more: Partial<RecordedSpan> = {}): RecordedSpan => ({
  traceId: '5b8efff798038103d269b633813fc60c',
  id: (++ids).toString(16).padStart(16, '0'),
  name: `span ${ids}`,
  kind: 'span',
  start: 1_767_268_800_000,
  end: 1_767_268_800_100,
  ...more,
});

const url = 'https://collector.example/v1/traces';

describe('otlpExporter', () => {
  it('sends what has ended, in batches, with the headers of the moment', async () => {
    const { fetch, sent } = receiver(ok);
    let asked = 0;
    const headers = () => Promise.resolve({ authorization: `key ${++asked}` });
    const exporter = open({ url, fetch, batchSpans: 2, headers });
    exporter.started(span());
    for (let count = 0; count < 5; count++) exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 5, dropped: 0 });
    expect(sent.map(({ spans }) => spans.length)).to.deep.equal([2, 2, 1]);
    expect(sent[0]!.url).to.equal(url);
    const said = sent.map(({ init }) => new Headers(init.headers));
    expect(said.map((each) => each.get('authorization'))).to.deep.equal(['key 1', 'key 2', 'key 3']);
    expect(said[0]!.get('content-type')).to.equal('application/json');
    expect(said[0]!.has('content-encoding')).to.equal(false);
    expect(exporter.status).to.deep.include({ stored: 5, waiting: 0, dropped: 0 });
  });

  it('sends by itself after a while, and at once when a batch is full', async () => {
    const { fetch, sent } = receiver(ok);
    open({ url, fetch, delay: 1 }).ended(span());
    await waitUntil(() => sent.length === 1);
    const full = open({ url, fetch, batchSpans: 2 });
    full.ended(span());
    full.ended(span());
    await waitUntil(() => sent.length === 2);
    expect(sent[1]!.spans.length).to.equal(2);
  });

  it('keeps requests as small as it is told', async () => {
    const { fetch, sent } = receiver(ok);
    const exporter = open({ url, fetch, batchSize: 5000 });
    for (let count = 0; count < 6; count++) exporter.ended(span({ input: 'x'.repeat(1500) }));
    await exporter.flush();
    expect(sent.flatMap(({ spans }) => spans).length).to.equal(6);
    for (const { init } of sent) expect((init.body as Uint8Array).length).to.be.at.most(5000);
  });

  it('tries again when the receiver cannot answer, and keeps the order', async () => {
    const { fetch, sent } = receiver(offline, status(503), status(502), status(504), ok);
    const exporter = open({ url, fetch });
    const first = span();
    exporter.ended(first);
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 0 });
    expect(sent.map(({ spans }) => spans[0]!.name)).to.deep.equal(Array(5).fill(first.name));
    expect(exporter.status).to.deep.include({ failures: 0, state: 'ready', waiting: 0 });
  });

  it('waits as long as it is asked to', async () => {
    const { fetch, sent } = receiver(status(429, { 'retry-after': '1' }), ok);
    const exporter = open({ url, fetch });
    exporter.ended(span());
    const before = performance.now();
    await exporter.flush();
    expect(sent.length).to.equal(2);
    // A lower bound: timers may be late, never early by more than a rounding.
    expect(performance.now() - before).to.be.at.least(990);
  });

  it('leaves a receiver alone that fails again and again, and loses nothing by it', async () => {
    let isUp = false;
    const { fetch, sent } = receiver(() => (isUp ? ok() : offline()));
    const exporter = open({ url, fetch, retry: { first: 1, last: 1_000_000 } });
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
    expect(sent.length).to.equal(5);
    expect(exporter.status).to.deep.include({ state: 'paused', failures: 5, waiting: 1, lastError: 'Failed to fetch' });
    exporter.ended(span());
    window.dispatchEvent(new Event('pagehide'));
    expect(sent.length).to.equal(5);
    isUp = true;
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 0 });
    expect(exporter.status.state).to.equal('ready');
  });

  it('gives up what is refused, and says so', async () => {
    const { fetch, sent } = receiver(status(400), ok);
    const exporter = open({ url, fetch });
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 1 });
    expect(exporter.status.droppedFor.rejected).to.equal(1);
    expect(exporter.status.lastError).to.equal('The receiver answered 400.');
    expect(sent.length).to.equal(1);
  });

  it('says what the receiver says of it', async () => {
    const { fetch } = receiver(
      () => Response.json({ code: 3, message: 'span 0 has no id' }, { status: 400 }),
      () => new Response('no such tenant', { status: 422, headers: { 'content-type': 'text/plain' } }),
    );
    const exporter = open({ url, fetch });
    exporter.ended(span());
    await exporter.flush();
    expect(exporter.status.lastError).to.equal('The receiver answered 400: span 0 has no id');
    exporter.ended(span());
    await exporter.flush();
    expect(exporter.status.lastError).to.equal('The receiver answered 422: no such tenant');
    expect(exporter.status.droppedFor.rejected).to.equal(2);
  });

  it('stops where its key is not taken, keeps what waits, and tries again when it is asked to', async () => {
    let key = 401;
    const { fetch, sent } = receiver(() => (key === 200 ? ok() : new Response('', { status: key })));
    const exporter = open({ url, fetch, delay: 0 });
    for (key of [401, 403, 404]) {
      exporter.ended(span());
      expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
      expect(exporter.status).to.deep.include({ state: 'stopped', lastError: `The receiver answered ${key}.` });
    }
    expect(sent.length).to.equal(3);
    key = 200;
    expect(await exporter.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    expect(exporter.status).to.deep.include({ state: 'ready', waiting: 0 });
  });

  it('tries again after a 500, and loses nothing while it lasts', async () => {
    const { fetch, sent } = receiver(status(500), status(500), ok);
    const exporter = open({ url, fetch });
    exporter.ended(span());
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 0 });
    expect(sent.map(({ spans }) => spans.length)).to.deep.equal([2, 2, 2]);
  });

  it('finds the span that a receiver always fails on, and sends the others', async () => {
    const sent: string[] = [];
    const stub: typeof fetch = (_input, init) => {
      const names = spansIn(init!.body).map(({ name }) => name);
      if (names.includes('poison')) return Promise.resolve(status(500)());
      sent.push(...names);
      return Promise.resolve(ok());
    };
    const exporter = open({ url, fetch: stub });
    for (const name of ['a', 'b', 'poison', 'c', 'd', 'e', 'f', 'g']) exporter.ended(span({ name }));
    await exporter.flush();
    await waitUntil(() => exporter.status.waiting === 0);
    expect(sent).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(exporter.status.droppedFor.rejected).to.equal(1);
  });

  it('waits for the network where there is none, and goes on when it is back', async () => {
    let isUp = false;
    const { fetch, sent } = receiver(() => (isUp ? ok() : offline()));
    const exporter = open({ url, fetch, delay: 0 });
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isUp });
    try {
      exporter.ended(span());
      expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
      expect(exporter.status).to.deep.include({ state: 'offline', waiting: 1 });
      exporter.ended(span());
      expect(sent.length).to.equal(1);
      isUp = true;
      window.dispatchEvent(new Event('online'));
      await waitUntil(() => exporter.status.waiting === 0);
      expect(exporter.status).to.deep.include({ state: 'ready', stored: 2 });
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });

  it('leaves a receiver alone for as long as it asks, whoever flushes', async () => {
    const { fetch, sent } = receiver(status(429, { 'retry-after': '300' }), ok);
    const exporter = open({ url, fetch });
    exporter.ended(span());
    for (let time = 0; time < 3; time++) expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
    expect(sent.length).to.equal(1);
    expect(exporter.status).to.deep.include({ waiting: 1, lastError: 'The receiver answered 429.' });
  });

  it('sends in smaller pieces what is too much at once', async () => {
    const { fetch, sent } = receiver(status(413), ok);
    const exporter = open({ url, fetch });
    for (let count = 0; count < 4; count++) exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 4, dropped: 0 });
    expect(sent.map(({ spans }) => spans.length)).to.deep.equal([4, 2, 2]);
  });

  it('counts the spans that a receiver took the others without', async () => {
    const answer = { partialSuccess: { rejectedSpans: '2', errorMessage: 'too old' } };
    const { fetch } = receiver(() => Response.json(answer));
    const exporter = open({ url, fetch });
    for (let count = 0; count < 3; count++) exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 2 });
  });

  it('drops what the queue has no room for, and counts it', async () => {
    const { fetch } = receiver(ok);
    const exporter = open({ url, fetch, queueSpans: 2 });
    for (let count = 0; count < 5; count++) exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 3 });
    expect(exporter.status.droppedFor['queue-full']).to.equal(3);
  });

  it('gives up a request that is never answered, and tries again', async () => {
    const never: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error));
      });
    let calls = 0;
    const stub: typeof fetch = (input, init) => (calls++ ? Promise.resolve(ok()) : never(input, init));
    const exporter = open({ url, fetch: stub, timeout: 5 });
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 0 });
    expect(calls).to.equal(2);
  });

  it('sends what outlives the page when the page is hidden, and no more', async () => {
    const { fetch, sent } = receiver(ok);
    const exporter = open({ url, fetch, gzip: true });
    await exporter.flush();
    for (let count = 0; count < 10; count++) exporter.ended(span({ input: 'ä'.repeat(10_000) }));
    await waitUntil(() => {
      // Nothing is sent before the mapping is loaded, which a page that has just begun still waits for.
      if (sent.length === 0) window.dispatchEvent(new Event('pagehide'));
      return sent.length > 0;
    });
    const bytes = sent.map(({ init }) => (init.body as Uint8Array).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).to.be.within(20_000, 60_000);
    expect(sent.every(({ init }) => init.keepalive)).to.equal(true);
    expect(await exporter.flush()).to.deep.equal({ stored: 10, dropped: 0 });
  });

  it('does not send again, when the page is hidden, what is under way', async () => {
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const { fetch, sent } = receiver(() => answered.then(ok), ok);
    const exporter = open({ url, fetch, batchSpans: 2 });
    const spans = Array.from({ length: 3 }, () => span());
    for (const each of spans) exporter.ended(each);
    await waitUntil(() => sent.length === 1);
    window.dispatchEvent(new Event('pagehide'));
    await waitUntil(() => sent.length === 2);
    answer();
    expect(await exporter.flush()).to.deep.equal({ stored: 3, dropped: 0 });
    expect(sent.flatMap((request) => request.spans.map(({ name }) => name))).to.deep.equal(
      spans.map(({ name }) => name),
    );
  });

  it('counts what cannot be written, and sends the rest', async () => {
    const { fetch, sent } = receiver(ok);
    const exporter = open({ url, fetch });
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    exporter.ended(span());
    exporter.ended(span({ attributes: { deep } }));
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 1 });
    expect(exporter.status.droppedFor.unreadable).to.equal(1);
    expect(sent.flatMap(({ spans }) => spans).length).to.equal(2);
  });

  it('never throws, whatever it is given', async () => {
    const exporter = open({
      url: 'no address',
      headers: () => {
        throw new Error('no key');
      },
    });
    exporter.ended(span());
    expect(await exporter.flush()).to.deep.equal({ stored: 0, dropped: 0 });
    expect(exporter.status.lastError).to.equal('no key');
  });

  it('takes the fetch behind one that is traced', async () => {
    const { fetch, sent } = receiver(ok);
    let traced = 0;
    const outer: typeof fetch = Object.assign(
      (...args: Parameters<typeof fetch>) => {
        traced++;
        return fetch(...args);
      },
      { __original: fetch },
    );
    const exporter = open({ url, fetch: outer });
    exporter.ended(span());
    await exporter.flush();
    expect([traced, sent.length]).to.deep.equal([0, 1]);
  });

  it('brings a trace to a receiver, compressed, from where it is read equal', async () => {
    const path = `/collector/${crypto.randomUUID()}`;
    const exporter = open({ url: path, headers: { 'x-key': 'k' } }) satisfies SpanSink;
    const tracer = createTracer({ exporters: [exporter], service: 'app', sessionId: 's-1' });
    await tracer.span('answer', { kind: 'chain', input: 'question' }, async (root) => {
      await root.child('chat', { kind: 'llm', model: 'm' }, (child) => {
        child.setUsage({ input: 10, output: 5 });
        return Promise.resolve('hello');
      });
    });
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 0 });
    const got = (await (await fetch(path)).json()) as { headers: Record<string, string>; body: string }[];
    expect(got.length).to.equal(1);
    expect(got[0]!.headers).to.deep.include({ 'x-key': 'k', 'content-encoding': 'gzip' });
    const [trace] = await readTraces(got[0]!.body);
    expect([...trace!.spans].map(({ name, kind, output }) => [name, kind, output])).to.deep.equal([
      ['answer', 'chain', undefined],
      ['chat', 'llm', 'hello'],
    ]);
    expect(trace!.usage).to.deep.include({ input: 10, output: 5 });
    expect(trace!.sessionId).to.equal('s-1');
  });
});
