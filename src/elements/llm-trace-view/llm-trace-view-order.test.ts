import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  idsOf,
  loadedView,
  otlp,
  sample,
  settled,
  textIn,
  until,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const one = otlp({ id: 'one', start: 0, end: 10 });
const other = otlp({ id: 'other', start: 0, end: 10 });
const part = otlp({ id: 'part', parent: 'one', start: 2, end: 5 });

describe('llm-trace-view: which of several inputs counts', () => {
  it('appends to what a property was just given', async () => {
    const view = await emptyView();
    view.data = one;
    await view.append(part);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['one', 'part']);
  });

  it('shows what load() was given after a property was set', async () => {
    const view = await emptyView();
    view.data = one;
    await view.load(other);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['other']);
  });

  it('reads a response that a property was given although the view is moved meanwhile', async () => {
    const view = await emptyView();
    view.data = new Response(JSON.stringify(one));
    await view.updateComplete;
    const parent = view.parentElement!;
    view.remove();
    parent.append(view);
    await until(() => view.trace !== undefined, 'the trace');
    expect(view.error).to.equal(undefined);
  });

  it('ends the request when its address is taken away', async () => {
    const view = await emptyView();
    view.src = '/awkward/never';
    await until(() => view.loading, 'the request');
    view.src = undefined;
    await view.updateComplete;
    expect(view.loading).to.equal(false);
  });

  it('offers to try again only what can be asked for again', async () => {
    const view = await emptyView();
    view.src = '/demo/traces/rag-kensho.json';
    await oneEvent(view, 'llm-trace-load');
    await view.load('no trace').catch(() => {});
    await settled(view);
    expect(allByRole(view, 'button').map((button) => textIn(button))).not.to.include('Try again');
  });
});

describe('llm-trace-view: what a person was doing', () => {
  it('keeps a filter while the trace grows, and drops it with another span', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    const llm = [...view.trace!.spans].find((span) => span.kind === 'llm')!;
    view.reveal(llm.id);
    await settled(view);
    byRole(view, 'tab', /Attributes/).click();
    await settled(view);
    const filter = allIn(view, 'input[type=search]')[0] as HTMLInputElement;
    filter.value = 'model';
    filter.dispatchEvent(new Event('input'));
    await settled(view);
    await view.append(otlp({ id: 'late', start: 0, end: 1, trace: view.trace!.id }));
    await settled(view);
    expect((allIn(view, 'input[type=search]')[0] as HTMLInputElement).value).to.equal('model');
    view.reveal(view.trace!.spans.at(0)!.id);
    await settled(view);
    expect((allIn(view, 'input[type=search]')[0] as HTMLInputElement | undefined)?.value ?? '').to.equal('');
  });

  it('goes on in the tree when the span that was read is gone', async () => {
    const view = await loadedView(one);
    view.selected = 'one';
    await settled(view);
    byRole(view, 'tab', /Raw/).focus();
    await view.load(other);
    await settled(view);
    expect(view.shadowRoot!.activeElement?.localName).to.equal('llm-span-tree');
  });
});

describe('llm-trace-view: a store that fails', () => {
  it('says so, and throws nothing into the page', async () => {
    const view = await fixture<LlmTraceView>(html`<llm-trace-view></llm-trace-view>`);
    const told = oneEvent(view, 'llm-trace-error');
    view.store = {
      list: () => Promise.reject(new Error('the database is gone')),
      trace: () => Promise.resolve(undefined),
      subscribe: () => () => {},
    };
    await told;
    await waitUntil(() => textIn(view).includes('the database is gone'));
  });
});

describe('llm-trace-view: heights of rows', () => {
  it('takes them in any unit, and a change of them', async () => {
    const view = await loadedView(await sample('nested-agents'));
    view.style.setProperty('--llm-row-height', '2.5rem');
    const inSight = (): number => allByRole(view, 'row').filter((row) => row.dataset['spanId']).length;
    const height = (): number => allByRole(view, 'row')[1]!.getBoundingClientRect().height;
    await until(() => height() === 40, 'rows of 40 px');
    expect(inSight()).to.be.greaterThan(5);
    view.style.setProperty('--llm-row-height', '4px');
    await until(() => height() === 24, 'rows that can still be hit');
  });
});
