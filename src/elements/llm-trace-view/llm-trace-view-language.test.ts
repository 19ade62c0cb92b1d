import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { de } from '../../i18n/de.js';
import { en, enFirst, wholeWords, type Messages } from '../../i18n/index.js';
import { zh } from '../../i18n/zh.js';
import * as elements from '../index.js';
import {
  allByRole,
  allIn,
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
  ['en', 'ltr', en],
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
  view.shadowRoot!.querySelector<HTMLElement>('[id^="view-"]:not([hidden])');

async function open(view: LlmTraceView, label: string): Promise<void> {
  byRole(view, 'tab', label).click();
  await until(() => shownView(view)?.shadowRoot != null, `the view ${label}`);
  await measured(view);
}

/** The box of a name, which cuts it. */
function cutBoxOf(root: ParentNode, name: string): HTMLElement {
  const boxes = allIn(root, '*').filter(
    (box) => textIn(box).includes(name) && getComputedStyle(box).textOverflow === 'ellipsis' && box.clientWidth > 0,
  );
  expect(boxes.length, name).to.be.above(0);
  return boxes.at(-1)!;
}

/** That the first letter of a name lies inside of the box that cuts it. */
function expectBeginningIsSeen(box: HTMLElement, name: string, what: string): void {
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && !texts.currentNode.textContent!.includes(name.slice(0, 5)));
  const range = document.createRange();
  const at = texts.currentNode.textContent!.indexOf(name.slice(0, 5));
  range.setStart(texts.currentNode, at);
  range.setEnd(texts.currentNode, at + 1);
  const [letter, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
  expect(letter.left, `${what}: ${name}`).to.be.at.least(around.left - 1);
  expect(letter.right, `${what}: ${name}`).to.be.at.most(around.right + 1);
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

  for (const width of [1200, 900, 360]) {
    it(`has room for the name of the trace beside the words of German, ${width} px wide`, async () => {
      const view = await loadedView(await sample('nested-agents'), width, 640);
      view.lang = 'de';
      await measured(view);
      const name = byRole(view, 'heading', 'incident_report');
      expect(name.scrollWidth, 'not cut off').to.be.at.most(name.clientWidth);
      const frame = view.getBoundingClientRect();
      const tabs = allByRole(view, 'tab').map((tab) => tab.getBoundingClientRect());
      for (const tab of tabs) {
        expect(tab.right).to.be.at.most(frame.right);
        const { top, bottom, right } = name.getBoundingClientRect();
        expect(tab.left >= right || tab.top >= bottom || tab.bottom <= top, 'nothing lies over the name').to.equal(
          true,
        );
      }
      expect(tabs.at(-1)!.bottom - frame.top, 'and room for the trace').to.be.below(100);
    });
  }

  for (const width of [1280, 1100, 760, 360]) {
    it(`has a toolbar of one height and tabs of one place in every view, ${width} px wide`, async () => {
      const view = await inLanguage('de', 'ltr', width);
      const places = new Set<string>();
      for (const label of VIEWS) {
        byRole(view, 'tab', label(de)).click();
        await settled(view);
        const { height } = view.shadowRoot!.querySelector('.toolbar')!.getBoundingClientRect();
        places.add([height, byRole(view, 'tab', de.viewTree).getBoundingClientRect().left].join());
      }
      expect([...places]).to.have.length(1);
    });
  }

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

describe('llm-trace-view: faults in other languages', () => {
  const odd = otlp(
    { id: 'root', start: 0, end: 10 },
    { id: 'late', parent: 'root', start: 8, end: 5 },
    { id: 'orphan', parent: 'gone', start: 3 },
    { id: 'late', name: 'other', parent: 'root', start: 1, end: 2 },
  );

  it('says what is wrong with a trace', async () => {
    const view = await loadedView(odd);
    view.lang = 'de';
    await measured(view);
    byRole(view, 'button', /Probleme$/).click();
    await settled(view);
    const list = textIn(byRole(view, 'list', de.problemsLabel));
    expect(list).to.contain('Der Eltern-Span gone des Spans orphan ist nicht im Trace.');
    expect(list).to.contain('Der Span late endet 3,0 ms vor seinem Beginn.');
    expect(list).to.contain('Zwei verschiedene Spans haben die ID late. Der spätere wird als late#2 gezeigt.');
    expect(list).to.contain('Der Trace hat 2 Wurzeln.');
    view.lang = 'zh';
    await measured(view);
    expect(textIn(byRole(view, 'list', zh.problemsLabel))).to.contain('Span orphan 的父 Span gone 不在此追踪中。');
    view.lang = 'en';
    await measured(view);
    const { problems } = view.trace!;
    for (const { message } of problems) expect(textIn(byRole(view, 'list', en.problemsLabel))).to.contain(message);
  });

  it('says why an input was not read, before what the reader says of it in English', async () => {
    const view = await loadedView(odd);
    view.lang = 'de';
    for (const [input, words] of [
      ['{"a": ', /kein gültiges JSON: Zeile 1, Spalte/],
      ['{"a": 1}', /kein Trace in einem bekannten Format/],
      ['', /ist leer/],
    ] as const) {
      await view.load(input).catch(() => {});
      await settled(view);
      const banner = byRole(view, 'alert');
      expect(textIn(banner)).to.match(words);
      expect(textIn(banner.querySelector('[lang="en"]')!)).to.equal(view.error!.message);
    }
    view.lang = 'en';
    await settled(view);
    expect(byRole(view, 'alert').querySelectorAll('.error-words > p').length, 'the message alone').to.equal(2);
  });
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

  it('cuts names at their end, whichever way they run, in every view', async function () {
    this.timeout(20_000);
    const attributes = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'model-of-a-long-name-7' };
    const names = [
      'get_the_weather_forecast_for_the_whole_of_next_week',
      'קבל את תחזית מזג האוויר לכל השבוע הבא, ואחר כך גם לחודש שאחריו',
    ];
    const view = await loadedView(
      otlp(
        { id: 'root', start: 0, end: 100 },
        ...names.map((name, at) => ({ id: `s${at}`, parent: 'root', name, start: 1, end: 50 + at, attributes })),
      ),
      500,
    );
    view.dir = 'rtl';
    for (const label of ['Tree', 'Steps', 'Table', 'Graph', 'Statistics']) {
      await open(view, label);
      for (const name of names) {
        const cut = cutBoxOf(shownView(view)!, name);
        expect(cut.scrollWidth, `${label}: ${name} is cut`).to.be.above(cut.clientWidth);
        expectBeginningIsSeen(cut, name, label);
      }
    }
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

describe('The words of elements', () => {
  it('are whole in every element that is loaded later', () => {
    const first = new Set<unknown>([elements.LlmTraceView, elements.LlmSpanTree, elements.LlmMetricSummary]);
    const classes = Object.values(elements).filter((value) => value.prototype instanceof HTMLElement);
    expect(classes.length).to.be.greaterThan(20);
    for (const Element of classes) {
      const { wordsOf, name } = Element as typeof elements.LlmSpanDetail;
      expect(wordsOf(enFirst), name).to.equal(first.has(Element) ? enFirst : wholeWords(enFirst));
    }
  });

  it('are English where a language lacks them, and stay the same where it has all', () => {
    expect(Object.keys(wholeWords(enFirst)).sort()).to.deep.equal(Object.keys(en).sort());
    expect(wholeWords(enFirst).display).to.deep.equal(en.display);
    expect(wholeWords(de)).to.equal(de);
    const own = wholeWords({ ...enFirst, timeZone: 'UTC', search: { ...enFirst.search, match: 'hit' } });
    expect([own.timeZone, own.search.match, own.search.clear]).to.deep.equal(['UTC', 'hit', en.search.clear]);
  });
});
