import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { openTraceStore, type TraceStore } from '../../store/index.js';
import { createTracer } from '../../tracer/index.js';
import { byRole, textIn } from '../test-support.js';
import type { LlmTraceList } from './llm-trace-list.js';

const traceButtons = (list: LlmTraceList): HTMLButtonElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLButtonElement>('button[data-trace-id]'),
];

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
    expect(textIn(list)).to.contain('No traces yet.');
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

  it('shows more on demand', async () => {
    const tracer = createTracer({ store });
    for (let index = 0; index < 70; index++) tracer.start(`trace ${index}`, { startTime: Date.now() - index }).end();
    await store.flush();
    const list = await fixture<LlmTraceList>(html`<llm-trace-list .store=${store}></llm-trace-list>`);
    await waitUntil(() => traceButtons(list).length === 50);
    byRole(list, 'button', 'Show more traces').click();
    await waitUntil(() => traceButtons(list).length === 70);
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

describe('llm-trace-view with a store', () => {
  it('shows the newest trace and follows it while it runs', async () => {
    const store = await openTraceStore({ name: `view-${Date.now()}` });
    const tracer = createTracer({ store });
    const view = await fixture<HTMLElementTagNameMap['llm-trace-view']>(
      html`<llm-trace-view .store=${store}></llm-trace-view>`,
    );
    expect(view.trace).to.equal(undefined);
    const root = tracer.start('job');
    await store.flush();
    await waitUntil(() => view.trace?.isRunning === true);
    root.start('step').end();
    await store.flush();
    await waitUntil(() => view.trace?.spans.length === 2);
    root.end();
    await store.flush();
    await waitUntil(() => view.trace?.isRunning === false);
    expect(view.trace!.spans.at(1)!.name).to.equal('step');
    await store.close();
    indexedDB.deleteDatabase(store.name);
  });
});
