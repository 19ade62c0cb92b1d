import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { readTraces } from '../../formats/index.js';
import { afterPaint } from '../../internal/after-paint.js';
import { SpanTable } from '../../model/index.js';
import type { LlmSpanTree } from '../llm-span-tree/llm-span-tree.js';
import { allIn, emptyView, otlp, rowOf, rowsOf, settled, stubbed, until } from '../test-support.js';

const COUNT = 2000;

/** A trace that takes more than no time: an agent that calls a model again and again. */
const long = (traceName?: string): object =>
  otlp(
    { id: 'root', name: 'agent run', start: 0, end: COUNT },
    ...Array.from({ length: COUNT }, (_, at) => ({
      id: `call-${at}`,
      parent: 'root',
      name: 'chat',
      start: at,
      end: at + 1,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 5,
        ...(at === COUNT - 1 && traceName !== undefined && { 'langfuse.trace.name': traceName }),
      },
    })),
  );

/** What was so when the first row stood there. */
async function whenRowsCame<Seen>(root: HTMLElement, look: () => Seen): Promise<Seen> {
  const [rows] = allIn(root, '.rows');
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (rowsOf(root).length === 0) return;
      observer.disconnect();
      resolve(look());
    });
    observer.observe(rows!, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-span-id'] });
  });
}

const placesOf = (view: HTMLElement): number[] =>
  ['llm-metric-summary', 'llm-span-tree', '.toolbar', '[role="columnheader"]'].flatMap((selector) =>
    allIn(view, selector).flatMap((element) => {
      const { top, left, height } = element.getBoundingClientRect();
      return [top, left, height];
    }),
  );

const figures = (root: HTMLElement): string => rowOf(root, 'root').textContent.replace(/\s+/g, ' ');

describe('llm-trace-view: a long trace', () => {
  it('shows its rows before all that they come to, and moves nothing when it is there', async () => {
    const view = await emptyView();
    const summary = allIn(view, 'llm-metric-summary')[0]!;
    const seen = whenRowsCame(view, () => ({
      isSettled: view.trace!.table.isSettled,
      isBusy: view.shadowRoot!.querySelector('.frame')!.getAttribute('aria-busy'),
      isSummaryVisible: summary.checkVisibility({ visibilityProperty: true }),
      lines: allIn(view, '.progress'),
      places: placesOf(view),
      figures: figures(view),
      title: view.shadowRoot!.querySelector('h2')!.textContent,
    }));
    let told = 0;
    view.addEventListener('llm-trace-load', () => told++);
    await view.load(long('a name that all are asked for'));
    const before = await seen;
    expect(before.isSettled, 'all were asked').to.equal(false);
    expect(before.isBusy).to.equal('true');
    expect(before.isSummaryVisible).to.equal(false);
    expect(before.lines, 'lines that something is read').to.deep.equal([]);
    expect(before.figures).not.to.include('30k');
    expect(before.title).to.equal('agent run');
    await settled(view);
    expect(view.trace!.isSummed).to.equal(true);
    expect(told).to.equal(1);
    expect(view.loading).to.equal(false);
    expect(summary.checkVisibility({ visibilityProperty: true })).to.equal(true);
    expect(figures(view)).to.include('30k');
    expect(view.shadowRoot!.querySelector('h2')!.textContent).to.equal('a name that all are asked for');
    expect(placesOf(view)).to.deep.equal(before.places);
  });

  it('is gone through in slices, also where more than rows is shown at once', async () => {
    for (const shown of [{}, { view: 'table' }, { grouped: true }, { query: 'kind:llm' }] as const) {
      const view = await emptyView();
      Object.assign(view, shown);
      let atOnce = 0;
      const { settle } = SpanTable.prototype;
      const watched = function (this: SpanTable): void {
        if (!this.isSettled) atOnce++;
        settle.call(this);
      };
      await stubbed(SpanTable.prototype, 'settle', watched, async () => {
        await view.load(long());
        await settled(view);
      });
      expect(atOnce, JSON.stringify(shown)).to.equal(0);
    }
  });

  it('is not gone through any further when it is taken out of the page', async () => {
    const view = await emptyView();
    const seen = whenRowsCame(view, () => view.remove());
    const loaded = view.load(long()).catch((error: unknown) => error);
    await seen;
    expect(((await loaded) as Error).name).to.equal('AbortError');
    const { table } = view.trace!;
    // Whoever would go on does so once a frame is painted.
    await afterPaint();
    await afterPaint();
    expect(table.isSettled).to.equal(false);
  });
});

describe('llm-span-tree: a long trace', () => {
  it('shows its rows before all that they come to', async () => {
    const [trace] = await readTraces(long());
    const tree = await fixture<LlmSpanTree>(html`<llm-span-tree .style=${'height: 400px'}></llm-span-tree>`);
    const seen = whenRowsCame(tree, () => [trace!.table.isSettled, figures(tree)] as const);
    tree.trace = trace;
    const [isSettled, before] = await seen;
    expect(isSettled, 'all were asked').to.equal(false);
    expect(before).not.to.include('30k');
    await until(() => figures(tree).includes('30k'), 'the sums');
  });
});
