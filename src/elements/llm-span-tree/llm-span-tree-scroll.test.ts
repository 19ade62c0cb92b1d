import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  activeRow,
  allByRole,
  allIn,
  byRole,
  gridOf,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  rowsOf,
  selectedIds,
  settled,
  textIn,
  treeOf,
  until,
  wide,
  type SpanSketch,
} from '../test-support.js';

/** Agents with steps, each with calls: three levels, `count` spans of the second one. */
function steps(count: number, from = 0): SpanSketch[] {
  return Array.from({ length: count }, (_, at) => from + at).flatMap((at) => [
    { id: `step-${at}`, parent: 'agent', start: at * 10, end: at * 10 + 9 },
    ...[0, 1, 2, 3].map((call) => ({
      id: `call-${at}-${call}`,
      parent: `step-${at}`,
      start: at * 10 + call,
      end: at * 10 + call + 1,
      ...(call === 3 && { error: 'it broke' }),
    })),
  ]);
}

const agent = otlp({ id: 'agent', start: 0, end: 10_000 }, ...steps(200));

async function scrolledView(top: number): Promise<HTMLElement> {
  const view = await loadedView(agent, 1000, 700);
  gridOf(view).scrollTop = top;
  await nextFrame();
  await settled(view);
  return view;
}

/** Names of the copies at the top, from above. */
const copiesOf = (view: HTMLElement): string[] =>
  allIn(gridOf(view), '.copy')
    .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((copy) => allIn(copy, '.label')[0]!.textContent);

describe('llm-span-tree: what the first row is inside of', () => {
  it('stays in sight above it', async () => {
    const view = await loadedView(agent, 1000, 700);
    expect(copiesOf(view)).to.deep.equal([]);
    gridOf(view).scrollTop = 28 * 52;
    await until(() => copiesOf(view).length > 0, 'copies');
    // Row 52 is the first call of step 10, row 53 and 54 are left below the copies.
    expect(copiesOf(view)).to.deep.equal(['agent', 'step-10']);
    const [first] = allIn(gridOf(view), '.copy').map((copy) => copy.getBoundingClientRect().top);
    expect(first).to.be.within(gridOf(view).getBoundingClientRect().top + 25, innerHeight);
    gridOf(view).scrollTop = 0;
    await until(() => copiesOf(view).length === 0, 'no copies');
  });

  it('is there for the eye only', async () => {
    const view = await scrolledView(28 * 52);
    const copies = allIn(gridOf(view), '.copy');
    expect(copies).to.have.length(2);
    for (const copy of copies) {
      expect(copy.closest('[aria-hidden="true"]')).to.exist;
      expect([copy.id, copy.getAttribute('role'), copy.dataset['spanId']]).to.deep.equal(['', null, undefined]);
    }
    expect(allByRole(gridOf(view), 'row').length).to.equal(rowsOf(view).length + 1);
  });

  it('is selected and comes into sight by a click', async () => {
    const view = await scrolledView(28 * 52);
    allIn(gridOf(view), '.copy')
      .find((copy) => textIn(copy).includes('step-10') || copy.textContent.includes('step-10'))!
      .click();
    await measured(view);
    expect(selectedIds(view)).to.deep.equal(['step-10']);
    const row = rowOf(view, 'step-10').getBoundingClientRect();
    const copy = allIn(gridOf(view), '.copy').at(-1)!.getBoundingClientRect();
    expect(row.top).to.be.at.least(copy.bottom - 1);
  });

  it('can be closed there, and is in sight then', async () => {
    const view = await scrolledView(28 * 52);
    allIn(allIn(gridOf(view), '.copy')[0]!, '.twisty')[0]!.click();
    await measured(view);
    expect(rowOf(view, 'step-10').getAttribute('aria-expanded')).to.equal('false');
    const row = rowOf(view, 'step-10').getBoundingClientRect();
    expect(row.top).to.be.closeTo(gridOf(view).getBoundingClientRect().top + 26 + 28, 1);
  });

  it('never lies on the row that the keys are on', async () => {
    const view = await loadedView(agent, 1000, 700);
    treeOf(view).focus();
    treeOf(view).reveal('step-20');
    await measured(view);
    for (let step = 0; step < 24; step++) {
      await sendKeys({ press: 'ArrowUp' });
      await settled(view);
      const row = activeRow(view)!.getBoundingClientRect();
      for (const copy of allIn(gridOf(view), '.copy')) {
        expect(row.top, textIn(activeRow(view)!)).to.be.at.least(copy.getBoundingClientRect().bottom - 1);
      }
    }
  });

  it('takes little of a low tree', async () => {
    const view = await loadedView(agent, 1000, 300);
    gridOf(view).scrollTop = 28 * 52;
    await nextFrame();
    await settled(view);
    const share = (copiesOf(view).length * 28) / gridOf(view).clientHeight;
    expect(share).to.be.below(0.3);
  });
});

describe('llm-span-tree: while it is scrolled', () => {
  it('tells all of the rows in sight, in their order, once it rests', async () => {
    const view = await loadedView(wide(5000), 1000, 700);
    const grid = gridOf(view);
    for (let step = 1; step <= 30; step++) {
      grid.scrollTop = step * 3000;
      await nextFrame();
    }
    const first = 'child-3213';
    const isWhole = (): boolean =>
      rowsOf(view).some((row) => row.dataset['spanId'] === first && row.getAttribute('aria-setsize') === '5000') &&
      !grid.hasAttribute('data-swift');
    await until(isWhole, 'whole rows');
    // The first one is the active row, which is far away.
    const shown = (): HTMLElement[] => rowsOf(view).slice(1);
    const numbers = (): number[] => shown().map((row) => Number(row.getAttribute('aria-rowindex')));
    // The last event of a scroll may come after the rest, and be followed by a rest of its own.
    await until(() => numbers().every((number, at, all) => number === all[0]! + at), 'rows in their order');
    for (const row of shown()) {
      const number = Number(row.getAttribute('aria-rowindex')) - 3;
      expect(row.dataset['spanId']).to.equal(`child-${number}`);
      expect(row.getAttribute('aria-label')).to.equal(`child-${number}, span, 1.0 ms`);
      expect(byRole(row, 'gridcell', /, takes 1\.0 ms$/)).to.exist;
    }
  });

  it('keeps what stays in sight as it is, whatever comes and goes', async () => {
    const view = await loadedView(wide(500), 1000, 700);
    const row = rowOf(view, 'child-12');
    gridOf(view).scrollTop = 28 * 6;
    await until(() => !idsOf(view).includes('child-0'), 'the first row to go');
    expect(rowOf(view, 'child-12')).to.equal(row);
  });

  it('goes on from where the page has just scrolled to', async () => {
    const view = await scrolledView(28 * 100);
    gridOf(view).scrollTop = 28 * 50;
    treeOf(view).expandAll();
    await measured(view);
    expect(gridOf(view).scrollTop).to.equal(28 * 50);
  });

  it('says under the mouse what a picture stands for', async () => {
    const view = await loadedView(wide(5), 1000, 700);
    const row = rowOf(view, 'child-3');
    const over = (element: Element): boolean =>
      element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    over(row.querySelector('svg')!);
    expect(byRole(row, 'rowheader').title).to.equal('span');
    over(allIn(row, '.label')[0]!);
    expect(byRole(row, 'rowheader').title).to.equal('');
  });

  it('gives what is under the mouse its title, and takes it away with the span', async () => {
    const view = await loadedView(wide(500), 1000, 700);
    const row = rowOf(view, 'child-3');
    const label = allIn(row, '.label')[0]!;
    label.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    expect(label.title).to.equal('child-3');
    gridOf(view).scrollTop = 28 * 300;
    await until(() => row.dataset['spanId'] !== 'child-3', 'another span in the row');
    expect(label.title).to.equal('');
  });
});

describe('llm-span-tree: of a trace that grows', () => {
  it('keeps the rows in sight where they are when others come above them', async () => {
    const view = await loadedView(otlp({ id: 'agent', start: 0, end: 10_000 }, ...steps(60, 100)), 1000, 700);
    gridOf(view).scrollTop = 28 * 100 + 9;
    await nextFrame();
    const before = rowOf(view, 'call-120-2').getBoundingClientRect().top;
    await view.append(otlp(...steps(20)));
    await measured(view);
    expect(rowOf(view, 'call-120-2').getBoundingClientRect().top).to.be.closeTo(before, 1);
  });

  it('stays at the beginning where it is there', async () => {
    const view = await loadedView(otlp({ id: 'agent', start: 0, end: 10_000 }, ...steps(60, 100)), 1000, 700);
    await view.append(otlp(...steps(20)));
    await measured(view);
    expect(gridOf(view).scrollTop).to.equal(0);
    expect(idsOf(view).slice(0, 2)).to.deep.equal(['agent', 'step-0']);
  });
});
