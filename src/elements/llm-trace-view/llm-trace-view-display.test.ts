import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  focused,
  gridOf,
  hasRole,
  idsOf,
  loadedView,
  measured,
  openTab,
  otlp,
  rowOf,
  sample,
  settled,
  textIn,
  treeOf,
  until,
  wide,
  type SpanSketch,
} from '../test-support.js';
import type { LlmDisplayChangeEvent } from '../events/index.js';
import type { LlmTraceView } from './llm-trace-view.js';

const BUTTON = 'How spans are shown';

const mixed = otlp(
  { id: 'root', start: 0, end: 100, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
  { id: 'frame', name: 'RunnableSequence', parent: 'root', start: 1, end: 90 },
  { id: 'call', parent: 'frame', start: 2, end: 50, attributes: { 'gen_ai.operation.name': 'chat' } },
  { id: 'tool', parent: 'frame', start: 51, end: 80, attributes: { 'gen_ai.operation.name': 'execute_tool' } },
);

async function openMenu(view: LlmTraceView): Promise<HTMLElement> {
  byRole(view, 'button', BUTTON).click();
  await until(() => hasRole(view, 'dialog', BUTTON), 'the menu');
  await settled(view);
  return byRole(view, 'dialog', BUTTON);
}

/** An input by the words of its label. */
function input(menu: HTMLElement, words: RegExp): HTMLInputElement {
  const found = allIn(menu, 'label').find((label) => words.test(textIn(label)));
  return allIn(found!, 'input')[0] as HTMLInputElement;
}

describe('llm-trace-view: how spans are shown', () => {
  it('hides kinds and names from a menu with counts, in all views of spans', async () => {
    const view = await loadedView(mixed);
    const menu = await openMenu(view);
    expect(allIn(menu, 'fieldset').map(textIn).at(-1)).to.contain('RunnableSequence 1');
    input(menu, /RunnableSequence/).click();
    await settled(view);
    expect(view.noise).to.deep.equal({ names: ['RunnableSequence'] });
    expect(idsOf(view)).to.deep.equal(['root', 'call', 'tool']);
    input(menu, /^tool 1$/).click();
    await settled(view);
    expect(view.noise).to.deep.equal({ kinds: ['tool'], names: ['RunnableSequence'] });
    for (const tab of [/Table/, /Steps/, /Sequence/, /Timeline/]) {
      const panel = await openTab(view, tab);
      await until(() => hasRole(panel, 'status', '2 spans hidden'), `hidden spans in ${String(tab)}`);
    }
    await openTab(view, /Table/);
    await until(() => allByRole(view, 'row').length === 3, 'the rows that are left');
    byRole(byRole(view, 'tabpanel', /Table/), 'button', 'Show all').click();
    await until(() => allByRole(view, 'row').length === 5, 'all rows');
    expect(view.noise).to.equal(undefined);
  });

  it('tells the page what is chosen, and takes it from properties and attributes', async () => {
    const view = await loadedView(mixed);
    const menu = await openMenu(view);
    const told = oneEvent(view, 'llm-display-change') as Promise<LlmDisplayChangeEvent>;
    input(menu, /Order of starts/).click();
    expect((await told).detail).to.deep.equal({ grouped: false, scale: 'sequence', layout: 'time' });
    await settled(view);
    expect(treeOf(view).scale).to.equal('sequence');
    view.setAttribute('grouped', '');
    view.setAttribute('scale', 'compact');
    await settled(view);
    expect([input(menu, /Group repeated/).checked, input(menu, /idle/).checked]).to.deep.equal([true, true]);
    expect(treeOf(view).grouped).to.equal(true);
  });

  it('is left by Escape and by going elsewhere; the focus goes back', async () => {
    const view = await loadedView(mixed);
    await openMenu(view);
    await sendKeys({ press: 'Escape' });
    await settled(view);
    expect(hasRole(view, 'dialog', BUTTON)).to.equal(false);
    expect(focused()).to.equal(byRole(view, 'button', BUTTON));
    await openMenu(view);
    gridOf(view).focus();
    await settled(view);
    expect(hasRole(view, 'dialog', BUTTON)).to.equal(false);
  });

  for (const [theme, width] of [
    ['light', 1000],
    ['dark', 320],
  ] as const) {
    it(`is accessible and inside of the view, ${theme}, ${width} px wide`, async () => {
      const view = await loadedView(mixed, width);
      Object.assign(view, { theme, grouped: true, scale: 'compact', noise: { kinds: ['tool'] } });
      const menu = await openMenu(view);
      await expect(view).to.be.accessible();
      const [inner, outer] = [menu.getBoundingClientRect(), view.getBoundingClientRect()];
      expect([inner.left >= outer.left, inner.right <= outer.right, inner.bottom <= outer.bottom]).to.deep.equal([
        true,
        true,
        true,
      ]);
      expect(view.scrollWidth).to.be.at.most(width);
    });
  }

  it('finds a name among many, and keeps what is hidden in the list', async () => {
    const view = await loadedView(
      otlp(
        ...Array.from({ length: 40 }, (_, at): SpanSketch => ({
          id: `s${at}`,
          name: `step ${at}`,
          start: at,
          end: at + 1,
        })),
      ),
    );
    const menu = await openMenu(view);
    expect(textIn(menu)).to.contain('32 more');
    const field = byRole(menu, 'searchbox') as HTMLInputElement;
    field.value = 'STEP 39';
    field.dispatchEvent(new Event('input'));
    await settled(view);
    input(menu, /step 39/).click();
    field.value = '';
    field.dispatchEvent(new Event('input'));
    await settled(view);
    expect(input(menu, /step 39/).checked).to.equal(true);
    expect(idsOf(view)).not.to.include('s39');
    byRole(menu, 'button', 'Show all').click();
    await settled(view);
    expect(view.noise).to.equal(undefined);
  });
});

describe('llm-trace-view: the view at first', () => {
  it('is a conversation where a trace is nothing but calls of models, else a tree', async () => {
    const said = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Hello?',
    };
    const shownFor = async (...spans: SpanSketch[]): Promise<string> => {
      const view = await loadedView(otlp(...spans));
      return textIn(allByRole(view, 'tab').find((tab) => tab.getAttribute('aria-selected') === 'true')!);
    };
    expect(await shownFor({ id: 'a', start: 0, end: 9, attributes: said })).to.equal('Conversation');
    expect(await shownFor({ id: 'a', start: 0, attributes: said }), 'one that runs').to.equal('Tree');
    expect(await shownFor({ id: 'a', parent: 'late', start: 0, end: 9, attributes: said }), 'a part').to.equal('Tree');
    const silent = { 'gen_ai.operation.name': 'chat' };
    expect(await shownFor({ id: 'a', start: 0, end: 9, attributes: silent }), 'without words').to.equal('Tree');
    expect(await shownFor({ id: 'a', start: 0, end: 9, attributes: said }, { id: 'b', start: 1, end: 2 })).to.equal(
      'Tree',
    );
  });

  it('is what the page says', async () => {
    const view = await emptyView();
    view.view = 'table';
    await view.load(await sample('rag-kensho'));
    await measured(view);
    expect(hasRole(view, 'tabpanel', 'Table')).to.equal(true);
    view.removeAttribute('view');
    view.view = undefined;
    await settled(view);
    expect(hasRole(view, 'treegrid')).to.equal(true);
  });
});

describe('llm-trace-view: a trace that runs', () => {
  const child = (at: number, more: Partial<SpanSketch> = {}): SpanSketch => ({
    id: `c${at}`,
    parent: 'root',
    start: at,
    end: at + 1,
    ...more,
  });
  const root: SpanSketch = { id: 'root', start: 0 };
  const button = (view: LlmTraceView): boolean => hasRole(treeOf(view), 'button', 'Newest');

  it('has a place for a parent that is not there yet, until it comes', async () => {
    const view = await loadedView(otlp({ id: 'other', start: 0 }));
    await view.append(otlp(child(1), child(2, { end: 5 })));
    await settled(view);
    const missing = byRole(view, 'row', /Parent not yet received/);
    expect(missing.getAttribute('aria-level')).to.equal('1');
    expect(rowOf(view, 'c1').getAttribute('aria-level')).to.equal('2');
    await view.append(otlp(root));
    await settled(view);
    expect(hasRole(view, 'row', /Parent not yet received/)).to.equal(false);
    expect(rowOf(view, 'c1').getAttribute('aria-level')).to.equal('2');
    expect(idsOf(view)).to.include('root');
  });

  it('keeps the selected row where it is while others come in above it', async () => {
    const view = await loadedView(otlp(root, ...Array.from({ length: 100 }, (_, at) => child(1000 + at))));
    // From the beginning, and from the middle.
    for (const [id, first] of [
      ['c1003', 1],
      ['c1050', 101],
    ] as const) {
      view.selected = id;
      await measured(view);
      await view.append(otlp(child(first)));
      await settled(view);
      const { top } = rowOf(view, id).getBoundingClientRect();
      await view.append(otlp(...Array.from({ length: 30 }, (_, at) => child(first + 1 + at))));
      await measured(view);
      expect(rowOf(view, id).getBoundingClientRect().top).to.be.closeTo(top, 1);
    }
  });

  it('follows the newest span only from where that is in sight, and has a button to go there', async () => {
    const view = await loadedView(otlp(root, ...Array.from({ length: 60 }, (_, at) => child(at + 1))));
    await view.append(otlp(child(100)));
    await measured(view);
    expect(gridOf(view).scrollTop, 'read from the beginning').to.equal(0);
    expect(button(view)).to.equal(true);
    byRole(treeOf(view), 'button', 'Newest').click();
    await measured(view);
    expect(button(view)).to.equal(false);
    for (const at of [200, 201, 202]) {
      await view.append(otlp(child(at)));
      await measured(view);
      expect(idsOf(view)).to.include(`c${at}`);
      expect(button(view)).to.equal(false);
    }
    gridOf(view).scrollTop = 0;
    await measured(view);
    expect(button(view)).to.equal(true);
    await view.append(otlp(child(300)));
    await measured(view);
    expect(gridOf(view).scrollTop).to.equal(0);
    await view.append(otlp({ ...root, end: 400 }));
    await measured(view);
    expect(button(view), 'it is over').to.equal(false);
  });

  it('runs as long as any span does, whatever its root says', async () => {
    const view = await loadedView(otlp({ ...root, end: 50 }, child(1)));
    expect(view.trace?.isRunning).to.equal(false);
    await view.append(otlp({ id: 'late', parent: 'root', start: 60 }));
    await settled(view);
    expect(view.trace?.isRunning).to.equal(true);
    expect(textIn(rowOf(view, 'late'))).to.contain('running');
    await view.append(otlp({ id: 'late', parent: 'root', start: 60, end: 70 }));
    await settled(view);
    expect(view.trace?.isRunning).to.equal(false);
  });

  it('keeps what a search has read while it grows', async () => {
    const view = await loadedView(otlp(root, child(1, { attributes: { note: 'a needle' } }), child(2)));
    view.query = 'needle';
    await until(() => idsOf(view).includes('c1') && !idsOf(view).includes('c2'), 'the match');
    await view.append(otlp(child(3, { attributes: { note: 'another needle' } }), child(4)));
    await settled(view);
    expect(idsOf(view), 'what was found is there at once').to.include('c1').and.not.to.include('c2');
    await until(() => idsOf(view).includes('c3'), 'the new match');
    expect(idsOf(view)).not.to.include('c4');
  });

  it('is not scrolled where nobody says that it runs', async () => {
    const view = await loadedView(wide(100));
    await view.append(otlp({ id: 'late', parent: 'root', start: 500, end: 501 }));
    await measured(view);
    expect(gridOf(view).scrollTop).to.equal(0);
    expect(button(view)).to.equal(false);
  });
});
