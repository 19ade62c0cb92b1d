import { expect, oneEvent } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import type { PriceSource } from '../../analysis/index.js';
import {
  allByRole,
  allIn,
  byRole,
  focused,
  hasRole,
  loadedView,
  measured,
  otlp,
  rowOf,
  settled,
  textIn,
  until,
  type SpanSketch,
} from '../test-support.js';
import { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';

const call = (id: string, start: number, end: number, more: Record<string, unknown> = {}): SpanSketch => ({
  id,
  parent: 'root',
  start,
  end,
  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...more },
});
const tokens = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 };

/** Nothing ran for most of the time, and only one of two calls made the trace as long as it is. */
const trace = otlp(
  { id: 'root', name: 'planner', start: 0, end: 1000 },
  call('asked', 0, 100, tokens),
  call('beside', 0, 50),
  call('last', 900, 1000, tokens),
);
const prices: PriceSource = { priceOf: ({ usage }) => (usage.input ?? 0) / 1000 };

const findingsButton = (view: LlmTraceView): HTMLElement => byRole(view, 'button', /^Findings/);

async function withFindings(width?: number): Promise<LlmTraceView> {
  const view = await loadedView(trace, width);
  const ready = oneEvent(view, 'llm-findings-ready');
  findingsButton(view).click();
  await ready;
  await settled(view);
  return view;
}

async function inStatistics(width?: number): Promise<LlmTraceView> {
  const view = await loadedView(trace, width);
  byRole(view, 'tab', 'Statistics').click();
  await until(() => hasRole(view, 'button', /^planner/), 'the table');
  return view;
}

describe('llm-trace-view: what is not shown', () => {
  it('is neither loaded nor worked out', async () => {
    // The first of all tests here: nothing has asked for them yet.
    expect([customElements.get('llm-findings'), customElements.get('llm-statistics')]).to.deep.equal([
      undefined,
      undefined,
    ]);
    const view = await loadedView(trace);
    expect(allIn(view, 'llm-findings, llm-statistics')).to.deep.equal([]);
    expect(textIn(findingsButton(view))).to.equal('Findings');
    expect(customElements.get('llm-findings')).to.equal(undefined);
  });

  it('is tried again after it could not be loaded', async () => {
    let tries = 0;
    let updates = 0;
    const host = { requestUpdate: () => updates++ };
    const load = (): Promise<void> => (++tries < 2 ? Promise.reject(new Error('offline')) : Promise.resolve());
    const later = new LaterElements(host as unknown as LlmTraceView, new Map([['x-part', load]]));
    later.want('x-part');
    await until(() => later.hasFailed('x-part'), 'the failure');
    expect(updates).to.equal(1);
    later.want('x-part');
    later.want('x-part');
    expect([tries, later.hasFailed('x-part')]).to.deep.equal([2, false]);
  });
});

describe('llm-trace-view: findings', () => {
  it('are opened from the toolbar, which then says how many there are', async () => {
    const view = await withFindings();
    expect(textIn(findingsButton(view))).to.equal('Findings: 1 warning, 1 note');
    expect(findingsButton(view).ariaExpanded).to.equal('true');
    expect(textIn(byRole(view, 'list', 'Findings'))).to.contain('nothing ran inside planner');
    findingsButton(view).click();
    await settled(view);
    expect(hasRole(view, 'list', 'Findings')).to.equal(false);
    expect(textIn(findingsButton(view)), 'is still known').to.equal('Findings: 1 warning, 1 note');
  });

  it('lead to their spans', async () => {
    const view = await withFindings();
    byRole(byRole(view, 'list', 'Findings'), 'button', 'last 100 ms').click();
    await settled(view);
    expect(view.selected).to.equal('last');
    expect(rowOf(view, 'last').ariaSelected).to.equal('true');
  });

  it('are counted while the trace grows, but not once they are closed', async () => {
    const view = await withFindings();
    const late = (id: string): object => otlp({ id, parent: 'root', start: 950, end: 960 });
    const ready = oneEvent(view, 'llm-findings-ready');
    await view.append(late('one'));
    await settled(view);
    expect(textIn(findingsButton(view))).to.equal('Findings: 1 warning, 1 note');
    await ready;
    findingsButton(view).click();
    await view.append(late('two'));
    await settled(view);
    expect(textIn(findingsButton(view))).to.equal('Findings');
  });

  it('are those of the trace that is shown', async () => {
    const view = await withFindings();
    const ready = oneEvent(view, 'llm-findings-ready');
    await view.load(otlp({ id: 'only', trace: 'another', start: 0, end: 5 }));
    expect(textIn(findingsButton(view))).to.equal('Findings');
    await ready;
    await settled(view);
    expect(textIn(findingsButton(view))).to.equal('Findings: Nothing stands out.');
  });
});

describe('llm-trace-view: statistics', () => {
  it('are a view beside the others, with the detail beside it', async () => {
    const view = await inStatistics();
    expect(view.view).to.equal('statistics');
    expect(byRole(view, 'tabpanel', 'Statistics').id).to.equal('view-statistics');
    byRole(view, 'button', 'asked').click();
    await settled(view);
    expect(byRole(view, 'heading', 'asked')).to.exist;
    byRole(view, 'tab', 'Tree').click();
    await measured(view);
    expect(rowOf(view, 'asked').ariaSelected).to.equal('true');
  });

  it('get the focus back from the detail', async () => {
    const view = await inStatistics();
    byRole(view, 'button', 'asked').click();
    await settled(view);
    byRole(view, 'button', 'Close the detail').click();
    await settled(view);
    expect(focused()).to.equal(byRole(view, 'button', 'asked'));
  });

  it('follow a trace that grows', async () => {
    const view = await inStatistics();
    await view.append(otlp({ id: 'new', parent: 'root', name: 'arrived', start: 1000, end: 1100 }));
    await settled(view);
    expect(hasRole(view, 'button', 'arrived')).to.equal(true);
  });
});

describe('llm-trace-view: critical path', () => {
  const onPath = (view: LlmTraceView): string[] =>
    ['root', 'asked', 'beside', 'last'].filter((id) => rowOf(view, id).ariaLabel!.includes('critical path for'));

  it('is marked in the tree while its button is pressed', async () => {
    const view = await loadedView(trace);
    const button = byRole(view, 'button', 'Critical path');
    expect([button.ariaPressed, onPath(view)]).to.deep.equal(['false', []]);
    button.click();
    await measured(view);
    expect([button.ariaPressed, onPath(view)]).to.deep.equal(['true', ['root', 'asked', 'last']]);
    expect(rowOf(view, 'root').ariaLabel).to.contain('on the critical path for 800 ms');
    const strip = allIn(rowOf(view, 'root'), '.critical')[0]!;
    expect(strip.style.backgroundImage).to.contain('10%').and.to.contain('90%');
    button.click();
    await measured(view);
    expect(onPath(view)).to.deep.equal([]);
    expect(allIn(view, '.critical')).to.deep.equal([]);
  });

  it('is that of the trace as it grows', async () => {
    const view = await loadedView(trace);
    byRole(view, 'button', 'Critical path').click();
    await view.append(otlp({ id: 'late', parent: 'root', start: 800, end: 1000 }));
    await measured(view);
    expect(rowOf(view, 'late').ariaLabel).to.contain('on the critical path for 200 ms');
    expect(onPath(view)).to.deep.equal(['root', 'asked']);
  });
});

describe('llm-trace-view: prices of the page', () => {
  it('make estimates, which are marked as such', async () => {
    const view = await loadedView(trace);
    const figures = byRole(view, 'list', 'Summary of the trace');
    expect(textIn(figures)).not.to.contain('Cost');
    view.prices = prices;
    view.selected = 'root';
    await settled(view);
    expect(textIn(figures)).to.contain('Cost ≈ $0.20');
    expect(textIn(allIn(view, 'llm-span-detail')[0]!)).to.contain('1.00 s total 800 ms own');
    expect(textIn(allIn(view, 'llm-span-detail')[0]!)).to.contain(
      'Σ 3 calls · 220 tokens · 1 call states none · ≈ $0.20',
    );
    view.selected = 'asked';
    await settled(view);
    expect(textIn(allIn(view, 'llm-span-detail')[0]!)).to.contain('≈ $0.10');
  });
});

describe('llm-trace-view: analysis, accessible', () => {
  for (const width of [1000, 340]) {
    it(`with findings and critical path, ${width} px wide`, async () => {
      const view = await withFindings(width);
      byRole(view, 'button', 'Critical path').click();
      await measured(view);
      await expect(view).to.be.accessible();
      const { right } = view.getBoundingClientRect();
      for (const control of [...allByRole(view, 'tab'), findingsButton(view)]) {
        expect(control.getBoundingClientRect().right).to.be.at.most(right);
      }
    });

    it(`with statistics, ${width} px wide`, async () => {
      const view = await inStatistics(width);
      await expect(view).to.be.accessible();
    });
  }
});
