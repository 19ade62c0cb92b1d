import { expect, waitUntil } from '@open-wc/testing';
import { openDB } from 'idb';
import { readTraces, UnknownFormatError } from '../formats/index.js';
import type { RecordedSpan } from '../model/index.js';
import { createTracer } from '../tracer/index.js';
import type { TraceStore } from './index.js';
import { endedSpan, forgetStores, newStore } from './test-store.js';

afterEach(forgetStores);

/** Records a small trace and gives its id. */
async function record(store: TraceStore, name = 'answer'): Promise<string> {
  let id = '';
  await createTracer({ store, sessionId: 's-1' }).span(name, { kind: 'chain' }, async (span) => {
    id = span.traceId;
    await span.child('chat', { kind: 'llm', model: 'm' }, (child) => {
      child.setUsage({ input: 10, output: 5 });
      return Promise.resolve('hello');
    });
  });
  return id;
}

/** Readers of tokens take the sum of both sides for said. */
const withTotal = (span: RecordedSpan): RecordedSpan =>
  span.usage ? { ...span, usage: { total: (span.usage.input ?? 0) + (span.usage.output ?? 0), ...span.usage } } : span;

describe('openTraceStore', () => {
  it('keeps a trace, and gives it back as a trace', async () => {
    const store = await newStore();
    const id = await record(store);
    const trace = await store.trace(id);
    expect(store.status.mode).to.equal('indexeddb');
    expect([...trace!.spans].map(({ name, depth, kind }) => [name, depth, kind])).to.deep.equal([
      ['answer', 0, 'chain'],
      ['chat', 1, 'llm'],
    ]);
    expect(trace!.usage).to.deep.include({ input: 10, output: 5 });
    expect(trace!.sessionId).to.equal('s-1');
    expect(trace!.spans.at(1)!.output).to.equal('hello');
    expect(trace!.problems).to.deep.equal([]);
  });

  it('has the trace on disk once flush() has resolved', async () => {
    const store = await newStore();
    const id = await record(store);
    const tracerResult = await createTracer({ store }).flush();
    expect(tracerResult).to.deep.equal({ stored: 2, dropped: 0 });
    const other = await newStore({ name: store.name });
    expect((await other.trace(id))!.spans.length).to.equal(2);
  });

  it('lists summaries, newest first, without reading a span', async () => {
    const store = await newStore();
    for (const name of ['first', 'second', 'third']) {
      await record(store, name);
      // Traces that begin in the same instant have no order.
      const now = performance.now();
      await waitUntil(() => performance.now() > now + 1);
    }
    const list = await store.list();
    expect(list.map(({ name }) => name)).to.deep.equal(['third', 'second', 'first']);
    expect(list[0]).to.deep.include({
      spanCount: 2,
      status: 'unset',
      errorCount: 0,
      isRunning: false,
      sessionId: 's-1',
    });
    expect(list[0]!.usage).to.deep.include({ input: 10, output: 5 });
    expect((await store.list({ limit: 1, before: list[0]!.start })).map(({ name }) => name)).to.deep.equal(['second']);
    expect(await store.list({ sessionId: 'other' })).to.deep.equal([]);
  });

  it('tells in a summary what lists and figures show: the question, models, waits, kinds of errors', async () => {
    const store = await newStore();
    const secret = 'sk-live-0123456789abcdefghijklmnop';
    for (const content of ['full', 'masked', 'none'] as const) {
      const tracer = createTracer({ store, content });
      const root = tracer.start('answer', { kind: 'agent', input: `Is ${secret} my key, or what?` });
      for (const [model, input] of [
        ['small', 5],
        ['large', 7],
        ['small', 6],
      ] as const) {
        const call = root.start('chat', { kind: 'llm', model });
        call.setUsage({ input, output: 1 });
        call.end();
      }
      const failed = root.start('search', { kind: 'tool' });
      failed.recordException(new TypeError('no'));
      failed.end();
      root.end();
      await tracer.flush();
      const [summary] = (await store.list()).filter(({ id }) => id === root.traceId);
      expect(summary!.models).to.deep.equal([
        { model: 'small', calls: 2, tokens: 13 },
        { model: 'large', calls: 1, tokens: 8 },
      ]);
      expect(summary!.errorTypes).to.deep.equal(['TypeError']);
      if (content === 'full') expect(summary!.preview).to.match(/^Is .* my key, or what\?$/);
      if (content === 'none') expect(summary!.preview).to.equal(undefined);
      expect(JSON.stringify(summary)).to.not.contain(secret);
    }
  });

  it('shows a span while it runs, and keeps it when its page never ends it', async () => {
    const store = await newStore();
    const tracer = createTracer({ store });
    const root = tracer.start('job');
    root.start('step').end();
    const running = await store.trace(root.traceId);
    expect(running!.isRunning).to.equal(true);
    expect((await store.list())[0]).to.deep.include({ name: 'job', isRunning: true });
    root.end();
    const ended = await store.trace(root.traceId);
    expect(ended!.isRunning).to.equal(false);
    expect(ended!.spans.length).to.equal(2);
    expect((await store.list())[0]!.isRunning).to.equal(false);
  });

  it('keeps spans that are larger than a record may be', async () => {
    const store = await newStore();
    const text = `${'ä'.repeat(100_000)}end`;
    let id = '';
    createTracer({ store }).span('big', { input: text }, (span) => (id = span.traceId));
    const trace = await store.trace(id);
    expect(trace!.spans.at(0)!.input).to.equal(text);
    const database = await openDB(store.name);
    for (const piece of (await database.getAll('chunks')) as { text: string }[]) {
      expect(piece.text.length * 2).to.be.at.most(64 * 1024);
    }
    database.close();
  });

  it('writes what has ended when the page is hidden, and takes it into the index at the next start', async () => {
    const store = await newStore();
    createTracer({ store }).span('last words', () => 1);
    window.dispatchEvent(new Event('pagehide'));
    await waitUntil(() => store.status.stored === 1);
    const next = await newStore({ name: store.name });
    const [summary] = await next.list();
    expect(summary).to.deep.include({ name: 'last words', spanCount: 1 });
    expect((await next.trace(summary!.id))!.spans.length).to.equal(1);
    expect(store.status).to.deep.include({ recorded: 1, stored: 1, waiting: 0, dropped: 0 });
  });

  it('puts the many chunks of a long trace together when it has ended', async () => {
    const store = await newStore();
    const tracer = createTracer({ store });
    const root = tracer.start('long');
    for (let step = 0; step < 20; step++) {
      root.start(`step ${step}`).end();
      await store.flush();
    }
    root.end();
    await store.flush();
    const database = await openDB(store.name);
    await waitUntil(async () => (await database.count('chunks')) === 1);
    database.close();
    expect((await store.trace(root.traceId))!.spans.length).to.equal(21);
  });

  it('adds scores to spans that are on disk', async () => {
    const store = await newStore();
    const id = await record(store);
    const spanId = (await store.trace(id))!.spans.at(1)!.id;
    await store.addScore(spanId, { name: 'helpful', value: 1, source: 'human' });
    expect((await store.trace(id))!.span(spanId)!.scores).to.deep.equal([
      { name: 'helpful', value: 1, source: 'human' },
    ]);
  });

  it('tells of scores in the list: of those that spans had, and of those that came later', async () => {
    const store = await newStore();
    const traceIds = [];
    for (let at = 0; at < 3; at++) traceIds.push(await record(store, `trace ${at}`));
    const spanOf = async (id: string): Promise<string> => (await store.trace(id))!.spans.at(1)!.id;
    const [first, , last] = traceIds;
    await store.addScore(await spanOf(first!), { name: 'helpful', value: 1, explanation: 'long words' });
    await store.addScore(await spanOf(last!), { name: 'tone', label: 'kind', source: 'human' }, last);
    await store.addScore('of no span', { name: 'helpful', value: 0 });
    const scored = endedSpan({ scores: [{ name: 'exact', value: true }] });
    store.ended(scored);
    await store.flush();
    const scores = new Map((await store.list()).map(({ id, scores: told }) => [id, told]));
    expect([...traceIds, scored.traceId].map((id) => scores.get(id))).to.deep.equal([
      [{ name: 'helpful', value: 1 }],
      undefined,
      [{ name: 'tone', label: 'kind', source: 'human' }],
      [{ name: 'exact', value: true }],
    ]);
    // A line that is written anew keeps them.
    store.ended(endedSpan({ traceId: last! }));
    await store.flush();
    expect((await store.list()).find(({ id }) => id === last)?.scores).to.have.length(1);
  });

  it('tells its listeners, in this tab and in another, and stops when it is asked to', async () => {
    const store = await newStore();
    const other = await newStore({ name: store.name });
    const here: string[] = [];
    const there: string[] = [];
    const stop = store.subscribe(({ traceIds }) => here.push(...traceIds));
    other.subscribe(({ traceIds }) => there.push(...traceIds));
    const id = await record(store);
    await store.flush();
    expect(here).to.include(id);
    await waitUntil(() => there.includes(id));
    stop();
    const seen = here.length;
    await record(store);
    await store.flush();
    expect(here.length).to.equal(seen);
  });

  it('deletes traces, and everything', async () => {
    const store = await newStore();
    const [one, other] = [await record(store, 'one'), await record(store, 'other')];
    await store.delete([one]);
    expect(await store.trace(one)).to.equal(undefined);
    expect((await store.list()).map(({ id }) => id)).to.deep.equal([other]);
    await store.clear();
    expect(await store.list()).to.deep.equal([]);
  });

  it('keeps no more traces than it is told', async () => {
    const store = await newStore({ retention: { traces: 2 } });
    const tracer = createTracer({ store });
    for (let index = 0; index < 5; index++)
      tracer.start(`trace ${index}`, { startTime: Date.now() - 1000 + index }).end();
    await store.flush();
    await waitUntil(async () => (await store.list()).length === 2);
    expect((await store.list()).map(({ name }) => name)).to.deep.equal(['trace 4', 'trace 3']);
  });

  it('gives traces as a file, and takes them from one', async () => {
    const store = await newStore();
    const [one, other] = [await record(store, 'one'), await record(store, 'other')];
    const open = createTracer({ store }).start('running');
    const spanId = (await store.trace(one))!.spans.at(1)!.id;
    await store.addScore(spanId, { name: 'helpful', value: 1, source: 'human' });
    const file = await store.export();
    expect(file.type).to.equal('application/json');

    const next = await newStore();
    expect(await next.import(file)).to.have.members([one, other, open.traceId]);
    for (const id of [one, other, open.traceId]) {
      const [before, after] = await Promise.all([store.trace(id), next.trace(id)]);
      expect([...after!.spans].map(({ raw }) => raw)).to.deep.equal(
        [...before!.spans].map(({ raw }) => withTotal(raw as RecordedSpan)),
      );
    }
    expect((await next.list()).map(({ id, isRunning }) => [id, isRunning])).to.deep.include([open.traceId, true]);
    open.end();
  });

  it('exports the traces that are asked for', async () => {
    const store = await newStore();
    const [one] = [await record(store, 'one'), await record(store, 'other')];
    expect((await readTraces(await store.export([one]))).map(({ id }) => id)).to.deep.equal([one]);
    const none = JSON.parse(await (await store.export([])).text()) as unknown;
    expect(none).to.deep.equal({ resourceSpans: [] });
  });

  it('imports what other tools wrote, and nothing twice', async () => {
    const store = await newStore();
    let told: readonly string[] = [];
    store.subscribe(({ traceIds }) => (told = traceIds));
    const text = await (await fetch('/demo/traces/agent-tools.json')).text();
    const [id] = await store.import(text);
    const [theirs] = await readTraces(text);
    const ours = await store.trace(id!);
    expect(told).to.deep.equal([id]);
    expect([...ours!.spans].map(({ name, depth, kind }) => [name, depth, kind])).to.deep.equal(
      [...theirs!.spans].map(({ name, depth, kind }) => [name, depth, kind]),
    );
    expect(ours!.usage).to.deep.equal(theirs!.usage);
    await store.import(text);
    expect((await store.list())[0]).to.deep.include({ id, spanCount: theirs!.spans.length });
    expect((await store.trace(id!))!.spans.length).to.equal(theirs!.spans.length);
  });

  it('says what it cannot import', async () => {
    const store = await newStore();
    const error = await store.import('{"no":"trace"}').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(UnknownFormatError);
    expect(await store.list()).to.deep.equal([]);
  });

  it('works in memory where there is no database, and says so', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    try {
      const store = await newStore();
      expect(store.status).to.deep.include({ mode: 'memory', reason: 'The operation is insecure.' });
      const id = await record(store);
      expect((await store.trace(id))!.spans.length).to.equal(2);
      expect(await store.list()).to.have.length(1);
    } finally {
      IDBFactory.prototype.open = open;
    }
  });

  it('opens the database again when the connection was lost under its hands', async () => {
    const store = await newStore();
    const { transaction } = IDBDatabase.prototype;
    let failures = 0;
    IDBDatabase.prototype.transaction = function (...args) {
      if (failures++ === 0) throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
      return transaction.apply(this, args);
    };
    try {
      const id = await record(store);
      expect((await store.trace(id))!.spans.length).to.equal(2);
      expect(store.status).to.deep.include({ mode: 'indexeddb', stored: 2, dropped: 0 });
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
  });

  it('counts records that are not what it wrote, and shows the others', async () => {
    const store = await newStore();
    const id = await record(store);
    await store.flush();
    const database = await openDB(store.name);
    await database.put('chunks', { key: [id, 'zz-forged', 0], text: '[{"raw":', pieces: 1 });
    database.close();
    const trace = await store.trace(id);
    expect(trace!.spans.length).to.equal(2);
    expect(trace!.problems.map(({ code }) => code)).to.deep.equal(['unreadable-record']);
  });
});
