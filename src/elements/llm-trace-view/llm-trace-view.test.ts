import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  hasRole,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  rowsOf,
  sample,
  sampleUrl,
  selectedIds,
  settled,
  textIn,
  treeOf,
  until,
} from '../test-support.js';
import type { LlmTraceLoadEvent } from '../events/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

const family = otlp(
  { id: 'root', start: 0, end: 100 },
  { id: 'parent', parent: 'root', start: 10, end: 60 },
  { id: 'leaf', parent: 'parent', start: 20, end: 30 },
  { id: 'aunt', parent: 'root', start: 70, end: 90 },
);
const twoTraces = otlp(
  { id: 'a1', trace: 'trace-a', name: 'first trace', start: 0, end: 10 },
  { id: 'b1', trace: 'trace-b', name: 'second trace', start: 0, end: 10 },
  { id: 'b2', trace: 'trace-b', parent: 'b1', start: 1, end: 5 },
);

/** Gives the rest of a file: all of it. */
async function finish(file: WritableStream<Uint8Array>, trace: unknown = family): Promise<void> {
  const writer = file.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(trace)));
  await writer.close();
}

describe('llm-trace-view: where the trace comes from', () => {
  it('reads a relative address', async () => {
    const view = await fixture<LlmTraceView>(html`<llm-trace-view src=${sampleUrl('rag-kensho')}></llm-trace-view>`);
    const { detail } = await oneEvent(view, 'llm-trace-load');
    await settled(view);
    expect(detail.traces).to.have.length(1);
    expect(textIn(rowOf(view, '89f1e75d5e50aa7b'))).to.contain('RetrievalQA');
  });

  for (const [kind, prepare] of [
    ['an object', (text: string): unknown => JSON.parse(text)],
    ['a string', (text: string): unknown => text],
    ['a Blob', (text: string): unknown => new Blob([text])],
    ['bytes', (text: string): unknown => new TextEncoder().encode(text)],
  ] as const) {
    it(`reads ${kind} given as data`, async () => {
      const data = prepare(await sample('rag-kensho'));
      const view = await fixture<LlmTraceView>(html`<llm-trace-view .data=${data}></llm-trace-view>`);
      await until(() => view.trace !== undefined, 'the trace');
      await settled(view);
      expect(rowsOf(view)).to.have.length(5);
    });
  }

  it('reads a JSON script that is inside it', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    host.innerHTML = `<llm-trace-view><script type="application/json">${JSON.stringify(family)}</script></llm-trace-view>`;
    const view = host.querySelector('llm-trace-view')!;
    await oneEvent(view, 'llm-trace-load');
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
    expect(textIn(host)).not.to.contain('resourceSpans');
  });

  it('reads a JSON script that is added later', async () => {
    const view = await emptyView();
    const script = document.createElement('script');
    script.type = 'application/json';
    script.textContent = JSON.stringify(family);
    view.append(script);
    await oneEvent(view, 'llm-trace-load');
    expect(view.trace?.spans.length).to.equal(4);
  });

  it('prefers its address to a script inside it', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    host.innerHTML = `<llm-trace-view src="${sampleUrl('rag-kensho')}"><script type="application/json">${JSON.stringify(family)}</script></llm-trace-view>`;
    const view = host.querySelector('llm-trace-view')!;
    await oneEvent(view, 'llm-trace-load');
    expect(view.trace?.spans.length).to.equal(5);
  });

  it('resolves load() once the traces are there, and tells the page of them', async () => {
    const view = await emptyView();
    const told = oneEvent(view, 'llm-trace-load');
    await view.load(twoTraces);
    const event = (await told) as LlmTraceLoadEvent;
    expect(event.bubbles && event.composed).to.equal(true);
    expect(event.detail.traces.map(({ id }) => id)).to.deep.equal(['trace-a', 'trace-b']);
    expect(view.traces).to.equal(event.detail.traces);
  });

  it('reads the format that the page names', async () => {
    const view = await fixture<LlmTraceView>(
      html`<llm-trace-view format="attributes" .data=${{ 'made.up': 'value' }}></llm-trace-view>`,
    );
    await until(() => view.trace !== undefined || view.error !== undefined, 'the trace');
    expect(view.error).to.equal(undefined);
    expect(view.trace?.format).to.equal('attributes');
  });
});

describe('llm-trace-view: its state', () => {
  it('says that it is empty, loading, and loaded', async () => {
    const view = await emptyView();
    expect(textIn(view)).to.contain('No trace yet');
    expect([view.traces, view.trace, view.loading, view.error]).to.deep.equal([[], undefined, false, undefined]);
    expect(view.matches(':state(empty)')).to.equal(true);

    const file = new TransformStream<Uint8Array, Uint8Array>();
    const loaded = view.load(file.readable);
    expect(view.loading).to.equal(true);
    await until(() => view.matches(':state(loading)'), 'the state');
    expect(textIn(byRole(view, 'status'))).to.contain('Loading the trace');
    void finish(file.writable);
    await loaded;
    await settled(view);

    expect(view.loading).to.equal(false);
    expect(view.matches(':state(loading)') || view.matches(':state(empty)')).to.equal(false);
    expect(hasRole(view, 'treegrid', 'Spans of root')).to.equal(true);
    expect(hasRole(view, 'status')).to.equal(false);
  });

  it('shows nothing of a load that is over at once', async () => {
    const view = await loadedView(family);
    const frame = allIn(view, '.frame')[0]!;
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((more) => void records.push(...more));
    observer.observe(frame, { attributeFilter: ['aria-busy'] });
    await view.load(twoTraces);
    await settled(view);
    expect(textIn(view)).to.contain('first trace');
    expect(records).to.deep.equal([]);
  });

  it('keeps its read-only properties from being written', async () => {
    const view = await loadedView(family);
    for (const name of ['traces', 'trace', 'loading', 'error']) {
      expect(Reflect.set(view, name, 'written'), name).to.equal(false);
    }
  });

  it('keeps the old trace on the screen while a new one is read', async () => {
    const view = await loadedView(family);
    const file = new TransformStream<Uint8Array, Uint8Array>();
    const loaded = view.load(file.readable);
    await until(() => allIn(view, '[aria-busy="true"]').length === 1, 'the load');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
    void finish(file.writable, twoTraces);
    await loaded;
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['a1']);
  });

  it('takes light or dark from its theme', async () => {
    const view = await emptyView();
    const background = (): string => getComputedStyle(allIn(view, '.frame')[0]!).backgroundColor;
    view.theme = 'light';
    await view.updateComplete;
    const light = background();
    view.theme = 'dark';
    await view.updateComplete;
    expect(background()).not.to.equal(light);
    expect(view.getAttribute('theme')).to.equal('dark');
  });

  it('leaves out the parts that are not wanted', async () => {
    const view = await loadedView(family);
    expect([hasRole(view, 'list', 'Summary of the trace'), hasRole(view, 'button', 'Expand all')]).to.deep.equal([
      true,
      true,
    ]);
    view.hide = 'summary toolbar detail';
    view.selected = 'leaf';
    await settled(view);
    expect([hasRole(view, 'list', 'Summary of the trace'), hasRole(view, 'button', 'Expand all')]).to.deep.equal([
      false,
      false,
    ]);
    expect(hasRole(view, 'tablist') || hasRole(view, 'separator')).to.equal(false);
    expect(selectedIds(view)).to.deep.equal(['leaf']);
  });
});

describe('llm-trace-view: several traces in one file', () => {
  it('shows the first, and another when a person chooses it', async () => {
    const view = await loadedView(twoTraces);
    expect(idsOf(view)).to.deep.equal(['a1']);
    const chooser = byRole(view, 'combobox', 'Trace') as HTMLSelectElement;
    expect(Array.from(chooser.options, ({ label }) => label)).to.deep.equal([
      'first trace · 1 span',
      'second trace · 2 spans',
    ]);
    chooser.value = 'trace-b';
    chooser.dispatchEvent(new Event('change', { bubbles: true }));
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['b1', 'b2']);
    expect(view.traceId).to.equal('trace-b');
  });

  it('shows the trace that trace-id names', async () => {
    const view = await fixture<LlmTraceView>(
      html`<llm-trace-view trace-id="trace-b" .data=${twoTraces}></llm-trace-view>`,
    );
    await until(() => view.trace !== undefined, 'the traces');
    await settled(view);
    expect(view.trace?.id).to.equal('trace-b');
    expect((byRole(view, 'combobox', 'Trace') as HTMLSelectElement).value).to.equal('trace-b');
  });

  it('has no chooser where there is nothing to choose', async () => {
    expect(hasRole(await loadedView(family), 'combobox')).to.equal(false);
  });

  it('goes to the other trace to reveal a span of it', async () => {
    const view = await loadedView(twoTraces);
    view.reveal('b2');
    await settled(view);
    expect(view.trace?.id).to.equal('trace-b');
    expect(selectedIds(view)).to.deep.equal(['b2']);
  });
});

describe('llm-trace-view: selecting', () => {
  it('shows the span that its attribute names', async () => {
    const view = await fixture<LlmTraceView>(html`<llm-trace-view selected="leaf" .data=${family}></llm-trace-view>`);
    await until(() => view.trace !== undefined, 'the trace');
    await settled(view);
    expect(selectedIds(view)).to.deep.equal(['leaf']);
    expect(hasRole(view, 'heading', 'leaf')).to.equal(true);
  });

  it('reveals a span inside closed ones', async () => {
    const view = await loadedView(family);
    view.collapseAll();
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    view.reveal('leaf');
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
    expect(selectedIds(view)).to.deep.equal(['leaf']);
  });

  it('does nothing for an id that no span has', async () => {
    const view = await loadedView(family);
    view.reveal('nobody');
    await settled(view);
    expect(view.selected).to.equal(undefined);
    expect(selectedIds(view)).to.deep.equal([]);
  });

  it('opens and closes everything by its buttons', async () => {
    const view = await loadedView(family);
    byRole(view, 'button', 'Collapse all').click();
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    byRole(view, 'button', 'Expand all').click();
    await settled(view);
    expect(rowsOf(view)).to.have.length(4);
  });

  it('closes the detail by its button and gives the focus back to the tree', async () => {
    const view = await loadedView(family);
    rowOf(view, 'leaf').click();
    await settled(view);
    byRole(view, 'button', 'Close the detail').click();
    await settled(view);
    expect(hasRole(view, 'button', 'Close the detail')).to.equal(false);
    expect(selectedIds(view)).to.deep.equal([]);
    expect(treeOf(view).shadowRoot?.activeElement?.getAttribute('role')).to.equal('treegrid');
  });
});

describe('llm-trace-view: what is not as it should be', () => {
  const broken = otlp(
    { id: 'orphan', parent: 'gone', start: 0, end: 10 },
    { id: 'backwards', parent: 'orphan', start: 9, end: 4 },
  );

  it('counts the problems, and lists them when asked', async () => {
    const view = await loadedView(broken);
    const button = byRole(view, 'button', '2 problems');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.click();
    await settled(view);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    const list = byRole(view, 'list', 'What is not as it should be in this trace');
    expect(allByRole(list, 'listitem').map(textIn)).to.deep.equal([
      'The parent gone of the span orphan is not in the trace.',
      'The span backwards ends 5 ms before it starts.',
    ]);
    byRole(list, 'button', /backwards/).click();
    await measured(view);
    expect(selectedIds(view)).to.deep.equal(['backwards']);
  });

  it('says nothing of a sound trace', async () => {
    expect(hasRole(await loadedView(family), 'button', /problem/)).to.equal(false);
  });
});
