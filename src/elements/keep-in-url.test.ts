import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../define.js';
import { keepInUrl, type UrlOptions } from './keep-in-url.js';
import type { LlmTraceView } from './llm-trace-view/llm-trace-view.js';
import {
  allIn,
  byRole,
  emptyView,
  focused,
  hasRole,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  selectedIds,
  settled,
  textIn,
  until,
} from './test-support.js';

const family = otlp(
  { id: 'root', start: 0, end: 100 },
  { id: 'child', parent: 'root', start: 10, end: 50 },
  { id: 'other', parent: 'root', start: 60, end: 90 },
);

/** A page with an address and a history of its own. */
async function pageAt(address: string): Promise<Window> {
  const frame = document.createElement('iframe');
  frame.src = address;
  const loaded = oneEvent(frame, 'load');
  document.body.append(frame);
  await loaded;
  return frame.contentWindow!;
}

const hashOf = ({ location }: Window): string => location.hash;

/** Counts the steps that are made from now on: the length of a history says no more from 50 on. */
function stepsOf({ history }: Window): () => number {
  const { pushState } = history;
  let made = 0;
  history.pushState = (...step) => {
    made++;
    pushState.apply(history, step);
  };
  return () => made;
}

async function go(page: Window, steps: number, view: LlmTraceView): Promise<void> {
  const gone = oneEvent(page, 'popstate');
  page.history.go(steps);
  await gone;
  await measured(view);
}

describe('keepInUrl', () => {
  const undo: (() => void)[] = [];
  const keep = async (view: LlmTraceView, page: Window, options: UrlOptions = {}): Promise<void> => {
    undo.push(keepInUrl(view, { ...options, window: page }));
    await measured(view);
  };

  afterEach(() => {
    for (const end of undo.splice(0)) end();
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('makes a step of each span and view that is chosen, which Back and Forward go through', async () => {
    const page = await pageAt('/package.json');
    const view = await loadedView(family);
    await keep(view, page);
    expect(hashOf(page)).to.equal('');
    const steps = stepsOf(page);

    rowOf(view, 'child').click();
    await measured(view);
    expect(hashOf(page)).to.equal('#span=child');
    byRole(view, 'tab', 'Timeline').click();
    await measured(view);
    expect(hashOf(page)).to.equal('#span=child&view=timeline');
    expect(steps()).to.equal(2);

    await go(page, -1, view);
    expect(byRole(view, 'tab', 'Tree').getAttribute('aria-selected')).to.equal('true');
    expect(selectedIds(view)).to.deep.equal(['child']);
    await go(page, -1, view);
    expect(view.selected).to.equal(undefined);
    expect(hasRole(view, 'heading', 'child')).to.equal(false);
    await go(page, 2, view);
    expect(view.view).to.equal('timeline');
    expect(byRole(view, 'heading', 'child')).to.exist;
    expect(steps(), 'going makes no steps').to.equal(2);
  });

  it('writes what is typed and zoomed into the step that is there', async () => {
    const page = await pageAt('/package.json');
    const view = await loadedView(family);
    await keep(view, page);
    const steps = stepsOf(page);
    byRole(view, 'button', 'Search').click();
    await until(() => focused()?.getAttribute('role') === 'combobox', 'the field');
    await sendKeys({ type: 'oth & er' });
    await until(() => hashOf(page) === '#search=oth+%26+er', 'the search in the address');

    byRole(view, 'tab', 'Timeline').click();
    await measured(view);
    expect(hashOf(page)).to.equal('#view=timeline&search=oth+%26+er');
    const chart = byRole(view, 'application', /^Timeline of/);
    chart.focus();
    await sendKeys({ press: '+' });
    await until(() => hashOf(page).includes('range='), 'the range in the address');
    expect(steps(), 'one step, of the tab').to.equal(1);

    const [, start, end] = /range=([\d.]+)(?:~|%7E)([\d.]+)/.exec(hashOf(page))!;
    expect([Number(start), Number(end)]).to.deep.equal([view.range!.start, view.range!.end]);
    await go(page, -1, view);
    expect(view.range, 'all of it, as before the zoom').to.equal(undefined);
    expect(view.query).to.equal('oth & er');
  });

  it('keeps what was typed apart from the step that follows at once', async () => {
    const page = await pageAt('/package.json');
    const view = await loadedView(family);
    await keep(view, page);
    view.query = 'child';
    await settled(view);
    view.reveal('child');
    await measured(view);
    expect(hashOf(page)).to.equal('#span=child&search=child');
    await go(page, -1, view);
    expect(hashOf(page)).to.equal('#search=child');
  });

  it('leads whoever opens a link to the same place', async () => {
    const page = await pageAt('/package.json#span=other&view=timeline&range=20.5~80&search=oth');
    const view = await emptyView();
    await keep(view, page);
    await view.load(family);
    await measured(view);
    expect(view.view).to.equal('timeline');
    const timeline = allIn(view, 'llm-timeline')[0] as HTMLElementTagNameMap['llm-timeline'];
    await until(() => timeline.hasUpdated, 'the timeline');
    expect(timeline.range).to.deep.equal({ start: 20.5, end: 80 });
    expect(byRole(view, 'heading', 'other')).to.exist;
    await until(() => hasRole(view, 'combobox', /search/i), 'the search');
    expect(hashOf(page)).to.equal('#span=other&view=timeline&range=20.5~80&search=oth');
    await view.load(otlp({ id: 'root', trace: 'trace-2', start: 0, end: 5 }));
    await measured(view);
    expect(view.range, 'a stretch of time is one of its trace').to.equal(undefined);
  });

  it('brings a span into sight that Back leads to', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => ({ id: `span-${at}`, parent: 'root', start: at, end: at + 1 }));
    const page = await pageAt('/package.json#span=span-250');
    const view = await loadedView(otlp({ id: 'root', start: 0, end: 400 }, ...rows));
    await keep(view, page);
    expect(selectedIds(view)).to.deep.equal(['span-250']);
    view.reveal('span-3');
    await measured(view);
    await go(page, -1, view);
    expect(selectedIds(view)).to.deep.equal(['span-250']);
  });

  it('holds what is hidden and grouped, and how time is drawn, and nothing else that an address says', async () => {
    const page = await pageAt('/package.json');
    const view = await loadedView(family);
    await keep(view, page);
    const steps = stepsOf(page);
    view.noise = { names: ['child & co'], kinds: ['chain'] };
    view.grouped = true;
    view.scale = 'compact';
    view.layout = 'icicle';
    await until(() => hashOf(page).includes('layout=icicle'), 'the address');
    expect(steps()).to.equal(0);

    const other = await loadedView(family);
    await keep(other, await pageAt(`/package.json${hashOf(page)}`));
    expect(other.noise).to.deep.equal({ names: ['child & co'], kinds: ['chain'] });
    expect([other.grouped, other.scale, other.layout]).to.deep.equal([true, 'compact', 'icicle']);

    const odd = encodeURIComponent('{"names":[1,{"a":2},"root"],"kinds":"x","__proto__":["y"]}');
    const third = await loadedView(family);
    await keep(third, await pageAt(`/package.json#hidden=${odd}&scale=__proto__&layout=3&view=constructor`));
    expect(third.noise).to.deep.equal({ names: ['root'] });
    expect(idsOf(third)).to.deep.equal(['child', 'other']);
    for (const text of ['null', '[', '7', '"names"', '{"names":[]}']) {
      await keep(third, await pageAt(`/package.json#hidden=${encodeURIComponent(text)}`));
      expect(third.noise, text).to.equal(undefined);
    }
  });

  it('keeps ids that are not there, and the view says so', async () => {
    const page = await pageAt('/package.json#trace=gone&span=lost&range=x~y');
    const view = await loadedView(family);
    await keep(view, page);
    expect(hashOf(page)).to.equal('#trace=gone&span=lost&range=x~y');
    expect(view.range).to.equal(undefined);
    expect(textIn(byRole(view, 'status', /no trace with the id gone/))).to.include('Another one is shown');
    view.traceId = undefined;
    await settled(view);
    expect(hasRole(view, 'status', 'This trace has no span with the id lost.')).to.equal(true);
    await view.append(otlp({ id: 'lost', parent: 'root', start: 95, end: 99 }));
    await measured(view);
    expect(hasRole(view, 'status', /no span/)).to.equal(false);
    expect(byRole(view, 'heading', 'lost')).to.exist;
  });

  it('tells the views of a page apart, and leaves alone what else is in the address', async () => {
    const page = await pageAt('/package.json?a=1#section-2&left-span=child');
    page.history.replaceState({ own: 'state' }, '');
    const left = await loadedView(family);
    const right = await loadedView(family);
    await keep(left, page, { prefix: 'left-' });
    await keep(right, page, { prefix: 'right-' });
    expect([left.selected, right.selected]).to.deep.equal(['child', undefined]);
    right.reveal('other');
    await measured(right);
    left.selected = undefined;
    await measured(left);
    expect(page.location.search + hashOf(page)).to.equal('?a=1#section-2&right-span=other');
    expect(page.history.state).to.deep.equal({ own: 'state' });
    await go(page, -1, left);
    expect([left.selected, right.selected]).to.deep.equal(['child', 'other']);
  });

  it('leaves out what the page itself asks for, and says where that was taken back', async () => {
    const page = await pageAt('/package.json?x=y#z');
    const view = await loadedView(family);
    view.view = 'timeline';
    view.selected = 'child';
    await keep(view, page, { part: 'query' });
    expect(page.location.search + hashOf(page)).to.equal('?x=y#z');
    byRole(view, 'button', 'Close the detail').click();
    await measured(view);
    expect(page.location.search + hashOf(page)).to.equal('?x=y&span=#z');
    await go(page, -1, view);
    expect(view.selected).to.equal('child');
    await go(page, 1, view);
    expect(view.selected).to.equal(undefined);
  });

  it('names the trace of a span that a store shows, which has a newer one tomorrow', async () => {
    const page = await pageAt('/package.json');
    const { trace } = await loadedView(family);
    const view = await emptyView();
    view.store = {
      list: () => Promise.resolve([trace as never]),
      trace: () => Promise.resolve(trace),
      subscribe: () => () => {},
    };
    await until(() => view.trace !== undefined, 'the trace of the store');
    await keep(view, page);
    view.reveal('child');
    await measured(view);
    expect(hashOf(page)).to.equal('#trace=trace-1&span=child');
  });

  it('does nothing while nothing changes, nor after its end', async () => {
    const page = await pageAt('/package.json');
    const view = await loadedView(family);
    await keep(view, page);
    const steps = stepsOf(page);
    let writes = 0;
    const { pushState, replaceState } = page.history;
    page.history.pushState = page.history.replaceState = () => {
      writes++;
    };
    for (let times = 0; times < 3; times++) {
      view.requestUpdate();
      await settled(view);
    }
    await view.append(otlp({ id: 'late', parent: 'root', start: 95, end: 99 }));
    await measured(view);
    expect(writes).to.equal(0);
    Object.assign(page.history, { pushState, replaceState });

    for (const end of undo.splice(0)) end();
    view.reveal('child');
    await measured(view);
    page.location.hash = '#span=other';
    await measured(view);
    expect(view.selected).to.equal('child');
    expect(steps()).to.equal(0);
  });

  it('works for an element that is registered later, and where the browser refuses an address', async () => {
    const page = await pageAt('/package.json#span=child');
    const view = await loadedView(family);
    const later = document.createElement('llm-later-view') as unknown as LlmTraceView;
    expect(() => keepInUrl(later, { window: page })()).not.to.throw();
    await keep(view, page);
    page.history.pushState = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    view.reveal('other');
    await measured(view);
    expect(view.selected).to.equal('other');
    expect(byRole(view, 'heading', 'other')).to.exist;
  });
});
