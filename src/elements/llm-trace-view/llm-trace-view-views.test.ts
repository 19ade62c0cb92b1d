import { expect, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  allByRole,
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
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const family = otlp(
  { id: 'root', start: 0, end: 100 },
  { id: 'child', parent: 'root', start: 10, end: 50 },
  { id: 'other', parent: 'root', start: 60, end: 90 },
);

const press = async (view: LlmTraceView, target: HTMLElement, key: string): Promise<void> => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  await measured(view);
};

const chartOf = (view: LlmTraceView): HTMLElement => byRole(view, 'application', /^Timeline of/);

async function inTimeline(width?: number): Promise<LlmTraceView> {
  const view = await loadedView(family, width);
  byRole(view, 'tab', 'Timeline').click();
  await measured(view);
  return view;
}

describe('llm-trace-view: tree and timeline', () => {
  it('shows the tree at first, also where the page names a view that there is not', async () => {
    const view = await loadedView(family);
    expect(hasRole(view, 'application')).to.equal(false);
    expect(allIn(view, 'llm-timeline'), 'made only when it is wanted').to.have.length(0);
    view.setAttribute('view', 'pie');
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child', 'other']);
    expect(byRole(view, 'tab', 'Tree').getAttribute('aria-selected')).to.equal('true');
  });

  it('begins with the timeline where the page asks for it, without making a tree', async () => {
    const view = await emptyView();
    view.setAttribute('view', 'timeline');
    await view.load(family);
    await measured(view);
    expect(chartOf(view)).to.exist;
    expect(allIn(view, 'llm-span-tree')).to.have.length(0);
  });

  it('changes the view by its tabs, and tells the page', async () => {
    const view = await loadedView(family);
    const told = oneEvent(view, 'llm-view-change');
    byRole(view, 'tab', 'Timeline').click();
    expect((await told).detail).to.deep.equal({ view: 'timeline' });
    await measured(view);
    expect(hasRole(view, 'treegrid')).to.equal(false);
    const tab = byRole(view, 'tab', 'Timeline');
    const panel = byRole(view, 'tabpanel', 'Timeline');
    expect(tab.getAttribute('aria-selected')).to.equal('true');
    expect(tab.getAttribute('aria-controls')).to.equal(panel.id);
    expect(hasRole(view, 'button', 'Collapse all')).to.equal(false);
    view.addEventListener('llm-view-change', () => expect.fail('told of nothing new'));
    tab.click();
    view.view = 'tree';
    await measured(view);
    expect(idsOf(view)).to.have.length(3);
  });

  it('changes the view by the arrow keys on its tabs, one of which is in the order of the page', async () => {
    const view = await loadedView(family);
    const tabs = allByRole(view, 'tab');
    const [tree, timeline, last] = [tabs[0]!, tabs[1]!, tabs.at(-1)!];
    expect(tabs.map(({ tabIndex }) => tabIndex)).to.deep.equal([0, ...tabs.slice(1).map(() => -1)]);
    tree.focus();
    for (const [key, tab, name] of [
      ['ArrowRight', timeline, 'timeline'],
      ['End', last, 'statistics'],
      ['ArrowRight', tree, 'tree'],
      ['ArrowLeft', last, 'statistics'],
      ['Home', tree, 'tree'],
    ] as const) {
      await press(view, focused() as HTMLElement, key);
      expect(focused(), key).to.equal(tab);
      expect(view.view).to.equal(name);
      expect(tab.tabIndex).to.equal(0);
    }
  });

  it('has one selection in both, with its detail beside them', async () => {
    const view = await inTimeline();
    await press(view, chartOf(view), 'ArrowDown');
    await press(view, chartOf(view), 'ArrowDown');
    expect(view.selected).to.equal('child');
    expect(byRole(view, 'heading', 'child')).to.exist;
    byRole(view, 'tab', 'Tree').click();
    await measured(view);
    expect(selectedIds(view)).to.deep.equal(['child']);
    rowOf(view, 'other').click();
    await settled(view);
    byRole(view, 'tab', 'Timeline').click();
    await measured(view);
    expect(allIn(view, '.mark.selected')).to.have.length(1);
    await press(view, chartOf(view), 'ArrowLeft');
    expect(view.selected).to.equal('child');
  });

  it('keeps what was closed in the tree while the timeline is shown', async () => {
    const view = await loadedView(family);
    view.collapseAll();
    await settled(view);
    byRole(view, 'tab', 'Timeline').click();
    await measured(view);
    byRole(view, 'tab', 'Tree').click();
    await measured(view);
    expect(idsOf(view)).to.deep.equal(['root']);
  });

  it('leads into the detail with Enter, and back into the timeline', async () => {
    const view = await inTimeline();
    await press(view, chartOf(view), 'ArrowDown');
    await press(view, chartOf(view), 'Enter');
    expect(focused()?.getAttribute('role')).to.equal('tab');
    await press(view, focused() as HTMLElement, 'Escape');
    expect(focused()).to.equal(chartOf(view));
    byRole(view, 'button', 'Close the detail').focus();
    byRole(view, 'button', 'Close the detail').click();
    await measured(view);
    expect(view.selected).to.equal(undefined);
    expect(focused()).to.equal(chartOf(view));
  });

  it('reveals a span in the view that is shown', async () => {
    const view = await inTimeline();
    const timeline = allIn(view, 'llm-timeline')[0] as HTMLElementTagNameMap['llm-timeline'];
    timeline.range = { start: 0, end: 5 };
    await measured(view);
    view.reveal('other');
    await measured(view);
    expect(timeline.range.end).to.be.greaterThan(60);
    view.view = 'tree';
    await measured(view);
    expect(selectedIds(view)).to.deep.equal(['other']);
  });

  it('has no tabs and no panels of them where the page hides the toolbar', async () => {
    const view = await loadedView(family);
    view.hide = 'toolbar';
    view.view = 'timeline';
    await measured(view);
    expect(hasRole(view, 'tab')).to.equal(false);
    expect(hasRole(view, 'tabpanel')).to.equal(false);
    expect(chartOf(view)).to.exist;
  });

  for (const width of [1000, 340]) {
    it(`is accessible with the timeline, ${width} px wide`, async () => {
      const view = await inTimeline(width);
      await expect(view).to.be.accessible();
      view.selected = 'child';
      await measured(view);
      await expect(view).to.be.accessible();
      const { right } = view.getBoundingClientRect();
      for (const tab of ['Tree', 'Timeline']) {
        expect(byRole(view, 'tab', tab).getBoundingClientRect().right).to.be.at.most(right);
      }
    });
  }

  it('draws what comes while the tree is shown', async () => {
    const view = await inTimeline();
    byRole(view, 'tab', 'Tree').click();
    await measured(view);
    await view.append(otlp({ id: 'late', parent: 'root', start: 95, end: 99 }));
    byRole(view, 'tab', 'Timeline').click();
    await measured(view);
    await press(view, chartOf(view), 'End');
    expect(view.selected).to.equal('late');
    expect(allIn(view, '.mark.selected')).to.have.length(1);
  });
});
