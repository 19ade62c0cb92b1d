import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { openTraceStore, type TraceStore } from '../../store/index.js';
import { createTracer } from '../../tracer/index.js';
import type { StoredSummary, StoredTraces } from '../../internal/stored-traces.js';
import { allByRole, byRole, focused, hasRole, textIn } from '../test-support.js';
import type { LlmTraceList } from './llm-trace-list.js';

/** Rows of traces that are in the page, in the order in which they are seen. */
const traceRows = (list: LlmTraceList): HTMLElement[] =>
  [...list.shadowRoot!.querySelectorAll<HTMLElement>('[data-trace-id]')].sort(
    (one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex),
  );
const traceNames = (list: LlmTraceList): string[] => traceRows(list).map((row) => textIn(row.querySelector('.name')!));
const gridOf = (list: LlmTraceList): HTMLElement => list.shadowRoot!.querySelector<HTMLElement>('.scroller')!;
const activeName = (list: LlmTraceList): string =>
  textIn(list.shadowRoot!.getElementById(gridOf(list).getAttribute('aria-activedescendant')!)!.querySelector('.name')!);

const summary = (id: string, facts: Partial<StoredSummary> = {}): StoredSummary => ({
  id,
  name: id,
  start: 1000,
  duration: 10,
  spanCount: 1,
  status: 'ok',
  errorCount: 0,
  isRunning: false,
  ...facts,
});

/** A store that holds what a test gives it. */
class GivenStore implements StoredTraces {
  summaries: readonly StoredSummary[];
  #listener: (() => void) | undefined;

  constructor(summaries: readonly StoredSummary[]) {
    this.summaries = summaries;
  }

  list({ limit = 100 } = {}): Promise<readonly StoredSummary[]> {
    return Promise.resolve(this.summaries.slice(0, limit));
  }

  trace(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  subscribe(listener: (change: { traceIds: readonly string[] }) => void): () => void {
    this.#listener = () => listener({ traceIds: [] });
    return () => {};
  }

  tell(summaries: readonly StoredSummary[]): void {
    this.summaries = summaries;
    this.#listener!();
  }
}

/** A store without traces that counts how often it is asked. */
class CountingStore implements StoredTraces {
  reads = 0;
  change = (): void => {};

  list(): Promise<readonly StoredSummary[]> {
    this.reads++;
    return Promise.resolve([]);
  }

  trace(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  subscribe(listener: (change: { traceIds: readonly string[] }) => void): () => void {
    this.change = () => listener({ traceIds: ['a'] });
    return () => {};
  }
}

describe('llm-trace-list', () => {
  let store: TraceStore;
  let names = 0;

  beforeEach(async () => {
    store = await openTraceStore({ name: `list-${Date.now()}-${names++}` });
  });

  afterEach(async () => {
    await store.close();
    indexedDB.deleteDatabase(store.name);
  });

  it('says so when there is nothing', async () => {
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => hasRole(list, 'status', 'No traces yet.'));
    await expect(list).to.be.accessible();
  });

  it('shows traces of a store as they come, newest first, and which run', async () => {
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    const tracer = createTracer({ store });
    const now = Date.now();
    const old = tracer.start('older', { startTime: now - 5000 });
    old.recordException(new Error('no'));
    old.end(now - 4000);
    const running = tracer.start('newer', { startTime: now - 1000 });
    await store.flush();
    await waitUntil(() => traceRows(list).length === 2);
    expect(traceRows(list).map((row) => textIn(row))).to.satisfy(
      ([first, second]: string[]) => first!.startsWith('newer running') && /^older .* 1\.00 s 1$/.test(second!),
    );
    running.end();
    await store.flush();
    await waitUntil(() => !textIn(gridOf(list)).includes('running'));
    await expect(list).to.be.accessible();
  });

  it('tells which trace a person chose, and marks it', async () => {
    const traces = await readTraces(await fetch('/demo/traces/rag-kensho.json'));
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .traces=${traces}></llm-trace-list>`);
    const chosen = oneEvent(list, 'llm-trace-select');
    traceRows(list)[0]!.click();
    const { detail } = (await chosen) as CustomEvent<{ traceId: string }>;
    await list.updateComplete;
    expect(detail.traceId).to.equal(traces[0]!.id);
    expect(traceRows(list)[0]!.getAttribute('aria-selected')).to.equal('true');
  });

  it('brings what is chosen into sight, once it is there', async () => {
    const tracer = createTracer({ store });
    const roots = Array.from({ length: 30 }, (_, at) => tracer.start(`trace ${at}`, { startTime: Date.now() - at }));
    for (const root of roots) root.end();
    const box = await fixture<HTMLElement>(
      html`<div .style=${'height: 200px'}>
        <llm-trace-list
          group-by="session"
          .style=${'height: 100%'}
          .store=${store}
          .selected=${roots[20]!.traceId}
        ></llm-trace-list>
      </div>`,
    );
    const list = box.querySelector('llm-trace-list')!;
    const isInSight = (name: string): boolean => {
      const { top, bottom } = (
        traceRows(list).find((row) => textIn(row).startsWith(`${name} `)) ?? gridOf(list).firstElementChild!
      ).getBoundingClientRect();
      const seen = box.getBoundingClientRect();
      return top >= seen.top && bottom <= seen.bottom;
    };
    await waitUntil(() => gridOf(list).ariaRowCount === '32');
    await waitUntil(() => isInSight('trace 20'));
    list.selected = roots[0]!.traceId;
    await list.updateComplete;
    expect(isInSight('trace 0')).to.equal(true);
  });

  it('has only the rows in sight of very many traces, and shows each', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => summary(`trace ${at}`, { start: 200_000 - at }));
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${new GivenStore(many)}></llm-trace-list>`);
    await waitUntil(() => gridOf(list).ariaRowCount === '100001');
    expect(traceRows(list).length).to.be.below(60);
    list.focus();
    await sendKeys({ press: 'End' });
    await waitUntil(() => traceNames(list).includes('trace 99999') && traceNames(list).includes('trace 99995'));
    expect(activeName(list)).to.equal('trace 99999');
    expect(traceRows(list).length).to.be.below(60);
  });

  it('finds, sorts and shows what it was told of alone', async () => {
    const list = await fixture<LlmTraceList>(
      html`<llm-trace-list
        .store=${new GivenStore([
          summary('one', { start: 3, cost: 0.5 }),
          summary('two', { start: 2, cost: 2, userId: 'jane' }),
          summary('three', { start: 1 }),
        ])}
      ></llm-trace-list>`,
    );
    await waitUntil(() => traceNames(list).join() === 'one,two,three');
    const search = byRole(list, 'searchbox', 'Search traces') as HTMLInputElement;
    search.focus();
    await sendKeys({ type: 'JANE' });
    await waitUntil(() => traceNames(list).join() === 'two');
    await sendKeys({ type: 'x' });
    await waitUntil(() => hasRole(list, 'status', 'No trace matches.'));
    list.query = '';
    await list.updateComplete;
    byRole(list, 'button', 'Cost').click();
    await waitUntil(() => traceNames(list).join() === 'two,one,three');
    expect(byRole(list, 'columnheader', /^Cost/).ariaSort).to.equal('descending');
    byRole(list, 'button', /^Cost/).click();
    await waitUntil(() => traceNames(list).join() === 'one,two,three');
    list.traceIds = ['three', 'two'];
    await waitUntil(() => traceNames(list).join() === 'two,three');
  });

  it('shows the beginning of what was asked', async () => {
    const traces = await readTraces(await fetch('/demo/traces/rag-kensho.json'));
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .traces=${traces}></llm-trace-list>`);
    const preview = list.shadowRoot!.querySelector('.preview')!;
    expect(textIn(preview)).to.have.length.above(10);
    await expect(list).to.be.accessible();
  });

  it('says in a narrow place, too, which traces failed', async () => {
    const failed = summary('failed', { status: 'error', errorCount: 2 });
    const box = await fixture<HTMLElement>(
      html`<div .style=${'width: 360px'}>
        <llm-trace-list .store=${new GivenStore([failed])}></llm-trace-list>
      </div>`,
    );
    const list = box.querySelector('llm-trace-list')!;
    await waitUntil(() => traceRows(list).length === 1);
    expect(textIn(traceRows(list)[0]!)).to.match(/^failed 2 errors /);
    expect(list.scrollWidth).to.be.at.most(360);
    await expect(list).to.be.accessible();
  });

  it('marks what has changed for a moment', async () => {
    const given = new GivenStore([summary('one', { start: 2 }), summary('two', { start: 1 })]);
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${given}></llm-trace-list>`);
    await waitUntil(() => traceNames(list).length === 2);
    const marked = (): string[] =>
      traceRows(list)
        .filter((row) => row.classList.contains('marked'))
        .map((row) => row.dataset['traceId']!);
    expect(marked()).to.deep.equal([]);
    given.tell([summary('one', { start: 2 }), summary('two', { start: 1, spanCount: 2 })]);
    await waitUntil(() => marked().join() === 'two');
    await waitUntil(() => marked().length === 0, 'it is over', { timeout: 5000 });
  });

  it('keeps rows in their places under the pointer, and says what has come', async () => {
    const given = new GivenStore([summary('one', { start: 2 }), summary('two', { start: 1 })]);
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${given}></llm-trace-list>`);
    await waitUntil(() => traceNames(list).length === 2);
    const point = (type: string): unknown =>
      traceRows(list)[0]!.parentElement!.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'mouse' }));
    point('pointerover');
    given.tell([summary('new', { start: 3 }), summary('one', { start: 2, duration: 5000 })]);
    await waitUntil(() => hasRole(list, 'button', 'Show 1 new trace'));
    expect(traceNames(list)).to.deep.equal(['one', 'two']);
    expect(textIn(traceRows(list)[0]!)).to.contain('5.00 s');
    point('pointerleave');
    await waitUntil(() => traceNames(list).join() === 'new,one');
    point('pointerover');
    given.tell([summary('newest', { start: 4 }), ...given.summaries]);
    await waitUntil(() => hasRole(list, 'button', 'Show 1 new trace'));
    byRole(list, 'button', 'Show 1 new trace').click();
    await waitUntil(() => traceNames(list).join() === 'newest,new,one');
  });

  it('keeps what is at the top there while others come', async () => {
    const old = Array.from({ length: 60 }, (_, at) => summary(`trace ${at}`, { start: 1000 - at }));
    const given = new GivenStore(old);
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${given}></llm-trace-list>`);
    await waitUntil(() => traceNames(list).length > 2);
    gridOf(list).scrollTop = 500;
    const topOf = (name: string): number =>
      traceRows(list)
        .find((row) => textIn(row).startsWith(`${name} `))
        ?.getBoundingClientRect().top ?? NaN;
    await waitUntil(() => !Number.isNaN(topOf('trace 20')));
    const before = topOf('trace 20');
    given.tell([...Array.from({ length: 7 }, (_, at) => summary(`new ${at}`, { start: 2000 + at })), ...old]);
    await waitUntil(() => gridOf(list).ariaRowCount === '68');
    await waitUntil(() => Math.abs(topOf('trace 20') - before) < 1);
  });

  it('puts the traces of a session together, with their sums', async () => {
    const tracer = createTracer({ store });
    const now = Date.now();
    const call = { kind: 'llm', usage: { input: 600, output: 100 } } as const;
    for (const [sessionId, ago] of [
      ['a', 3],
      ['b', 2],
      ['a', 1],
      [undefined, 0],
    ] as const) {
      const root = tracer.start(`${sessionId} ${ago}`, {
        startTime: now - ago * 1000,
        ...(sessionId && { sessionId }),
      });
      const { usage, kind } = call;
      root.start('chat', { kind }).setUsage(usage).end();
      if (ago === 3) root.recordException(new Error('no'));
      root.end();
    }
    await store.flush();
    const list = await fixture<LlmTraceList>(
      html`<llm-trace-list group-by="session" .store=${store}></llm-trace-list>`,
    );
    await waitUntil(() => traceRows(list).length === 4);
    const rows = (): string[] => allByRole(list, 'row').map((row) => textIn(row).split(/ (?=[A-Z][a-z]{2} \d)/)[0]!);
    expect(rows().slice(1)).to.deep.equal([
      'Without a session 1 trace 700',
      'undefined 0',
      'Session a 2 traces 1.4k 1',
      'a 1',
      'a 3',
      'Session b 1 trace 700',
      'b 2',
    ]);
    expect(byRole(list, 'row', /^Session a/).ariaLevel).to.equal('1');
    expect(byRole(list, 'row', /^a 3/).ariaLevel).to.equal('2');
    expect(byRole(list, 'row', /^a 3/).ariaPosInSet).to.equal('2');
    await expect(list).to.be.accessible();
    list.focus();
    for (const press of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await sendKeys({ press });
    expect(activeName(list)).to.equal('Session a');
    await sendKeys({ press: 'ArrowLeft' });
    await waitUntil(() => traceRows(list).length === 2);
    expect(byRole(list, 'row', /^Session a/).ariaExpanded).to.equal('false');
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => traceRows(list).length === 4);
    byRole(list, 'row', /^Session b/).click();
    await waitUntil(() => traceRows(list).length === 3);
  });

  it('is one stop of the Tab key, moves by arrows, and keeps the focus on a trace when others come', async () => {
    const tracer = createTracer({ store });
    const now = Date.now();
    for (const ago of [3, 2, 1]) tracer.start(`trace ${ago}`, { startTime: now - ago * 1000 }).end();
    await store.flush();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceRows(list).length === 3);
    list.focus();
    expect(focused()).to.equal(gridOf(list));
    expect(activeName(list)).to.equal('trace 1');
    await sendKeys({ press: 'ArrowDown' });
    await list.updateComplete;
    expect(activeName(list)).to.equal('trace 2');
    tracer.start('trace 0', { startTime: now }).end();
    await store.flush();
    await waitUntil(() => traceRows(list).length === 4);
    expect(activeName(list)).to.equal('trace 2');
    await sendKeys({ press: 'End' });
    await list.updateComplete;
    expect(activeName(list)).to.equal('trace 3');
    await sendKeys({ press: 'Home' });
    const chosen = oneEvent(list, 'llm-trace-select');
    await sendKeys({ press: 'Enter' });
    await chosen;
    await list.updateComplete;
    expect(activeName(list)).to.equal('trace 0');
    expect(traceRows(list)[0]!.ariaSelected).to.equal('true');
    expect(focused()).to.equal(gridOf(list));
  });

  it('shows what another tab deletes', async () => {
    const other = await openTraceStore({ name: store.name });
    const tracer = createTracer({ store });
    const ids = ['one', 'two'].map((name) => {
      const root = tracer.start(name);
      root.end();
      return root.traceId;
    });
    await store.flush();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceRows(list).length === 2);
    await other.delete([ids[0]!]);
    await waitUntil(() => traceRows(list).length === 1);
    expect(traceNames(list)).to.deep.equal(['two']);
    await other.clear();
    await waitUntil(() => hasRole(list, 'status', 'No traces yet.'));
    await other.close();
  });

  it('says that it reads, why it cannot, and tries again', async () => {
    let answer: ((summaries: readonly StoredSummary[]) => void) | undefined;
    let fail: ((error: Error) => void) | undefined;
    const unsure: StoredTraces = {
      list: () => new Promise((resolve, reject) => ([answer, fail] = [resolve, reject])),
      trace: () => Promise.resolve(undefined),
      subscribe: () => () => {},
    };
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${unsure}></llm-trace-list>`);
    expect(textIn(byRole(list, 'status', 'Loading the traces…'))).to.contain('Loading');
    fail!(new Error('disk on fire'));
    await waitUntil(() => hasRole(list, 'alert'));
    expect(textIn(byRole(list, 'alert'))).to.contain('The traces could not be read. disk on fire');
    await expect(list).to.be.accessible();
    byRole(list, 'button', 'Try again').click();
    answer!([]);
    await waitUntil(() => hasRole(list, 'status', 'No traces yet.'));
  });

  it('reads once for many changes, and not at all while nobody can see it', async () => {
    const seen = new CountingStore();
    const hidden = new CountingStore();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${seen}></llm-trace-list>`);
    const other = await fixture<LlmTraceList>(html`<llm-trace-list .store=${hidden}></llm-trace-list>`);
    expect([seen.reads, hidden.reads]).to.deep.equal([1, 1]);
    for (let time = 0; time < 100; time++) seen.change();
    await waitUntil(() => seen.reads === 2);
    const told = new Promise((resolve) => new IntersectionObserver(resolve).observe(other));
    other.hidden = true;
    await told;
    // The list has an observer of its own, which may be told with the next frame.
    await nextFrame();
    await nextFrame();
    hidden.change();
    // The one in sight waits as long and is told later: what it has read, the other would have read as well.
    seen.change();
    await waitUntil(() => seen.reads === 3);
    expect(hidden.reads).to.equal(1);
    other.hidden = false;
    await waitUntil(() => hidden.reads === 2);
    expect(list.store).to.equal(seen);
  });

  it('leaves the store alone when it has left the page, and follows it again when it is back', async () => {
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    const parent = list.parentElement!;
    list.remove();
    createTracer({ store }).start('meanwhile').end();
    await store.flush();
    expect(traceRows(list)).to.have.length(0);
    parent.append(list);
    await waitUntil(() => traceRows(list).length === 1);
  });
});
