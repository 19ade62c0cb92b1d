import { expect, nextFrame, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  activeRow,
  allByRole,
  allIn,
  byRole,
  deep,
  emptyView,
  gridOf,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  rowsOf,
  sample,
  selectedIds,
  settled,
  textIn,
  traceOf,
  treeOf,
  until,
  wide,
} from '../test-support.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import { Words } from './row-nodes.js';

const family = otlp(
  { id: 'root', start: 0, end: 100 },
  { id: 'parent', parent: 'root', start: 10, end: 60 },
  { id: 'leaf', parent: 'parent', start: 20, end: 30 },
  { id: 'aunt', parent: 'root', start: 70, end: 90 },
);

const aria = (row: Element, ...names: string[]): (string | null)[] =>
  names.map((name) => row.getAttribute(`aria-${name}`));

/** Whether a span's row is between the header and the end of the tree. */
function isInSight(view: HTMLElement, spanId: string): boolean {
  const row = rowOf(view, spanId).getBoundingClientRect();
  const grid = gridOf(view).getBoundingClientRect();
  return row.top >= grid.top + 25 && row.bottom <= grid.bottom + 1;
}

describe('llm-span-tree: what a screen reader is told', () => {
  it('is a tree grid with column headers and a row a span', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    const grid = byRole(view, 'treegrid', 'Spans of RetrievalQA');
    expect(grid.getAttribute('aria-rowcount')).to.equal('6');
    expect(allByRole(grid, 'columnheader').map(textIn)).to.deep.equal(['Span', 'Time', 'Tokens', 'Timeline']);
    const row = rowOf(view, 'b5cd37995a2d8bf2');
    expect(allByRole(row, 'rowheader')).to.have.length(1);
    expect(row.getAttribute('aria-label')).to.equal('VectorStoreRetriever, retriever, 185 ms');
    expect(byRole(row, 'gridcell', /^starts at \S+ \S+, takes 185 ms$/)).to.exist;
  });

  it('tells level, place among siblings, and row of each span', async () => {
    const view = await loadedView(family);
    expect(
      rowsOf(view).map((row) => [
        row.dataset['spanId'],
        ...aria(row, 'level', 'posinset', 'setsize', 'rowindex', 'expanded'),
      ]),
    ).to.deep.equal([
      ['root', '1', '1', '1', '2', 'true'],
      ['parent', '2', '1', '2', '3', 'true'],
      ['leaf', '3', '1', '1', '4', null],
      ['aunt', '2', '2', '2', '5', null],
    ]);
  });

  it('counts only the rows that are open', async () => {
    const view = await loadedView(family);
    allIn(rowOf(view, 'parent'), '.twisty')[0]!.click();
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'aunt']);
    expect(aria(rowOf(view, 'parent'), 'expanded')).to.deep.equal(['false']);
    expect(aria(rowOf(view, 'aunt'), 'rowindex')).to.deep.equal(['4']);
    expect(gridOf(view).getAttribute('aria-rowcount')).to.equal('4');
  });

  it('says in words that a span failed, and that a closed one holds failures', async () => {
    const view = await loadedView(
      otlp({ id: 'root', start: 0, end: 9 }, { id: 'bad', parent: 'root', start: 1, end: 2, error: 'it broke' }),
    );
    expect(rowOf(view, 'bad').getAttribute('aria-label')).to.equal('bad, span, error, 1.0 ms');
    expect(textIn(rowOf(view, 'bad'))).to.contain('error');
    view.collapseAll();
    await settled(view);
    expect(rowOf(view, 'root').getAttribute('aria-label')).to.contain('1 error inside');
  });
});

describe('llm-span-tree: many spans', () => {
  it('tells the truth of rows far down, and keeps few of them in the DOM', async () => {
    const view = await loadedView(wide(10_000));
    gridOf(view).scrollTop = 28 * 5000;
    await until(() => idsOf(view).includes('child-5000'), 'the rows in the middle');
    const row = rowOf(view, 'child-5000');
    expect(aria(row, 'level', 'posinset', 'setsize', 'rowindex', 'expanded', 'selected')).to.deep.equal([
      '2',
      '5001',
      '10000',
      '5003',
      null,
      'false',
    ]);
    expect(gridOf(view).getAttribute('aria-rowcount')).to.equal('10002');
    expect(row.getBoundingClientRect().top).to.be.within(0, innerHeight);
    expect(rowsOf(view).length).to.be.below(60);
  });

  it('shows the last of 50,000 children of one span', async () => {
    const view = await loadedView(wide(50_000));
    expect(rowsOf(view).length).to.be.below(60);
    view.reveal('child-49999');
    await measured(view);
    expect(isInSight(view, 'child-49999')).to.equal(true);
    expect(rowsOf(view).length).to.be.below(60);
  });

  it('shows spans 10,000 levels deep inside its width', async () => {
    const view = await loadedView(deep(10_000));
    expect(rowsOf(view).length).to.be.below(60);
    view.reveal('level-9999');
    await measured(view);
    expect(isInSight(view, 'level-9999')).to.equal(true);
    const row = rowOf(view, 'level-9999');
    expect(aria(row, 'level')).to.deep.equal(['10000']);
    expect(allIn(row, '.label')[0]!.getBoundingClientRect().width).to.be.above(20);
    expect(gridOf(view).scrollWidth).to.be.at.most(gridOf(view).clientWidth);
    view.collapseAll();
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['level-0']);
  });

  it('reveals again a span that was scrolled away', async () => {
    const view = await loadedView(wide(2000));
    rowOf(view, 'child-3').click();
    await measured(view);
    gridOf(view).scrollTop = 28 * 1500;
    await until(() => idsOf(view).includes('child-1500'), 'the rows further down');
    view.reveal('child-3');
    await measured(view);
    expect(isInSight(view, 'child-3')).to.equal(true);
  });

  it('brings into sight the span that was selected before the trace came', async () => {
    const view = await emptyView();
    view.selected = 'child-1500';
    await view.load(wide(2000));
    await measured(view);
    expect(isInSight(view, 'child-1500')).to.equal(true);
  });

  it('keeps the active row in the DOM when it is scrolled out of sight', async () => {
    const view = await loadedView(wide(2000));
    rowOf(view, 'child-3').click();
    await settled(view);
    gridOf(view).scrollTop = 28 * 1500;
    await until(() => idsOf(view).includes('child-1500'), 'the rows further down');
    expect(activeRow(view)?.dataset['spanId']).to.equal('child-3');
    gridOf(view).scrollTop = 0;
    await until(() => idsOf(view).includes('child-0'), 'the rows above');
    expect(idsOf(view).filter((id) => id === 'child-3')).to.have.length(1);
  });

  it('keeps it when it is far below what is in sight, too', async () => {
    const view = await loadedView(wide(2000));
    gridOf(view).scrollTop = 28 * 1500;
    await until(() => idsOf(view).includes('child-1500'), 'the rows further down');
    rowOf(view, 'child-1500').click();
    await settled(view);
    gridOf(view).scrollTop = 0;
    await until(() => idsOf(view).includes('child-0'), 'the rows above');
    expect(activeRow(view)?.dataset['spanId']).to.equal('child-1500');
  });
});

describe('llm-span-tree: the active row is always one that exists', () => {
  const shown = (view: HTMLElement): string | undefined => activeRow(view)?.dataset['spanId'];

  it('at first the first one', async () => {
    expect(shown(await loadedView(family))).to.equal('root');
  });

  it('when everything is closed over it', async () => {
    const view = await loadedView(family);
    rowOf(view, 'leaf').click();
    view.collapseAll();
    await settled(view);
    expect(shown(view)).to.equal('root');
  });

  it('when a span above it is closed with the mouse', async () => {
    const view = await loadedView(family);
    rowOf(view, 'leaf').click();
    await settled(view);
    allIn(rowOf(view, 'parent'), '.twisty')[0]!.click();
    await settled(view);
    expect(shown(view)).to.equal('parent');
  });

  it('when the page selects a span inside a closed one', async () => {
    const view = await loadedView(family);
    view.collapseAll();
    await settled(view);
    view.selected = 'leaf';
    await settled(view);
    expect(activeRow(view)).to.exist;
  });

  it('when another trace with fewer spans takes its place', async () => {
    const view = await loadedView(wide(100));
    view.reveal('child-99');
    await measured(view);
    await view.load(family);
    await measured(view);
    expect(shown(view)).to.equal('root');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
  });
});

describe('llm-span-tree: the rows', () => {
  it('are the same again when all was closed and is opened', async () => {
    const view = await loadedView(wide(5));
    const before = rowsOf(view);
    treeOf(view).collapseAll();
    await measured(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    treeOf(view).expandAll();
    await measured(view);
    expect(rowsOf(view)).to.deep.equal(before);
    expect(idsOf(view)).to.deep.equal(['root', 'child-0', 'child-1', 'child-2', 'child-3', 'child-4']);
  });

  it('say what they are once they are painted, whatever is shown before that', async () => {
    const tree = treeOf(await loadedView(wide(5)));
    tree.trace = await traceOf({ id: 'first', start: 0, end: 1 });
    await nextFrame();
    tree.trace = await traceOf(
      { id: 'above', name: 'plan', start: 0, end: 2 },
      { id: 'below', parent: 'above', name: 'search', start: 0, end: 1 },
    );
    await tree.updateComplete;
    const said = rowsOf(tree).map((row) => [
      row.ariaLabel,
      row.ariaLevel,
      row.ariaPosInSet,
      row.ariaSetSize,
      row.ariaExpanded,
    ]);
    expect(said).to.deep.equal([
      ['plan, span, 2.0 ms', '1', '1', '1', 'true'],
      ['search, span, 1.0 ms', '2', '1', '1', null],
    ]);
    expect(allIn(tree, '.rows .lane').every(({ ariaLabel }) => ariaLabel)).to.equal(true);
  });

  it('show the words of another language at once', async () => {
    const view = await loadedView(wide(5));
    treeOf(view).messages = { ...treeOf(view).messages, kinds: { ...treeOf(view).messages.kinds, span: 'Abschnitt' } };
    await settled(view);
    expect(rowOf(view, 'child-3').ariaLabel).to.contain('Abschnitt');
  });

  it('keep a name that is written from right to left apart from what stands behind it', async () => {
    const view = await loadedView(
      otlp({ id: 'left', name: 'plan (1)', start: 0, end: 1 }, { id: 'right', name: 'תכנון (1)', start: 0, end: 1 }),
    );
    const isolated = (spanId: string): boolean =>
      getComputedStyle(allIn(rowOf(view, spanId), '.label')[0]!).unicodeBidi !== 'normal';
    expect([isolated('left'), isolated('right')]).to.deep.equal([false, true]);
    view.dir = 'rtl';
    expect([isolated('left'), isolated('right')]).to.deep.equal([true, true]);
  });
});

describe('llm-span-tree: with the mouse', () => {
  it('selects a span on a click, and tells the page once', async () => {
    const view = await loadedView(family);
    const heard: LlmSpanSelectEvent[] = [];
    const note = (event: Event): void => void heard.push(event as LlmSpanSelectEvent);
    view.parentElement!.addEventListener('llm-span-select', note);
    rowOf(view, 'leaf').click();
    rowOf(view, 'leaf').click();
    await settled(view);
    expect(heard.map(({ detail }) => detail.span.id)).to.deep.equal(['leaf']);
    expect([heard[0]!.bubbles, heard[0]!.composed, heard[0]!.target]).to.deep.equal([true, true, view]);
    expect(selectedIds(view)).to.deep.equal(['leaf']);
    expect(view.selected).to.equal('leaf');
  });

  it('closes and opens a span on a double click, and selects it', async () => {
    const view = await loadedView(family);
    const doubleClick = async (): Promise<void> => {
      const row = rowOf(view, 'parent');
      row.click();
      row.click();
      row.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
      await settled(view);
    };
    await doubleClick();
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'aunt']);
    expect(selectedIds(view)).to.deep.equal(['parent']);
    await doubleClick();
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
  });

  it('opens and closes by the arrow without selecting', async () => {
    const view = await loadedView(family);
    allIn(rowOf(view, 'root'), '.twisty')[0]!.click();
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root']);
    expect(view.selected).to.equal(undefined);
  });

  it('works by itself, without the view around it', async () => {
    const { trace } = await loadedView(family);
    const tree = document.createElement('llm-span-tree');
    tree.trace = trace;
    tree.style.height = '300px';
    document.body.append(tree);
    try {
      await settled(tree);
      const told = oneEvent(tree, 'llm-span-select');
      rowOf(tree, 'aunt').click();
      expect(((await told) as LlmSpanSelectEvent).detail.span.id).to.equal('aunt');
      tree.trace = undefined;
      await settled(tree);
      expect(rowsOf(tree)).to.deep.equal([]);
      expect(gridOf(tree).hasAttribute('aria-activedescendant')).to.equal(false);
    } finally {
      tree.remove();
    }
    expect(treeOf(document.body)).not.to.equal(tree);
  });
});

describe('the words of a row', () => {
  it('are what was written last, whatever was marked or made visible before', () => {
    const element = document.createElement('span');
    const words = new Words(element);
    const shown = (value: string, ...marked: { start: number; end: number }[]): unknown[] => {
      words.writeRevealed(value, marked);
      return [element.textContent.replace(/\s+/g, ' '), element.querySelectorAll('mark').length];
    };
    expect(shown('')).to.deep.equal(['', 0]);
    // A text that is not there takes no node.
    expect(element.childNodes).to.have.length(0);
    expect(shown('a\u202eb')[0]).to.contain('U+202E');
    expect(shown('')).to.deep.equal(['', 0]);
    expect(shown('run')).to.deep.equal(['run', 0]);
    expect(shown('run', { start: 0, end: 2 })).to.deep.equal(['run', 1]);
    expect(shown('run')).to.deep.equal(['run', 0]);
    expect(shown('a\u202eb')[0]).to.contain('U+202E');
    expect(shown('run')).to.deep.equal(['run', 0]);
    expect(shown('')).to.deep.equal(['', 0]);
  });
});
