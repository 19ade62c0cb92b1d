import { expect, oneEvent } from '@open-wc/testing';
import '../../define.js';
import {
  byRole,
  emptyView,
  idsOf,
  loadedView,
  otlp,
  rowOf,
  rowsOf,
  selectedIds,
  settled,
  textIn,
  wide,
} from '../test-support.js';

const root = otlp({ id: 'root', start: 0, end: 100 });
const child = otlp({ id: 'child', parent: 'root', start: 10, end: 50 });
const grandchild = otlp({ id: 'grandchild', parent: 'child', start: 20, end: 30 });

describe('llm-trace-view: append()', () => {
  it('puts spans where they belong, whatever order they come in', async () => {
    const orders = [
      [root, child, grandchild],
      [grandchild, child, root],
      [child, root, grandchild],
    ];
    for (const order of orders) {
      const view = await emptyView();
      for (const part of order) await view.append(part);
      await settled(view);
      expect(rowsOf(view).map((row) => [row.dataset['spanId'], row.getAttribute('aria-level')])).to.deep.equal([
        ['root', '1'],
        ['child', '2'],
        ['grandchild', '3'],
      ]);
      expect(view.trace?.problems).to.deep.equal([]);
    }
  });

  it('adds to what was loaded, and tells the page', async () => {
    const view = await loadedView(root);
    const told = oneEvent(view, 'llm-trace-load');
    await view.append(child);
    await told;
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child']);
  });

  it('takes parts that come at the same time', async () => {
    const view = await emptyView();
    await Promise.all([view.append(grandchild), view.append(root), view.append(child)]);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child', 'grandchild']);
  });

  it('replaces a span that was running when it has ended', async () => {
    const view = await loadedView(otlp({ id: 'job', start: 0 }));
    expect(textIn(rowOf(view, 'job'))).to.contain('running');
    await view.append(otlp({ id: 'job', start: 0, end: 250 }));
    await settled(view);
    expect(rowsOf(view)).to.have.length(1);
    expect(textIn(rowOf(view, 'job')))
      .to.contain('250 ms')
      .and.not.to.contain('running');
    expect(view.trace?.isRunning).to.equal(false);
  });

  it('leaves an ended span as it is when a late message says that it is running', async () => {
    const view = await loadedView(otlp({ id: 'job', start: 0, end: 250 }));
    await view.append(otlp({ id: 'job', start: 0 }));
    await settled(view);
    expect(rowsOf(view)).to.have.length(1);
    expect(textIn(rowOf(view, 'job'))).to.contain('250 ms');
  });

  it('keeps the selection and what was closed, by the ids of the spans', async () => {
    const view = await loadedView(
      otlp({ id: 'late', start: 60, end: 90 }, { id: 'inside', parent: 'late', start: 70, end: 80 }),
    );
    rowOf(view, 'late').click();
    view.collapseAll();
    await settled(view);
    // The new spans come first in the tree and move every other one.
    await view.append(
      otlp({ id: 'early', start: 0, end: 10 }, { id: 'earlier child', parent: 'early', start: 1, end: 2 }),
    );
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['early', 'earlier child', 'late']);
    expect(selectedIds(view)).to.deep.equal(['late']);
    expect(byRole(view, 'heading', 'late')).to.exist;
  });

  it('keeps the place that a person scrolled to', async () => {
    const view = await loadedView(wide(500));
    const grid = byRole(view, 'treegrid');
    grid.scrollTop = 6000;
    grid.dispatchEvent(new Event('scroll'));
    await settled(view);
    const seen = idsOf(view).sort();
    await view.append(otlp({ id: 'child-late', parent: 'root', start: 500, end: 501 }));
    await settled(view);
    expect(grid.scrollTop).to.equal(6000);
    expect(idsOf(view).sort()).to.deep.equal(seen);
  });

  it('keeps what is shown when a part cannot be read, and goes on with the next', async () => {
    const view = await loadedView(root);
    const told = oneEvent(view, 'llm-trace-error');
    let refusal: unknown;
    await view.append('no trace').catch((error: unknown) => (refusal = error));
    await told;
    await settled(view);
    expect(refusal).to.be.instanceOf(Error);
    expect(textIn(byRole(view, 'alert'))).to.contain('not valid JSON');
    expect(idsOf(view)).to.deep.equal(['root']);
    await view.append(child);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child']);
  });

  it('does not end a load that is under way when a part cannot be read', async () => {
    const view = await emptyView();
    const loaded = view.load(new Blob([JSON.stringify(root)]));
    await view.append('no trace').catch(() => {});
    const wasLoading = view.loading;
    const wasRead = view.trace !== undefined;
    await loaded;
    expect(wasLoading || wasRead).to.equal(true);
  });

  it('does not lose a part that comes while something is loaded', async () => {
    const view = await emptyView();
    const loaded = view.load(new Blob([JSON.stringify(root)]));
    const appended = view.append(child);
    await Promise.all([loaded, appended]);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'child']);
  });

  it('still adds child nodes, as every element does', async () => {
    const view = await emptyView();
    const one = document.createElement('i');
    const other = document.createElement('b');
    (view as Element).append(one, other);
    expect([...view.children]).to.deep.equal([one, other]);
    expect(view.loading).to.equal(false);
  });
});

describe('llm-trace-view: append() of whole documents again and again', () => {
  it('keeps the spans once, and not every repetition of them', async () => {
    const document = otlp({ id: 'one', start: 0, end: 10 }, { id: 'two', parent: 'one', start: 1, end: 2 });
    const view = await loadedView(document);
    for (let turn = 0; turn < 20; turn++) await view.append(document);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['one', 'two']);
    expect(view.trace!.table.length).to.be.at.most(10);
    expect(view.trace!.problems.length).to.be.at.most(2);
  });
});
