import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { de } from '../../i18n/de.js';
import { en, type Messages } from '../../i18n/index.js';
import { zh } from '../../i18n/zh.js';
import {
  allByRole,
  byRole,
  gridOf,
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

/** Each view, by the word on its tab. */
const VIEWS: readonly ((messages: Messages) => string)[] = [
  ({ viewTree }) => viewTree,
  ({ viewTimeline }) => viewTimeline,
  ({ views }) => views.steps,
  ({ views }) => views.conversation,
  ({ views }) => views.sequence,
  ({ views }) => views.table,
  ({ viewGraph }) => viewGraph,
  ({ viewStatistics }) => viewStatistics,
];

const LANGUAGES: readonly [lang: string, dir: 'ltr' | 'rtl', messages: Messages][] = [
  ['de', 'ltr', de],
  ['zh', 'ltr', zh],
  ['ar', 'rtl', en],
];

async function inLanguage(lang: string, dir: 'ltr' | 'rtl', width?: number): Promise<LlmTraceView> {
  const view = await loadedView(await sample('rag-kensho'), width, 800);
  view.lang = lang;
  view.dir = dir;
  await measured(view);
  return view;
}

const shownView = (view: LlmTraceView): HTMLElement | null =>
  view.shadowRoot!.querySelector<HTMLElement>(`#view-${view.view}`);

async function open(view: LlmTraceView, label: string): Promise<void> {
  byRole(view, 'tab', label).click();
  await until(() => shownView(view)?.shadowRoot != null, `the view ${label}`);
  await measured(view);
}

describe('llm-trace-view: in other languages', () => {
  it('changes every word that is on the screen', async () => {
    const view = await inLanguage('en', 'ltr');
    view.selected = 'e7752153796e1411';
    await measured(view);
    byRole(view, 'columnheader', en.columnTime);
    view.lang = 'de';
    await measured(view);
    expect(gridOf(view).getAttribute('aria-label')).to.match(/^Spans von /);
    for (const name of [de.columnTime, de.columnTimeline]) byRole(view, 'columnheader', name);
    for (const name of [de.tabMessages, de.tabParameters, de.tabRaw]) byRole(view, 'tab', new RegExp(`^${name}`));
    for (const name of [de.expandAll, de.findingsLabel, de.closeDetail, de.share.share])
      byRole(view, 'button', new RegExp(`^${name}`));
    const bars = [...rowOf(view, 'e7752153796e1411').querySelectorAll('[aria-label]')];
    expect(bars.map((bar) => bar.getAttribute('aria-label')).join()).to.match(/beginnt bei .* dauert \d+(,\d+)? /);
    const words = textIn(view);
    for (const word of ['Messages', 'Cost', 'Duration', 'Errors', 'first token', 'in total'])
      expect(words).to.not.contain(word);
  });

  it('writes numbers as the language does', async () => {
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 12_345 };
    const view = await loadedView(otlp({ id: 'call', start: 0, end: 4210, attributes }));
    view.lang = 'de';
    await measured(view);
    expect(textIn(view)).to.contain('12.345').and.to.contain('4,21 s').and.to.not.contain('12,345');
  });

  for (const [lang, dir, messages] of LANGUAGES) {
    for (const [width, theme] of [
      [1000, 'light'],
      [320, 'dark'],
    ] as const) {
      it(`is accessible and fits in ${lang} (${dir}), ${width} px wide, ${theme}`, async function () {
        this.timeout(60_000);
        const view = await inLanguage(lang, dir, width);
        view.theme = theme;
        for (const label of VIEWS) {
          await open(view, label(messages));
          const place = `${lang}, ${label(messages)}`;
          expect(view.scrollWidth, place).to.be.at.most(view.clientWidth);
          const frame = view.getBoundingClientRect();
          for (const control of [...allByRole(view, 'tab'), ...allByRole(view, 'button')]) {
            if (control.closest('[role="tablist"]') || control.getRootNode() !== view.shadowRoot) continue;
            const { left, right } = control.getBoundingClientRect();
            expect(left, `${place}: ${textIn(control)}`).to.be.at.least(frame.left - 1);
            expect(right, `${place}: ${textIn(control)}`).to.be.at.most(frame.right + 1);
          }
          await expect(view, place).to.be.accessible();
        }
      });
    }
  }
});

describe('llm-trace-view: from right to left', () => {
  it('goes from tab to tab as they stand', async () => {
    const view = await inLanguage('ar', 'rtl');
    const [tree, timeline] = [byRole(view, 'tab', en.viewTree), byRole(view, 'tab', en.viewTimeline)];
    expect(timeline.getBoundingClientRect().left).to.be.below(tree.getBoundingClientRect().left);
    tree.focus();
    await sendKeys({ press: 'ArrowLeft' });
    await settled(view);
    expect(view.view).to.equal('timeline');
    await sendKeys({ press: 'ArrowRight' });
    await settled(view);
    expect(view.view).to.equal('tree');
  });

  it('keeps figures and their units in their order', async () => {
    const view = await inLanguage('ar', 'rtl');
    const figure = rowOf(view, 'e7752153796e1411').querySelector('.time')!;
    const { firstChild: text } = figure;
    const edge = (from: number, to: number): number => {
      const range = document.createRange();
      range.setStart(text!, from);
      range.setEnd(text!, to);
      return range.getBoundingClientRect().left;
    };
    const { length } = figure.textContent;
    expect(edge(0, 1)).to.be.below(edge(length - 1, length));
  });
});

describe('llm-trace-view: time zones', () => {
  // EPOCH of the traces of tests is 2026-09-21T14:13:20Z.
  const trace = otlp({ id: 'root', start: 0, end: 5 });

  it('tells moments in the zone of the page', async () => {
    const view = await loadedView(trace);
    view.selected = 'root';
    view.timeZone = 'Asia/Tokyo';
    await measured(view);
    expect(textIn(view)).to.contain('Sep 21, 2026, 23:13:20').and.to.contain('23:13:20.000');
    view.setAttribute('time-zone', 'UTC');
    await measured(view);
    expect(textIn(view)).to.contain('Sep 21, 2026, 14:13:20').and.to.contain('14:13:20.000');
    view.lang = 'de';
    await measured(view);
    expect(textIn(view)).to.contain('21. Sept. 2026, 14:13:20');
  });

  it('keeps to that of the browser where the name is none', async () => {
    const view = await loadedView(trace);
    view.timeZone = 'Mars/Olympus';
    view.selected = 'root';
    await measured(view);
    const here = new Intl.DateTimeFormat('en', { minute: '2-digit', second: '2-digit' }).format(1_790_000_000_000);
    expect(textIn(view)).to.contain(here);
  });
});
