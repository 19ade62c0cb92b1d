import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import '../../define.js';
import {
  allIn,
  byRole,
  elementsIn,
  hasRole,
  loadedView,
  measured,
  rowsOf,
  sample,
  settled,
  textIn,
  treeOf,
  wide,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

async function selectedView(
  width: number,
  sampleName = 'rag-kensho',
  span = 'e7752153796e1411',
): Promise<LlmTraceView> {
  const view = await loadedView(await sample(sampleName), width, 640);
  view.reveal(span);
  await measured(view);
  return view;
}

const detailOf = (view: LlmTraceView): HTMLElement => allIn(view, 'llm-span-detail')[0]!;
const boxOf = (element: HTMLElement): DOMRect => element.getBoundingClientRect();

describe('llm-trace-view: layout', () => {
  before(async () => {
    await setViewport({ width: 1280, height: 900 });
  });
  after(() => setViewport({ width: 800, height: 600 }));

  for (const width of [340, 500, 1200]) {
    it(`stays inside its ${width} px`, async () => {
      const view = await selectedView(width, 'agent-tools', '9b35a0deab4c810c');
      expect(view.scrollWidth).to.be.at.most(view.clientWidth);
      expect(view.scrollHeight).to.be.at.most(view.clientHeight);
      for (const tab of allIn(view, '[role="tab"]')) {
        tab.click();
        await settled(view);
        for (const part of allIn(view, '.scroller, .panel, .toolbar, .problems')) {
          // The lifelines of a sequence stand beside each other, and are scrolled; so is a graph that was smaller not to be read.
          if (/^llm-(sequence|trace-graph)$/.test((part.getRootNode() as ShadowRoot).host.localName)) continue;
          expect(part.scrollWidth, `${part.className} at ${textIn(tab)}`).to.be.at.most(part.clientWidth);
        }
      }
      const { left, right } = boxOf(view);
      // Tabs and figures lie in strips that scroll where they have no room.
      const isFixed = (item: HTMLElement): boolean => item.checkVisibility() && !item.closest('.tabs, ul');
      for (const button of allIn(view, 'button, select, [role="row"]').filter(isFixed)) {
        expect(boxOf(button).left, button.outerHTML.slice(0, 90)).to.be.at.least(left - 1);
        expect(boxOf(button).right, button.outerHTML.slice(0, 90)).to.be.at.most(right + 1);
      }
    });
  }

  it('has tree and detail side by side where there is room', async () => {
    const view = await selectedView(1200);
    expect(boxOf(detailOf(view)).left).to.be.at.least(boxOf(treeOf(view)).right - 1);
    expect(boxOf(detailOf(view)).top).to.be.closeTo(boxOf(treeOf(view)).top, 1);
    expect(byRole(view, 'separator').getAttribute('aria-orientation')).to.equal('vertical');
  });

  it('has the detail under the tree where it is narrow', async () => {
    const view = await selectedView(340);
    expect(boxOf(detailOf(view)).top).to.be.at.least(boxOf(treeOf(view)).bottom - 1);
    expect(boxOf(detailOf(view)).width).to.be.closeTo(boxOf(treeOf(view)).width, 1);
    expect(byRole(view, 'separator').getAttribute('aria-orientation')).to.equal('horizontal');
    expect(boxOf(detailOf(view)).height).to.be.above(100);
    expect(boxOf(treeOf(view)).height).to.be.above(100);
  });

  it('gives the tree all of the width while nothing is selected', async () => {
    const view = await loadedView(await sample('rag-kensho'), 1200);
    expect(boxOf(treeOf(view)).width).to.be.above(1190);
    expect(hasRole(view, 'separator')).to.equal(false);
  });

  it('follows the size of its box', async () => {
    const view = await selectedView(1200);
    view.parentElement!.style.width = '340px';
    await measured(view);
    expect(boxOf(detailOf(view)).top).to.be.at.least(boxOf(treeOf(view)).bottom - 1);
    expect(byRole(view, 'separator').getAttribute('aria-orientation')).to.equal('horizontal');
  });
});

describe('llm-trace-view: the divider', () => {
  before(async () => {
    await setViewport({ width: 1280, height: 900 });
  });
  after(() => setViewport({ width: 800, height: 600 }));
  const valueOf = (view: LlmTraceView): number => Number(byRole(view, 'separator').getAttribute('aria-valuenow'));

  it('moves by the arrow keys, Home and End', async () => {
    const view = await selectedView(1200);
    byRole(view, 'separator', 'Room for the tree and the detail').focus();
    const before = boxOf(treeOf(view)).width;
    const value = valueOf(view);
    await sendKeys({ press: 'ArrowLeft' });
    await settled(view);
    expect(boxOf(treeOf(view)).width).to.be.below(before);
    expect(valueOf(view)).to.be.below(value);
    await sendKeys({ press: 'ArrowRight' });
    await settled(view);
    expect(boxOf(treeOf(view)).width).to.be.closeTo(before, 1);
    await sendKeys({ press: 'Home' });
    await settled(view);
    expect(valueOf(view)).to.equal(15);
    await sendKeys({ press: 'End' });
    await settled(view);
    expect(valueOf(view)).to.equal(85);
  });

  it('moves up and down where the panes are stacked', async () => {
    const view = await selectedView(340);
    byRole(view, 'separator').focus();
    const before = boxOf(treeOf(view)).height;
    await sendKeys({ press: 'ArrowDown' });
    await settled(view);
    expect(boxOf(treeOf(view)).height).to.be.above(before);
  });

  it('follows the mouse, within limits, and goes back on a double click', async () => {
    const view = await selectedView(1200);
    const first = valueOf(view);
    const divider = boxOf(byRole(view, 'separator'));
    const y = Math.round(divider.y + 60);
    await sendMouse({ type: 'move', position: [Math.round(divider.x), y] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [Math.round(divider.x) - 200, y] });
    await settled(view);
    expect(boxOf(byRole(view, 'separator')).x).to.be.closeTo(divider.x - 200, 2);
    await sendMouse({ type: 'move', position: [0, y] });
    await settled(view);
    expect(valueOf(view)).to.equal(15);
    await sendMouse({ type: 'up' });
    await sendMouse({ type: 'move', position: [600, y] });
    await settled(view);
    expect(valueOf(view), 'after the button was let go').to.equal(15);
    byRole(view, 'separator').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await settled(view);
    expect(valueOf(view)).to.equal(first);
  });
});

describe('llm-trace-view: on a page with hostile styles', () => {
  const hostile = `* { all: unset !important; font-size: 40px !important; color: red !important;
    letter-spacing: 1em !important; text-transform: uppercase !important }`;
  let sheet: CSSStyleSheet;
  before(() => {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(hostile);
    document.adoptedStyleSheets.push(sheet);
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((item) => item !== sheet);
  });

  it('keeps its rows and letters as they are', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    for (const row of rowsOf(view)) expect(boxOf(row).height).to.equal(28);
    const style = getComputedStyle(allIn(rowsOf(view)[0]!, '.label')[0]!);
    expect([style.fontSize, style.textTransform, style.letterSpacing]).to.deep.equal(['13px', 'none', 'normal']);
    expect(style.color).not.to.equal('rgb(255, 0, 0)');
    for (const part of elementsIn(view)) {
      if (part.checkVisibility()) expect(parseFloat(getComputedStyle(part).fontSize), part.outerHTML).to.be.below(20);
    }
  });

  it('keeps few rows of many in the DOM', async () => {
    const view = await loadedView(wide(10_000));
    expect(rowsOf(view).length).to.be.below(200);
    expect(boxOf(view).height).to.be.within(150, 2000);
  });
});
