import { expect } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import {
  allIn,
  byRole,
  focused,
  hasRole,
  loadedView,
  measured,
  otlp,
  settled,
  textIn,
  until,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const kind = (name: string): { attributes: Record<string, string> } => ({
  attributes: { 'openinference.span.kind': name },
});
const family = otlp(
  { id: 'root', name: 'planner', start: 0, end: 100, ...kind('AGENT') },
  { id: 'inside', parent: 'root', start: 5, end: 95 },
  { id: 'first', parent: 'inside', name: 'search', start: 10, end: 50, ...kind('TOOL') },
  { id: 'second', parent: 'inside', name: 'search', start: 60, end: 90, ...kind('TOOL') },
);

const nodeOf = (view: LlmTraceView, name: RegExp): HTMLElement => byRole(view, 'button', name);

async function inGraph(width?: number): Promise<LlmTraceView> {
  const view = await loadedView(family, width);
  byRole(view, 'tab', 'Graph').click();
  await until(() => hasRole(view, 'button', /^tool search/), 'the graph');
  await measured(view);
  return view;
}

describe('llm-trace-view: graph', () => {
  it('loads the graph when it is first wanted', async () => {
    const view = await loadedView(family);
    expect(customElements.get('llm-trace-graph')).to.equal(undefined);
    byRole(view, 'tab', 'Graph').click();
    await until(() => hasRole(view, 'button', /^agent planner/), 'the graph');
    expect(view.view).to.equal('graph');
    expect(byRole(view, 'tabpanel', 'Graph').id).to.equal('view-graph');
    expect(hasRole(view, 'treegrid')).to.equal(false);
  });

  it('has one selection with the tree: a node opens the detail, and the tree shows what was chosen', async () => {
    const view = await inGraph();
    nodeOf(view, /^tool search/).click();
    await settled(view);
    nodeOf(view, /^tool search/).click();
    await settled(view);
    expect(view.selected).to.equal('second');
    expect(byRole(view, 'heading', 'search')).to.exist;
    view.selected = 'inside';
    await settled(view);
    expect(nodeOf(view, /^agent planner/).getAttribute('aria-current')).to.equal('true');
    byRole(view, 'button', 'Close the detail').click();
    await settled(view);
    expect(allIn(view, '.node[aria-current]')).to.have.length(0);
    expect(focused()?.classList.contains('node'), 'the keys go on in the graph').to.equal(true);
  });

  it('shows what was selected in the tree before the graph was there', async () => {
    const view = await loadedView(family);
    view.selected = 'second';
    byRole(view, 'tab', 'Graph').click();
    await until(() => hasRole(view, 'button', /^tool search/), 'the graph');
    await measured(view);
    expect(textIn(view)).to.contain('Call 2 of 2');
  });

  it('draws what comes while the tree is shown', async () => {
    const view = await inGraph();
    byRole(view, 'tab', 'Tree').click();
    await measured(view);
    await view.append(otlp({ id: 'late', parent: 'root', name: 'write', start: 95, end: 99, ...kind('TOOL') }));
    byRole(view, 'tab', 'Graph').click();
    await until(() => hasRole(view, 'button', /^tool write/), 'the new node');
  });

  for (const width of [1000, 340]) {
    it(`is accessible, ${width} px wide`, async () => {
      const view = await inGraph(width);
      await expect(view).to.be.accessible();
      const { right } = view.getBoundingClientRect();
      expect(byRole(view, 'tab', 'Statistics').getBoundingClientRect().right).to.be.at.most(right);
    });
  }
});
