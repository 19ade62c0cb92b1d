import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import type { ReactiveControllerHost } from 'lit';
import { RowWindow } from './row-window.js';

/** A window over `rows` rows in a scroller of 400 px with a header of 26 px. */
async function windowOver(rows: {
  count: number;
}): Promise<{ rowWindow: RowWindow; scroller: HTMLElement; updates: () => number }> {
  const scroller = await fixture<HTMLElement>(
    html`<div .style=${'height: 400px; overflow: auto'}>
      <div></div>
      <b .style=${'display: block; height: 20px'}></b>
    </div>`,
  );
  (scroller.firstElementChild as HTMLElement).style.height = `${26 + rows.count * 20}px`;
  let updates = 0;
  const host = { addController: () => {}, requestUpdate: () => updates++ } as unknown as ReactiveControllerHost;
  const rowWindow = new RowWindow(host, {
    scroller: () => scroller,
    probe: () => scroller.querySelector('b') ?? undefined,
    rowCount: () => rows.count,
    headerHeight: () => 26,
  });
  rowWindow.hostUpdated();
  // The first size is told before the next frame is painted.
  await waitUntil(() => updates > 0);
  return { rowWindow, scroller, updates: () => updates };
}

describe('RowWindow', () => {
  it('takes the height of a row from the style, and covers what is in sight', async () => {
    const { rowWindow } = await windowOver({ count: 1000 });
    expect(rowWindow.rowHeight).to.equal(20);
    expect(rowWindow.first).to.equal(0);
    expect(rowWindow.end).to.be.within(20, 40);
  });

  it('follows the scroll, and asks to render only when other rows are needed', async () => {
    const { rowWindow, scroller, updates } = await windowOver({ count: 1000 });
    const before = updates();
    scroller.scrollTop = 10_000;
    scroller.dispatchEvent(new Event('scroll'));
    expect(rowWindow.first).to.be.within(480, 500);
    expect(rowWindow.end).to.be.within(520, 540);
    expect(updates()).to.equal(before + 1);
    scroller.dispatchEvent(new Event('scroll'));
    expect(updates()).to.equal(before + 1);
  });

  it('never goes beyond the rows, also when they become fewer', async () => {
    const rows = { count: 1000 };
    const { rowWindow, scroller } = await windowOver(rows);
    scroller.scrollTop = 19_000;
    scroller.dispatchEvent(new Event('scroll'));
    rows.count = 5;
    rowWindow.refresh();
    expect([rowWindow.first, rowWindow.end]).to.deep.equal([0, 5]);
    rows.count = 0;
    rowWindow.refresh();
    expect([rowWindow.first, rowWindow.end]).to.deep.equal([0, 0]);
  });

  it('brings a row into sight by the shortest way', async () => {
    const { rowWindow, scroller } = await windowOver({ count: 1000 });
    rowWindow.scrollTo(3);
    expect(scroller.scrollTop).to.equal(0);
    rowWindow.scrollTo(100);
    expect(scroller.scrollTop).to.equal(100 * 20 + 20 - (400 - 26));
    rowWindow.scrollTo(50);
    expect(scroller.scrollTop).to.equal(1000);
  });

  it('puts a row into the middle when asked', async () => {
    const { rowWindow, scroller } = await windowOver({ count: 1000 });
    rowWindow.scrollTo(500, 'center');
    expect(scroller.scrollTop).to.be.closeTo(10_000 - (400 - 26 - 20) / 2, 1);
  });

  it('has a page of what is wholly in sight, less a row', async () => {
    const { rowWindow } = await windowOver({ count: 1000 });
    expect(rowWindow.pageSize).to.equal(17);
  });

  it('listens no more once its host has left the page', async () => {
    const { rowWindow, scroller, updates } = await windowOver({ count: 1000 });
    rowWindow.hostDisconnected();
    const before = updates();
    scroller.scrollTop = 10_000;
    await nextFrame();
    await nextFrame();
    expect(updates()).to.equal(before);
  });

  describe('over more rows than an element can be high', () => {
    const count = 5_000_000;

    /** As an element does it: the rows are as high as the window says. */
    async function longWindow(): Promise<{ rowWindow: RowWindow; scroller: HTMLElement; to(top: number): number }> {
      const { rowWindow, scroller } = await windowOver({ count });
      const rows = scroller.firstElementChild as HTMLElement;
      rows.style.height = `${26 + rowWindow.heightInRows * 20}px`;
      const to = (top: number): number => {
        scroller.scrollTop = top;
        scroller.dispatchEvent(new Event('scroll'));
        return scroller.scrollTop / 20 + rowWindow.shift;
      };
      return { rowWindow, scroller, to };
    }
    /** Rows that are above what is in sight at the end of the list; the row that is measured stands below them. */
    const last = count - (400 - 26 - 20) / 20;

    it('reaches both ends, and each place by its share, when the thumb is dragged', async () => {
      const { to, scroller, rowWindow } = await longWindow();
      const range = scroller.scrollHeight - scroller.clientHeight;
      expect(range).to.be.below(15_000_001);
      expect(to(range)).to.be.closeTo(last, 2);
      expect(rowWindow.end).to.equal(count);
      expect(to(range / 2)).to.be.closeTo(last / 2, last / 100);
      expect(to(0)).to.equal(0);
      expect(rowWindow.first).to.equal(0);
    });

    it('moves by as much as the wheel, and comes to the very end', async () => {
      const { to, scroller } = await longWindow();
      const range = scroller.scrollHeight - scroller.clientHeight;
      let before = to(range * 0.9999);
      for (let step = 0; step < 500; step++) {
        const after = to(scroller.scrollTop + 100);
        expect(after - before).to.be.closeTo(Math.min(5, last - before), 0.2);
        before = after;
      }
      expect(before).to.be.closeTo(last, 2);
    });

    it('brings any row into sight', async () => {
      const { rowWindow, scroller } = await longWindow();
      fc.assert(
        fc.property(fc.nat(count - 1), (row) => {
          rowWindow.scrollTo(row, 'center');
          const place = rowWindow.placeOf(row) * 20 - scroller.scrollTop;
          return place >= 0 && place <= 400 && rowWindow.first <= row && row < rowWindow.end;
        }),
      );
    });
  });
});
