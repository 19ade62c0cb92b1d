import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { asked } from '../../test/asked-of-system.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  focused,
  loadedView,
  measured,
  otlp,
  rowOf,
  sample,
  settled,
  textIn,
  until,
} from '../test-support.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** Spans of the samples that show much: a model call, a retriever, a failed tool. */
const SPANS: readonly [what: string, trace: string, span: string][] = [
  ['a model call', 'rag-kensho', 'e7752153796e1411'],
  ['a retriever', 'rag-kensho', 'b5cd37995a2d8bf2'],
  ['a failed tool', 'error-retry', '2ec21d446772726f'],
  ['a conversation with tools', 'agent-tools', '9b35a0deab4c810c'],
  ['reasoning', 'streaming-reasoning', '48e313c7876bc7db'],
];

const broken = otlp(
  { id: 'orphan', parent: 'gone', start: 0 },
  { id: 'other', trace: 'trace-2', start: 0, end: 10 },
  { id: 'child', parent: 'orphan', start: 5, end: 2 },
);

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1000, 340]) {
    describe(`llm-trace-view: accessible, ${theme}, ${width} px wide`, () => {
      const dressed = async (view: LlmTraceView): Promise<LlmTraceView> => {
        view.theme = theme;
        await measured(view);
        return view;
      };

      it('while it is empty', async () => {
        await expect(await dressed(await emptyView(width))).to.be.accessible();
      });

      it('while it loads', async () => {
        const view = await emptyView(width);
        void view.load(new ReadableStream({})).catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('when there was nothing to show', async () => {
        const view = await emptyView(width);
        await view.load('no trace').catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('with an error over an older trace', async () => {
        const view = await loadedView(await sample('rag-kensho'), width);
        await view.load('no trace').catch(() => {});
        await expect(await dressed(view)).to.be.accessible();
      });

      it('with problems shown, several traces, and a running span', async () => {
        const view = await dressed(await loadedView(broken, width));
        byRole(view, 'button', /problem/).click();
        await settled(view);
        await expect(view).to.be.accessible();
      });

      for (const [what, trace, span] of SPANS) {
        it(`with ${what} selected`, async () => {
          const view = await dressed(await loadedView(await sample(trace), width, 900));
          view.reveal(span);
          await measured(view);
          await expect(view).to.be.accessible();
        });
      }
    });
  }
}

describe('llm-trace-view: accessible on each tab of the detail', () => {
  it('of a model call', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    await settled(view);
    for (const tab of allByRole(allIn(view, 'llm-span-detail')[0]!.shadowRoot!, 'tab')) {
      tab.click();
      await settled(view);
      for (const details of allIn(view, 'details')) details.toggleAttribute('open', true);
      await expect(view).to.be.accessible();
    }
  });
});

/** How much two colours differ, as WCAG counts it: 1 to 21. */
function contrast(...colours: [string, string]): number {
  const [dark, light] = colours
    .map((colour) => {
      const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    })
    .sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
}

const VIEWS = ['tree', 'timeline', 'steps', 'conversation', 'sequence', 'table', 'graph', 'statistics'] as const;

async function inView(view: LlmTraceView, name: (typeof VIEWS)[number]): Promise<HTMLElement> {
  view.view = name;
  const shown = (): HTMLElement | null => view.shadowRoot!.querySelector(`#view-${name}`);
  await until(() => shown()?.shadowRoot != null, name);
  await measured(view);
  return shown()!;
}

describe('llm-trace-view: what a person asks of the system', () => {
  afterEach(() => asked({}));

  it('keeps bars visible in forced colours', async function () {
    if (!(await asked({ 'forced-colors': 'active' }))) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    const bar = getComputedStyle(allIn(rowOf(view, 'b5cd37995a2d8bf2'), '.bar')[0]!);
    expect(bar.borderTopStyle).to.equal('solid');
    expect(bar.backgroundColor).not.to.equal('rgba(0, 0, 0, 0)');
  });

  it('shows in forced colours what is selected, in every view, and which view that is', async function () {
    if (!(await asked({ 'forced-colors': 'active' }))) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    for (const name of VIEWS) {
      const shown = await inView(view, name);
      const tabs = allByRole(view.shadowRoot!.querySelector('.toolbar')!, 'tab');
      const colours = tabs.map((tab) => getComputedStyle(tab).backgroundColor);
      const chosen = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
      expect(colours.indexOf(colours[chosen]!), name).to.equal(colours.lastIndexOf(colours[chosen]!));
      if (name === 'statistics') continue;
      // Colours are the system's: what is selected has a line of its own around it, or its colour.
      const marks = (): HTMLElement[] =>
        allIn(shown, '[aria-selected="true"][data-span-id], [aria-current="true"], .selected');
      await until(() => marks().length > 0, `what is selected in ${name}`);
      const { outlineStyle, borderTopStyle, backgroundColor } = getComputedStyle(marks()[0]!);
      const isMarked = outlineStyle === 'solid' || borderTopStyle === 'solid';
      expect(isMarked || backgroundColor !== getComputedStyle(shown).backgroundColor, name).to.equal(true);
    }
  });

  it('shows in forced colours where the focus is', async function () {
    if (!(await asked({ 'forced-colors': 'active' }))) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    byRole(view, 'tab', 'Tree').focus();
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowLeft' });
    const { outlineStyle, outlineWidth } = getComputedStyle(focused()!);
    expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '2px']);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has words that stand out seven to one where more contrast is wanted, ${theme}`, async function () {
      if (!(await asked({ 'prefers-contrast': 'more' }))) this.skip();
      const view = await loadedView(await sample('rag-kensho'));
      view.theme = theme;
      view.selected = 'e7752153796e1411';
      await measured(view);
      const ground = getComputedStyle(view.shadowRoot!.querySelector('.frame')!).backgroundColor;
      for (const [what, text] of [
        ['a name', allIn(rowOf(view, 'b5cd37995a2d8bf2'), '.name')[0]!],
        ['a figure that stands back', allIn(view, '.muted').find((item) => textIn(item) !== '')!],
      ] as const) {
        expect(contrast(getComputedStyle(text).color, ground), what).to.be.at.least(7);
      }
      const line = getComputedStyle(view.shadowRoot!.querySelector('.toolbar')!).borderBottomColor;
      expect(contrast(line, ground), 'a line').to.be.at.least(3);
      await expect(view).to.be.accessible();
    });
  }

  it('moves nothing where motion is not wanted', async function () {
    if (!(await asked({ 'prefers-reduced-motion': 'reduce' }))) this.skip();
    const view = await loadedView(await sample('rag-kensho'));
    for (const name of VIEWS) {
      const shown = await inView(view, name);
      view.reveal('e7752153796e1411');
      await measured(view);
      const moving = shown.shadowRoot!.getAnimations().filter(({ playState }) => playState === 'running');
      expect(moving, name).to.deep.equal([]);
    }
    void view.load(new ReadableStream({})).catch(() => {});
    const isSeen = (line: Element): boolean => line.checkVisibility({ visibilityProperty: true });
    await until(() => allIn(view, '.progress').some(isSeen), 'that something is read');
    const moving = view.shadowRoot!.getAnimations().filter(({ playState }) => playState === 'running');
    expect(moving).to.deep.equal([]);
  });

  it('has targets of 24 px at least', async () => {
    const view = await loadedView(await sample('rag-kensho'));
    view.selected = 'e7752153796e1411';
    await measured(view);
    for (const button of [...allByRole(view, 'row'), ...allByRole(view, 'tab')]) {
      expect(button.getBoundingClientRect().height, button.outerHTML.slice(0, 80)).to.be.at.least(24);
    }
  });
});

describe('llm-trace-view: zoomed to 400 %', () => {
  it('lets everything be reached on a screen of 320 by 256', async () => {
    const view = await loadedView(await sample('rag-kensho'), 320, 256);
    view.reveal('e7752153796e1411');
    const frame = view.shadowRoot!.querySelector<HTMLElement>('.frame')!;
    for (const name of VIEWS) {
      const shown = await inView(view, name);
      const detail = allIn(view, 'llm-span-detail')[0]!;
      expect(frame.scrollWidth, name).to.be.at.most(frame.clientWidth);
      for (const part of [shown, detail]) {
        expect(part.getBoundingClientRect().height, `${name}: ${part.localName}`).to.be.at.least(200);
        frame.scrollTop = part.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop;
        const { top, bottom } = part.getBoundingClientRect();
        const { top: above, bottom: below } = frame.getBoundingClientRect();
        expect(Math.min(bottom, below) - Math.max(top, above), `${name}: ${part.localName}`).to.be.at.least(200);
        frame.scrollTop = 0;
      }
    }
  });
});
