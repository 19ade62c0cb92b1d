import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { openTraceStore, type TraceStore } from '../../store/index.js';
import { createTracer } from '../../tracer/index.js';
import type { StoredSummary, StoredTraces } from '../../internal/stored-traces.js';
import { allByRole, byRole, focused, hasRole, textIn } from '../test-support.js';
import type { LlmTraceList } from './llm-trace-list.js';

const traceButtons = (list: LlmTraceList): HTMLButtonElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLButtonElement>('button[data-trace-id]'),
];

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
    await waitUntil(() => textIn(list) === 'No traces yet.');
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
    await waitUntil(() => traceButtons(list).length === 2);
    expect(traceButtons(list).map((button) => textIn(button))).to.satisfy(
      ([first, second]: string[]) => first!.startsWith('newer running') && second!.startsWith('older 1 error 1.00 s'),
    );
    running.end();
    await store.flush();
    await waitUntil(() => !textIn(list).includes('running'));
    await expect(list).to.be.accessible();
  });

  it('tells which trace a person chose, and marks it', async () => {
    const traces = await readTraces(await fetch('/demo/traces/rag-kensho.json'));
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .traces=${traces}></llm-trace-list>`);
    const chosen = oneEvent(list, 'llm-trace-select');
    traceButtons(list)[0]!.click();
    const { detail } = (await chosen) as CustomEvent<{ traceId: string }>;
    await list.updateComplete;
    expect(detail.traceId).to.equal(traces[0]!.id);
    expect(traceButtons(list)[0]!.getAttribute('aria-current')).to.equal('true');
  });

  it('brings what is chosen into sight, once it is there', async () => {
    const tracer = createTracer({ store });
    const roots = Array.from({ length: 30 }, (_, at) => tracer.start(`trace ${at}`, { startTime: Date.now() - at }));
    for (const root of roots) root.end();
    const box = await fixture<HTMLElement>(
      html`<div .style=${'height: 200px'}>
        <llm-trace-list
          sessions
          .style=${'height: 100%'}
          .store=${store}
          .selected=${roots[20]!.traceId}
        ></llm-trace-list>
      </div>`,
    );
    const list = box.querySelector('llm-trace-list')!;
    const isInSight = (name: string): boolean => {
      const { top, bottom } = byRole(list, 'button', new RegExp(`^${name}\\b`)).getBoundingClientRect();
      const seen = box.getBoundingClientRect();
      return top >= seen.top && bottom <= seen.bottom;
    };
    await waitUntil(() => traceButtons(list).length === 30);
    await waitUntil(() => isInSight('trace 20'));
    list.selected = roots[0]!.traceId;
    await list.updateComplete;
    expect(isInSight('trace 0')).to.equal(true);
  });

  it('shows more on demand', async () => {
    const tracer = createTracer({ store });
    for (let index = 0; index < 70; index++) tracer.start(`trace ${index}`, { startTime: Date.now() - index }).end();
    await store.flush();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceButtons(list).length === 50);
    byRole(list, 'button', 'Show more traces').click();
    await waitUntil(() => traceButtons(list).length === 70);
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
    const list = await fixture<LlmTraceList>(html`<llm-trace-list sessions .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceButtons(list).length === 4);
    const groups = allByRole(list, 'group');
    expect(groups.map((group) => group.getAttribute('aria-label'))).to.deep.equal([
      'Without a session',
      'Session a',
      'Session b',
    ]);
    const session = byRole(list, 'group', 'Session a');
    expect(textIn(session)).to.match(/^Session a 2 traces 1 error 1.4k tokens/);
    expect(allByRole(session, 'button').map((button) => textIn(button).slice(0, 3))).to.deep.equal(['a 1', 'a 3']);
    await expect(list).to.be.accessible();
  });

  it('is one stop of the Tab key, moves by arrows, and keeps the focus on a trace when others come', async () => {
    const tracer = createTracer({ store });
    const now = Date.now();
    for (const ago of [3, 2, 1]) tracer.start(`trace ${ago}`, { startTime: now - ago * 1000 }).end();
    await store.flush();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceButtons(list).length === 3);
    const focusedTrace = (): string => textIn(focused()!).slice(0, 7);
    list.focus();
    expect(focusedTrace()).to.equal('trace 1');
    await sendKeys({ press: 'ArrowDown' });
    expect(focusedTrace()).to.equal('trace 2');
    tracer.start('trace 0', { startTime: now }).end();
    await store.flush();
    await waitUntil(() => traceButtons(list).length === 4);
    expect(focusedTrace()).to.equal('trace 2');
    expect(traceButtons(list).filter(({ tabIndex }) => tabIndex === 0)).to.deep.equal([focused()]);
    await sendKeys({ press: 'End' });
    expect(focusedTrace()).to.equal('trace 3');
    await sendKeys({ press: 'Home' });
    const chosen = oneEvent(list, 'llm-trace-select');
    await sendKeys({ press: 'Enter' });
    await chosen;
    expect(focusedTrace()).to.equal('trace 0');
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
    await waitUntil(() => traceButtons(list).length === 2);
    await other.delete([ids[0]!]);
    await waitUntil(() => traceButtons(list).length === 1);
    expect(textIn(list)).to.match(/^two/);
    await other.clear();
    await waitUntil(() => textIn(list) === 'No traces yet.');
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
    expect(textIn(byRole(list, 'status'))).to.equal('Loading the traces…');
    fail!(new Error('disk on fire'));
    await waitUntil(() => hasRole(list, 'alert'));
    expect(textIn(byRole(list, 'alert'))).to.contain('The traces could not be read. disk on fire');
    await expect(list).to.be.accessible();
    byRole(list, 'button', 'Try again').click();
    answer!([]);
    await waitUntil(() => textIn(list) === 'No traces yet.');
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
    expect(traceButtons(list)).to.have.length(0);
    parent.append(list);
    await waitUntil(() => traceButtons(list).length === 1);
  });
});
