import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import {
  activeRow,
  byRole,
  focused,
  gridOf,
  hasRole,
  idsOf,
  loadedView,
  measured,
  otlp,
  rowOf,
  selectedIds,
  settled,
  until,
  wide,
} from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

const family = otlp(
  { id: 'root', name: 'plan', start: 0, end: 100 },
  { id: 'parent', name: 'search', parent: 'root', start: 10, end: 60 },
  { id: 'leaf', name: 'Sort', parent: 'parent', start: 20, end: 30 },
  { id: 'aunt', name: 'send', parent: 'root', start: 70, end: 90 },
);

async function focusedView(data: unknown = family): Promise<LlmTraceView> {
  const view = await loadedView(data);
  gridOf(view).focus();
  return view;
}

async function press(view: LlmTraceView, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await sendKeys({ press: key });
    await settled(view);
    expect(activeRow(view), `the active row after ${key}`).to.exist;
  }
}

describe('llm-span-tree: by keyboard alone', () => {
  it('is one stop of the Tab key', async () => {
    const view = await loadedView(family);
    byRole(view, 'button', 'Collapse all').focus();
    // Past the figures of the summary.
    for (let stops = 0; stops < 20 && focused() !== gridOf(view); stops++) await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(gridOf(view));
    await sendKeys({ press: 'Tab' });
    expect(gridOf(view).contains(focused())).to.equal(false);
  });

  it('goes down and up, and stops at the ends', async () => {
    const view = await focusedView();
    const way: (string | undefined)[][] = [];
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
    ]) {
      await press(view, key);
      way.push(selectedIds(view));
    }
    expect(way.flat()).to.deep.equal(['parent', 'leaf', 'aunt', 'aunt', 'leaf', 'parent', 'root', 'root']);
  });

  it('goes to the first and the last row', async () => {
    const view = await focusedView(wide(500));
    await press(view, 'End');
    expect(selectedIds(view)).to.deep.equal(['child-499']);
    await until(() => idsOf(view).includes('child-495'), 'the rows at the end');
    await press(view, 'Home');
    expect(selectedIds(view)).to.deep.equal(['root']);
    expect(gridOf(view).scrollTop).to.equal(0);
  });

  it('goes a page down and up again, the row always in sight', async () => {
    const view = await focusedView(wide(500));
    await press(view, 'ArrowDown');
    await measured(view);
    const isInSight = (): boolean => {
      const row = activeRow(view)!.getBoundingClientRect();
      const grid = gridOf(view).getBoundingClientRect();
      return row.top >= grid.top + 25 && row.bottom <= grid.bottom + 1;
    };
    await press(view, 'PageDown', 'PageDown');
    const there = Number(selectedIds(view)[0]!.replace('child-', ''));
    expect(there).to.be.above(10);
    expect(isInSight()).to.equal(true);
    await press(view, 'PageUp', 'PageUp');
    expect(selectedIds(view)).to.deep.equal(['child-0']);
    expect(isInSight()).to.equal(true);
  });

  it('closes with left, then goes to the parent; opens with right, then goes inside', async () => {
    const view = await focusedView();
    await press(view, 'ArrowDown', 'ArrowLeft');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'aunt']);
    expect(selectedIds(view)).to.deep.equal(['parent']);
    await press(view, 'ArrowLeft');
    expect(selectedIds(view)).to.deep.equal(['root']);
    await press(view, 'ArrowDown', 'ArrowRight');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
    expect(selectedIds(view)).to.deep.equal(['parent']);
    await press(view, 'ArrowRight');
    expect(selectedIds(view)).to.deep.equal(['leaf']);
    await press(view, 'ArrowRight');
    expect(selectedIds(view)).to.deep.equal(['leaf']);
    await press(view, 'ArrowLeft');
    expect(selectedIds(view)).to.deep.equal(['parent']);
  });

  it('swaps left and right where the page reads from right to left', async () => {
    const view = await focusedView();
    view.dir = 'rtl';
    await press(view, 'ArrowDown', 'ArrowRight');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'aunt']);
    await press(view, 'ArrowLeft');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
    await press(view, 'ArrowLeft');
    expect(selectedIds(view)).to.deep.equal(['leaf']);
  });

  it('opens all that is below a span with *', async () => {
    const view = await focusedView();
    view.collapseAll();
    await settled(view);
    await press(view, '*');
    expect(idsOf(view)).to.deep.equal(['root', 'parent', 'leaf', 'aunt']);
  });

  it('finds spans by the letters of their names, whatever their case', async () => {
    const view = await focusedView();
    await press(view, 's');
    expect(selectedIds(view)).to.deep.equal(['parent']);
    await press(view, 's');
    expect(selectedIds(view)).to.deep.equal(['leaf']);
    await press(view, 's');
    expect(selectedIds(view)).to.deep.equal(['aunt']);
  });

  it('selects the row that it is on with Space', async () => {
    const view = await focusedView();
    await press(view, ' ');
    expect(selectedIds(view)).to.deep.equal(['root']);
    expect(focused()).to.equal(gridOf(view));
  });

  it('moves the focus into the detail with Enter, and back with Escape', async () => {
    const view = await focusedView();
    await press(view, 'Enter');
    await until(() => focused()?.getAttribute('role') === 'tab', 'the focus on a tab');
    expect(selectedIds(view)).to.deep.equal(['root']);
    await press(view, 'Escape');
    expect(focused()).to.equal(gridOf(view));
    await press(view, 'ArrowDown', 'Enter');
    await until(() => focused()?.getAttribute('role') === 'tab', 'the focus on a tab again');
    expect(hasRole(view, 'heading', 'search')).to.equal(true);
  });

  it('leaves keys with Ctrl, Alt and Meta to the browser', async () => {
    const view = await focusedView();
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey']) {
      const event = new KeyboardEvent('keydown', {
        key: 'ArrowDown',
        [modifier]: true,
        cancelable: true,
        bubbles: true,
      });
      gridOf(view).dispatchEvent(event);
      expect(event.defaultPrevented, modifier).to.equal(false);
    }
    await settled(view);
    expect(selectedIds(view)).to.deep.equal([]);
  });

  it('keeps the page from scrolling under its own keys', async () => {
    const view = await focusedView();
    for (const key of ['ArrowDown', 'PageDown', ' ', 'Home', 'End']) {
      const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true });
      gridOf(view).dispatchEvent(event);
      expect(event.defaultPrevented, key).to.equal(true);
    }
    await settled(view);
  });

  it('does not select again what is selected', async () => {
    const view = await focusedView();
    rowOf(view, 'root').click();
    let heard = 0;
    view.addEventListener('llm-span-select', () => heard++);
    await press(view, ' ', 'Home', 'ArrowUp');
    expect(heard).to.equal(0);
  });
});
