import { expect } from '@open-wc/testing';
import '../../define/llm-trace-view.js';
import { allByRole, allIn, byRole, hasRole, loadedView, measured, sample, settled, until } from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

const VIEWS = [
  ['Steps', 'treegrid', /^Steps of/],
  ['Conversation', 'region', /^Conversation of/],
  ['Sequence', 'tree', /^Sequence of/],
  ['Table', 'grid', /^Spans of/],
] as const;

async function shown(view: LlmTraceView, tab: string, role: string, name: RegExp): Promise<void> {
  byRole(view, 'tab', tab).click();
  await until(() => hasRole(view, role, name), tab);
  await measured(view);
}

/** Rows or messages of a span that are marked as selected, in the view that is shown. */
const marked = (view: LlmTraceView, id: string): number =>
  allIn(view, `[data-span-id="${id}"]`).filter(
    (row) => row.checkVisibility() && (row.getAttribute('aria-selected') === 'true' || row.matches('.selected')),
  ).length;

describe('llm-trace-view: steps, conversation, sequence, table', () => {
  it('loads each when it is first wanted', async () => {
    const view = await loadedView(await sample('nested-agents'));
    expect(customElements.get('llm-steps')).to.equal(undefined);
    for (const [tab, role, name] of VIEWS) {
      await shown(view, tab, role, name);
      expect(byRole(view, 'tabpanel', tab).checkVisibility()).to.equal(true);
      expect(hasRole(view, 'treegrid', /^Spans of/)).to.equal(false);
    }
  });

  it('have one selection: what is chosen in one is chosen in all', async () => {
    const view = await loadedView(await sample('nested-agents'));
    await shown(view, 'Steps', 'treegrid', /^Steps of/);
    const row = allByRole(view, 'row', /^Turn 1, gpt-4\.1-mini/)[0]!;
    row.click();
    await settled(view);
    const id = row.dataset['spanId']!;
    expect(view.selected).to.equal(id);
    for (const [tab, role, name] of VIEWS) {
      await shown(view, tab, role, name);
      await until(() => marked(view, id) > 0, `${tab} marks it`);
    }
    byRole(view, 'button', 'Close the detail').click();
    await settled(view);
    expect(marked(view, id)).to.equal(0);
  });

  it('show another trace when it was loaded while they were hidden', async () => {
    const view = await loadedView(await sample('nested-agents'));
    for (const [tab, role, name] of VIEWS) await shown(view, tab, role, name);
    byRole(view, 'tab', 'Tree').click();
    await view.load(await sample('rag-kensho'));
    for (const [tab, role] of VIEWS) await shown(view, tab, role, new RegExp(`of ${view.trace!.name}$`));
  });

  for (const width of [1000, 340]) {
    it(`are accessible, ${width} px wide`, async () => {
      const view = await loadedView(await sample('error-retry'), width);
      for (const [tab, role, name] of VIEWS) {
        await shown(view, tab, role, name);
        await expect(view).to.be.accessible();
      }
    });
  }
});
