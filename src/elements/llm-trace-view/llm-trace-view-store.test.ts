import { expect, nextFrame } from '@open-wc/testing';
import '../../define.js';
import type { StoredTraces } from '../../internal/stored-traces.js';
import { openTraceStore, type TraceStore } from '../../store/index.js';
import { createTracer, type Tracer } from '../../tracer/index.js';
import {
  allIn,
  byRole,
  emptyView,
  gridOf,
  hasRole,
  idsOf,
  measured,
  selectedIds,
  textIn,
  until,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** The figure of the duration in the summary. */
const shownDuration = (view: LlmTraceView): string => textIn(byRole(view, 'button', /^Duration/));

async function following(store: StoredTraces): Promise<LlmTraceView> {
  const view = await emptyView();
  view.store = store;
  await view.updateComplete;
  return view;
}

describe('llm-trace-view with a store', () => {
  let store: TraceStore;
  let tracer: Tracer;
  let names = 0;

  beforeEach(async () => {
    store = await openTraceStore({ name: `view-${Date.now()}-${names++}` });
    tracer = createTracer({ store });
  });

  afterEach(async () => {
    await store.close();
    indexedDB.deleteDatabase(store.name);
  });

  it('shows the newest trace and follows it until it has ended', async () => {
    const view = await following(store);
    await until(() => textIn(view).includes('A trace is shown here as soon as one is recorded.'), 'the words');
    const root = tracer.start('job');
    await until(() => view.trace?.isRunning === true, 'a trace that runs');
    root.start('step').end();
    await until(() => view.trace?.spans.length === 2, 'all spans');
    root.end();
    await until(() => view.trace?.isRunning === false, 'a trace that has ended');
    expect(view.trace!.spans.at(1)!.name).to.equal('step');
    expect(view.loading).to.equal(false);
    await expect(view).to.be.accessible();
  });

  it('shows that a span runs, longer and longer, until it ends', async () => {
    const view = await following(store);
    const root = tracer.start('job');
    const step = root.start('step');
    await until(() => view.trace?.spans.length === 2, 'all spans');
    await measured(view);
    expect(hasRole(byRole(view, 'row', /^step, span, running/), 'gridcell', /still running/)).to.equal(true);
    const lengths = new Set<string>();
    // Nothing is written meanwhile: time alone makes it longer.
    await until(() => lengths.add(shownDuration(view)).size >= 3, 'a duration that grows');
    expect(allIn(gridOf(view), '.bar.live')).to.have.length(2);
    expect(hasRole(view, 'button', /problem/)).to.equal(false);
    step.end();
    root.end();
    await until(() => view.trace?.isRunning === false, 'a trace that has ended');
    await view.updateComplete;
    expect(hasRole(view, 'row', /running/)).to.equal(false);
    expect(shownDuration(view)).not.to.contain('running');
  });

  it('does not take what a dead page left for running on', async () => {
    tracer.start('left');
    await store.flush();
    const view = await following(store);
    await until(() => view.trace?.isRunning === true, 'a trace that runs');
    await measured(view);
    expect(allIn(gridOf(view), '.bar.running')).to.have.length(1);
    expect(allIn(gridOf(view), '.bar.live')).to.have.length(0);
    expect(hasRole(view, 'button', '1 problem')).to.equal(true);
  });

  it('keeps selection and place while the trace grows, and does not flicker', async () => {
    const root = tracer.start('job');
    const children = Array.from({ length: 60 }, (_, at) => root.start(`step ${at}`));
    for (const child of children) child.end();
    await store.flush();
    const view = await following(store);
    await until(() => view.trace?.spans.length === 61, 'all spans');
    const chosen = children[40]!.id;
    view.reveal(chosen);
    await measured(view);
    const { scrollTop } = gridOf(view);
    expect(scrollTop).to.be.greaterThan(0);
    let flickers = 0;
    const observer = new MutationObserver((records) => (flickers += records.length));
    observer.observe(view.shadowRoot!.querySelector('.frame')!, { attributeFilter: ['aria-busy'] });
    for (let count = 62; count < 65; count++) {
      root.start('more').end();
      await until(() => view.trace?.spans.length === count, 'all spans');
    }
    await measured(view);
    expect(gridOf(view).scrollTop).to.equal(scrollTop);
    expect(selectedIds(view)).to.deep.equal([chosen]);
    expect(flickers).to.equal(0);
    root.end();
  });

  it('does not take a reader of a span away to a newer trace, and goes on when the reader is done', async () => {
    const first = tracer.start('first');
    first.end();
    await store.flush();
    const view = await following(store);
    await until(() => view.trace?.name === 'first', 'the trace of that name');
    view.selected = first.id;
    tracer.start('second', { startTime: Date.now() + 1000 }).end();
    await store.addScore(first.id, { name: 'good', value: true });
    await until(() => view.trace!.span(first.id)?.scores.length === 1, 'the score');
    expect(view.trace!.name).to.equal('first');
    view.selected = undefined;
    await store.addScore(first.id, { name: 'good', value: false });
    await until(() => view.trace?.name === 'second', 'the trace of that name');
  });

  it('shows that another tab has deleted the trace', async () => {
    const other = await openTraceStore({ name: store.name });
    const root = tracer.start('job');
    root.end();
    await store.flush();
    const view = await following(store);
    view.traceId = root.traceId;
    await until(() => view.trace !== undefined, 'a trace');
    await other.delete([root.traceId]);
    await until(() => view.trace === undefined, 'no trace');
    await view.updateComplete;
    expect(textIn(view)).to.contain('The store does not hold this trace');
    await other.close();
  });

  it('shows a trace that is named before it exists', async () => {
    const view = await following(store);
    const root = tracer.start('job');
    view.traceId = root.traceId;
    await until(() => view.trace?.name === 'job', 'the trace of that name');
    tracer.start('newer', { startTime: Date.now() + 1000 }).end();
    root.end();
    await until(() => view.trace?.isRunning === false, 'a trace that has ended');
    expect(view.trace!.name).to.equal('job');
  });

  it('says that it reads, why it cannot, and tries again', async () => {
    let fail: ((error: Error) => void) | undefined;
    const broken: StoredTraces = {
      list: () => new Promise((_, reject) => (fail = reject)),
      trace: (id) => store.trace(id),
      subscribe: () => () => {},
    };
    const view = await following(broken);
    expect(view.loading).to.equal(true);
    expect(textIn(byRole(view, 'status'))).to.equal('Loading the trace…');
    fail!(new Error('disk on fire'));
    await until(() => hasRole(view, 'alert'), 'the message');
    expect(textIn(byRole(view, 'alert'))).to.contain('disk on fire');
    tracer.start('job').end();
    broken.list = (query) => store.list(query);
    byRole(view, 'button', 'Try again').click();
    await until(() => view.trace?.name === 'job', 'the trace of that name');
    expect(view.error).to.equal(undefined);
  });

  it('adds what is appended to what the store gave, and leaves the store its own', async () => {
    const root = tracer.start('job');
    root.end();
    await store.flush();
    const given = (await store.trace(root.traceId))!;
    const fixed: StoredTraces = {
      list: () => store.list(),
      trace: () => Promise.resolve(given),
      subscribe: () => () => {},
    };
    const view = await following(fixed);
    await until(() => view.trace !== undefined, 'a trace');
    const other = createTracer({ store });
    const more = other.start('more');
    more.end();
    await store.flush();
    await view.append((await store.trace(more.traceId))!);
    expect(view.traces.map(({ name }) => name)).to.have.members(['job', 'more']);
    expect(given.table.length).to.equal(1);
  });

  it('keeps what it shows when it has no store any more', async () => {
    const root = tracer.start('job');
    root.end();
    await store.flush();
    const view = await following(store);
    await until(() => view.trace !== undefined, 'a trace');
    view.store = undefined;
    await view.updateComplete;
    await store.clear();
    await nextFrame();
    expect(view.trace!.name).to.equal('job');
    expect(idsOf(view)).to.deep.equal([root.id]);
  });
});
