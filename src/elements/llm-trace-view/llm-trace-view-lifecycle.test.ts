import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  gridOf,
  hasRole,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  sample,
  sampleUrl,
  selectedIds,
  settled,
  shownIn,
  stubbed,
  textIn,
  traceOf,
  treeOf,
  until,
  wide,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const family = otlp({ id: 'root', start: 0, end: 100 }, { id: 'child', parent: 'root', start: 10, end: 60 });

interface Request {
  url: string;
  signal: AbortSignal;
  answer(text: string): void;
}

/** A `fetch` that answers when the test says so. */
async function withFetchByHand(action: (requests: Request[]) => Promise<void>): Promise<void> {
  const requests: Request[] = [];
  const stub = ((url: URL, { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      requests.push({ url: String(url), signal, answer: (text) => resolve(new Response(text)) });
    })) as typeof fetch;
  await stubbed(globalThis, 'fetch', stub, () => action(requests));
}

const named = (name: string): string => JSON.stringify(otlp({ id: name, start: 0, end: 1 }));

describe('llm-trace-view: one load after another', () => {
  it('shows only the last of two addresses, and tells of it once', async () => {
    await withFetchByHand(async (requests) => {
      const view = await fixture<LlmTraceView>(html`<llm-trace-view src="/first"></llm-trace-view>`);
      const told: string[] = [];
      view.addEventListener('llm-trace-load', () => told.push('load'));
      view.addEventListener('llm-trace-error', () => told.push('error'));
      await until(() => requests.length === 1, 'the first request');
      view.src = '/second';
      await until(() => requests.length === 2, 'the second request');
      expect(requests[0]!.signal.aborted).to.equal(true);
      expect(requests[1]!.url).to.match(/\/second$/);
      requests[0]!.answer(named('first'));
      requests[1]!.answer(named('second'));
      await until(() => view.trace !== undefined, 'a trace');
      await settled(view);
      expect(idsOf(view)).to.deep.equal(['second']);
      await until(() => told.length > 0, 'the event');
      await settled(view);
      expect(told).to.deep.equal(['load']);
    });
  });

  it('lets a late answer of an older load() go, and tells its caller', async () => {
    const view = await emptyView();
    const slow = view.load(new Response(new ReadableStream({})));
    const refusal = slow.catch((error: unknown) => error);
    await view.load(family);
    expect(((await refusal) as Error).name).to.equal('AbortError');
    expect(view.error).to.equal(undefined);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child']);
  });

  it('asks once for an address that is set twice in one go', async () => {
    await withFetchByHand(async (requests) => {
      const view = await emptyView();
      view.src = '/first';
      view.src = '/second';
      await settled(view);
      await until(() => requests.length > 0, 'a request');
      expect(requests.map(({ url }) => new URL(url).pathname)).to.deep.equal(['/second']);
    });
  });

  it('sends cookies only when asked to', async () => {
    const modes: (string | undefined)[] = [];
    const stub = ((_url: URL, options: RequestInit) => {
      modes.push(options.credentials);
      return Promise.resolve(new Response(named('any')));
    }) as typeof fetch;
    await stubbed(globalThis, 'fetch', stub, async () => {
      const view = await emptyView();
      view.src = '/one';
      await oneEvent(view, 'llm-trace-load');
      view.credentials = 'include';
      view.src = '/two';
      await oneEvent(view, 'llm-trace-load');
    });
    expect(modes).to.deep.equal(['omit', 'include']);
  });
});

describe('llm-trace-view: leaving the page and coming back', () => {
  it('gives up its request when it is removed, and asks again when it is back', async () => {
    await withFetchByHand(async (requests) => {
      const view = await fixture<LlmTraceView>(html`<llm-trace-view src="/trace"></llm-trace-view>`);
      const home = view.parentElement!;
      await until(() => requests.length === 1, 'the request');
      view.remove();
      expect(requests[0]!.signal.aborted).to.equal(true);
      expect(view.loading).to.equal(false);
      home.append(view);
      await until(() => requests.length === 2, 'the second request');
      requests[1]!.answer(named('back'));
      await oneEvent(view, 'llm-trace-load');
      expect(view.trace?.spans.at(0)?.id).to.equal('back');
      expect(view.error).to.equal(undefined);
    });
  });

  it('keeps trace and selection when it is moved, and asks for nothing', async () => {
    const view = await fixture<LlmTraceView>(html`<llm-trace-view src=${sampleUrl('rag-kensho')}></llm-trace-view>`);
    await oneEvent(view, 'llm-trace-load');
    await settled(view);
    view.reveal('b5cd37995a2d8bf2');
    await settled(view);
    const { trace } = view;
    await withFetchByHand(async (requests) => {
      const elsewhere = await fixture<HTMLElement>(html`<section></section>`);
      elsewhere.append(view);
      await measured(view);
      expect(requests).to.deep.equal([]);
    });
    expect(view.trace).to.equal(trace);
    expect(selectedIds(view)).to.deep.equal(['b5cd37995a2d8bf2']);
    expect(hasRole(view, 'heading', 'VectorStoreRetriever')).to.equal(true);
  });

  it('goes on mounting rows on scroll after it was moved', async () => {
    const view = await loadedView(wide(1000));
    const elsewhere = await fixture<HTMLElement>(html`<section .style=${'height: 400px'}></section>`);
    elsewhere.append(view);
    await measured(view);
    gridOf(view).scrollTop = 14_000;
    await until(() => idsOf(view).includes('child-500'), 'the rows in the middle');
  });

  it('still shows its data when it is moved while reading it', async () => {
    const view = await emptyView();
    view.data = new Blob([named('moved')]);
    await view.updateComplete;
    expect(view.loading).to.equal(true);
    (await fixture<HTMLElement>(html`<section></section>`)).append(view);
    await until(() => view.trace !== undefined, 'the trace after the move');
  });

  it('still shows its JSON script when it is moved while reading it', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    host.innerHTML = `<llm-trace-view><script type="application/json">${JSON.stringify(wide(3000))}</script></llm-trace-view>`;
    const view = host.querySelector('llm-trace-view')!;
    await until(() => view.loading || view.trace !== undefined, 'the load');
    (await fixture<HTMLElement>(html`<section></section>`)).append(view);
    await until(() => view.trace !== undefined, 'the trace after the move');
  });

  it('rejects a load() that its removal cut off', async () => {
    const view = await emptyView();
    const refusal = view.load(new ReadableStream({})).catch((error: unknown) => error);
    await view.updateComplete;
    view.remove();
    expect(((await refusal) as Error).name).to.equal('AbortError');
    expect(view.error).to.equal(undefined);
  });
});

describe('llm-trace-view: two on one page', () => {
  it('leaves the other one alone when selecting, closing and failing', async () => {
    const one = await loadedView(family);
    const other = await loadedView(family);
    rowOf(other, 'child').click();
    await settled(other);

    rowOf(one, 'root').click();
    one.collapseAll();
    await one.load('no trace').catch(() => {});
    await settled(one);

    expect(selectedIds(other)).to.deep.equal(['child']);
    expect(idsOf(other)).to.deep.equal(['root', 'child']);
    expect(other.error).to.equal(undefined);
    expect(hasRole(other, 'alert')).to.equal(false);
    expect(hasRole(one, 'alert')).to.equal(true);
  });

  it('listens to nothing on document or window', async () => {
    const bound: string[] = [];
    const spy = (target: 'document' | 'window'): typeof document.addEventListener =>
      ((type: string) => bound.push(`${target}: ${type}`)) as typeof document.addEventListener;
    await stubbed(document, 'addEventListener', spy('document'), () =>
      stubbed(window, 'addEventListener', spy('window') as typeof window.addEventListener, async () => {
        const view = await loadedView(await sample('rag-kensho'));
        rowOf(view, '89f1e75d5e50aa7b').click();
        await settled(view);
        byRole(view, 'tab', /Raw/).click();
        const divider = byRole(view, 'separator').getBoundingClientRect();
        await sendMouse({ type: 'move', position: [Math.round(divider.x), Math.round(divider.y + 50)] });
        await sendMouse({ type: 'down' });
        await sendMouse({ type: 'move', position: [Math.round(divider.x - 60), Math.round(divider.y + 60)] });
        await sendMouse({ type: 'up' });
        treeOf(view).focus();
        await sendKeys({ press: 'ArrowDown' });
        view.remove();
        await nextFrame();
      }),
    );
    expect(bound).to.deep.equal([]);
  });
});

describe('llm-trace-view: before a trace is there', () => {
  const visible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

  it('shows what there is to say, and nothing else that could be seen or reached', async () => {
    const view = await emptyView();
    await measured(view);
    expect(textIn(view)).to.match(/^No trace yet [^.]*\.$/);
    for (const role of ['heading', 'tablist', 'button', 'treegrid']) expect(hasRole(view, role), role).to.equal(false);
    // The rows that stand ready are in nobody's way.
    const rows = allByRole(view, 'row');
    expect(rows.every((row) => row.closest('[aria-hidden="true"]'))).to.equal(true);
    const { left, top } = rows[1]!.getBoundingClientRect();
    expect(view.shadowRoot!.elementFromPoint(left + 20, top + 5)!.closest('.no-trace')).not.to.equal(null);
    expect(allIn(view, '.frame').filter(visible)).to.have.length(1);
    expect(allIn(view, 'button, [tabindex]').filter(visible)).to.deep.equal([]);
  });

  it('fills in what stands ready, rows among it', async () => {
    const view = await emptyView();
    await measured(view);
    const tree = treeOf(view);
    const ready = allIn(tree, '.rows > .row');
    expect(ready).to.have.length.greaterThan(10);
    await view.load(wide(100));
    await measured(view);
    expect(treeOf(view)).to.equal(tree);
    expect(gridOf(view).getAttribute('aria-rowcount')).to.equal('102');
    for (const row of ready) expect(row.dataset['spanId']).to.be.a('string');
    expect(hasRole(view, 'heading')).to.equal(true);
    expect(hasRole(view, 'row')).to.equal(true);
  });

  it('has no tree where what comes is shown in another way', async () => {
    const view = await emptyView();
    await view.load({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] });
    await settled(view);
    expect(hasRole(view, 'tab', 'Conversation')).to.equal(true);
    expect(allIn(view, 'llm-span-tree')).to.deep.equal([]);
  });

  it('keeps nothing of a trace that is gone', async () => {
    const trace = await traceOf({ id: 'secret', name: 'secret work', start: 0, end: 1 });
    const tree = await shownIn('llm-span-tree', trace);
    expect(textIn(tree)).to.contain('secret work');
    tree.trace = undefined;
    await settled(tree);
    expect(tree.shadowRoot!.querySelector('.rows')!.outerHTML).not.to.contain('secret');
    expect(allIn(tree, '.rows > .row')).to.have.length.greaterThan(3);
  });
});
