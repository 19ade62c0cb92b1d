import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { provideProgram } from '../../export/program.js';
import { readTraces } from '../../formats/index.js';
import { en } from '../../i18n/index.js';
import { asked } from '../../test/asked-of-system.js';
import {
  allByRole,
  allIn,
  byRole,
  emptyView,
  focused,
  hasRole,
  loadedView,
  otlp,
  sample,
  settled,
  textIn,
  until,
  wide,
} from '../test-support.js';
import { copied, openMenu, said, saved } from './test-share.js';

/** Long enough for a block of its own, which has a button. */
const QUESTION = `Where does Ada live? ${'Somebody has to know. '.repeat(8)}`;
const KEY = 'sk-proj-Zq8xY2mW4vT6uR1sP3oN5lK7';

const attributes = (input: string): Record<string, string> => ({
  'openinference.span.kind': 'TOOL',
  'input.value': input,
});

const told = otlp(
  { id: 'root', name: 'answer', start: 0, end: 100, attributes: attributes(`The key is ${KEY}`) },
  { id: 'inside', parent: 'root', name: 'search', start: 10, end: 50, attributes: attributes(QUESTION) },
);

describe('llm-trace-view: share', () => {
  before(() => provideProgram(() => '/* the script */'));

  it('is a menu that the keys lead through, and that gives the focus back', async () => {
    const view = await loadedView(told);
    byRole(view, 'button', 'Share').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => hasRole(view, 'menu', 'Share'), 'the menu');
    await settled(view);
    expect(byRole(view, 'button', 'Share').getAttribute('aria-expanded')).to.equal('true');
    expect(focused()?.getAttribute('role')).to.equal('menuitemcheckbox');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(textIn(focused()!)).to.match(/^\s*HTML file/);
    await sendKeys({ press: 'End' });
    expect(textIn(focused()!)).to.match(/^\s*Print/);
    await sendKeys({ press: 'Escape' });
    await settled(view);
    expect(hasRole(view, 'menu')).to.equal(false);
    expect(focused()).to.equal(byRole(view, 'button', 'Share'));
  });

  it('says what each item holds before it leaves, and masks it on request', async () => {
    const view = await loadedView(told);
    const menu = await openMenu(view);
    expect(textIn(menu)).to.match(/OTLP JSON\)\s*1 trace, as it is: all that was said and every secret/);
    const open = await saved(view, /OTLP/);
    expect([open.name, open.text.includes(KEY)]).to.deep.equal(['answer.otlp.json', true]);
    byRole(view, 'menuitemcheckbox').click();
    await settled(view);
    expect(textIn(menu)).to.match(/OTLP JSON\)\s*1 trace, masked/);
    for (const item of [/OTLP/, /HTML/, /as it was read/]) {
      const { name, text } = await saved(view, item);
      expect(name).to.match(/^answer\.masked\./);
      expect(text).not.to.contain(KEY.slice(8));
      const [trace] = await readTraces(text);
      expect([...trace!.spans].map((span) => [span.name, span.input])).to.deep.equal([
        ['answer', 'The key is sk-proj-[masked]'],
        ['search', QUESTION],
      ]);
    }
    expect(said(view)).to.match(/\d+ places? masked/);
  });

  it('gives the file as it was read', async () => {
    const text = await sample('rag-kensho');
    const view = await loadedView(new File([text], 'mine.json'));
    await openMenu(view);
    expect(await saved(view, /as it was read/)).to.deep.equal({ name: 'mine.json', text });
  });

  it('masks what the view hides, and what a person masked by hand', async () => {
    const view = await loadedView(told);
    view.content = 'masked';
    view.reveal('inside');
    await settled(view);
    await until(() => hasRole(view, 'button', 'Mask this text'), 'what masks');
    allByRole(view, 'button', 'Mask this text')[0]!.click();
    const panel = (): string => textIn(byRole(view, 'tabpanel', /Input/));
    await until(() => panel().includes('[masked]') && !panel().includes('Ada'), 'the mask');
    await openMenu(view);
    expect(byRole(view, 'menuitemcheckbox').getAttribute('aria-checked')).to.equal('true');
    const masked = await saved(view, /OTLP/);
    expect(masked.text).not.to.contain('Ada').and.not.to.contain(KEY.slice(8));
    byRole(view, 'menuitemcheckbox').click();
    await settled(view);
    expect(textIn(byRole(view, 'menu'))).to.contain('but for 1 text masked by hand');
    const byHand = await saved(view, /OTLP/);
    expect(byHand.text).to.contain(KEY).and.not.to.contain('Ada');
    byRole(view, 'button', 'Show this text').click();
    await settled(view);
    expect(textIn(byRole(view, 'tabpanel', /Input/))).to.contain('Ada');
  });

  it('copies Markdown in the words of the page', async () => {
    const view = await loadedView(told);
    view.messages = { ...en, markdown: { ...en.markdown, contents: 'What was said' } };
    await openMenu(view);
    expect(await copied(view, /Markdown/))
      .to.contain('## What was said')
      .and.contain(`The key is ${KEY}`);
  });

  it('writes the timeline as a picture that holds no markup of the trace', async () => {
    const view = await loadedView(otlp({ id: 'a', name: '<script>&"', start: 0, end: 10 }));
    await openMenu(view);
    const { name, text } = await saved(view, /SVG/);
    expect(name).to.equal('script.svg');
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(drawing.querySelector('parsererror, script')).to.equal(null);
    expect(drawing.documentElement.textContent).to.contain('<script>&"');
    expect(drawing.querySelectorAll('rect').length).to.be.within(2, 40);
    const png = await saved(view, /PNG/);
    expect(png.text.slice(1, 4)).to.equal('PNG');
  });

  it('draws what the timeline shows: its layout, its scale, without what is hidden', async () => {
    const view = await loadedView(
      otlp(
        { id: 'root', start: 0, end: 100 },
        { id: 'one', parent: 'root', name: 'first of two', start: 0, end: 40 },
        { id: 'two', parent: 'root', name: 'second of two', start: 0, end: 40 },
      ),
    );
    const drawn = async (): Promise<{ words: string; lanes: number }> => {
      await settled(view);
      const { text } = await saved(view, /SVG/);
      const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      // Rulers are one pixel wide, and what is behind all is not a span.
      const bars = [...drawing.querySelectorAll('rect')]
        .slice(1)
        .filter((bar) => Number(bar.getAttribute('width')) > 1);
      return { words: drawing.textContent, lanes: new Set(bars.map((bar) => bar.getAttribute('y'))).size };
    };
    await openMenu(view);
    expect((await drawn()).lanes, 'one below the other').to.equal(3);
    view.layout = 'icicle';
    const icicle = await drawn();
    expect(icicle.lanes, 'one beside the other').to.equal(2);
    expect(icicle.words).to.contain('second of two').and.contain(en.display.icicleNote);
    view.layout = 'time';
    view.scale = 'sequence';
    view.noise = { names: ['first of two'] };
    const { words } = await drawn();
    expect(words).to.contain('second of two').and.contain(en.display.inOrder).and.contain('1 span hidden');
    expect(words).not.to.contain('first of two');
  });

  it('makes files of large traces in slices, says how far it is, and ends when it is told to', async () => {
    const view = await loadedView(wide(6000));
    await openMenu(view);
    byRole(view, 'menuitemcheckbox', /^Without/).click();
    byRole(view, 'menuitem', /OTLP/).click();
    await until(() => /Working… [1-9]0%/.test(said(view)), 'progress');
    await settled(view);
    byRole(view, 'button', 'Stop').click();
    await until(() => said(view).includes('Stopped. Nothing was saved.'), 'the end');
    expect(hasRole(view, 'button', 'Stop')).to.equal(false);
    const { text } = await saved(view, /OTLP/);
    const [trace] = await readTraces(text);
    expect(trace!.spans.length).to.equal(6001);
  });

  for (const [theme, width] of [
    ['light', 1000],
    ['dark', 360],
  ] as const) {
    it(`is accessible, ${theme}, ${width} px wide`, async () => {
      const view = await loadedView(told, width);
      view.theme = theme;
      view.openFiles = true;
      const menu = await openMenu(view);
      await expect(view).to.be.accessible();
      const [inner, outer] = [menu.getBoundingClientRect(), view.getBoundingClientRect()];
      expect(inner.left).to.be.at.least(outer.left);
      expect(inner.right).to.be.at.most(outer.right);
    });
  }
});

describe('llm-trace-view: open files', () => {
  const dropped = (type: string, files: File[]): DragEvent => {
    const dataTransfer = new DataTransfer();
    for (const file of files) dataTransfer.items.add(file);
    return new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
  };
  const file = (text: string): File => new File([text], 'trace.json', { type: 'application/json' });

  it('takes files that are dropped on it, where the page allows that', async () => {
    const view = await emptyView();
    const trace = file(JSON.stringify(told));
    const refused = dropped('drop', [trace]);
    view.dispatchEvent(refused);
    expect(refused.defaultPrevented).to.equal(false);
    view.openFiles = true;
    await settled(view);
    view.dispatchEvent(dropped('dragenter', [trace]));
    await settled(view);
    expect(textIn(view)).to.contain('Drop trace files here');
    const taken = dropped('drop', [trace]);
    view.dispatchEvent(taken);
    expect(taken.defaultPrevented).to.equal(true);
    await until(() => view.trace !== undefined, 'the trace');
    await settled(view);
    expect(textIn(view)).not.to.contain('Drop trace files here');
    expect(view.trace!.name).to.equal('answer');
  });

  it('has a button for whoever drags nothing, and says what is wrong with a file', async () => {
    const view = await emptyView();
    view.openFiles = true;
    await settled(view);
    const input = allIn(view, 'input[type="file"]')[0] as HTMLInputElement;
    expect(input.getAttribute('aria-label')).to.equal('Open a trace file');
    const transfer = new DataTransfer();
    transfer.items.add(file('no trace'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await until(() => view.error !== undefined, 'the failure');
    await settled(view);
    expect(hasRole(view, 'alert')).to.equal(true);
    await expect(view).to.be.accessible();
  });

  it('writes a file that shows what was shown: the trace, the view, how spans are drawn', async () => {
    const attributes = { 'gen_ai.operation.name': 'execute_tool' };
    const view = await loadedView(
      otlp({ id: 'a', start: 0, end: 1 }, { id: 'b', trace: 'another', name: KEY, start: 0, end: 1, attributes }),
    );
    view.traceId = view.traces[1]!.id;
    Object.assign(view, { view: 'timeline', grouped: true, layout: 'icicle', query: KEY, noise: { names: [KEY] } });
    view.content = 'masked';
    await settled(view);
    await openMenu(view);
    const { text } = await saved(view, /HTML/);
    expect(text).not.to.contain(KEY.slice(8));
    const shared = new DOMParser().parseFromString(text, 'text/html').querySelector('llm-trace-view')!;
    const said = (name: string): string | null => shared.getAttribute(name);
    expect([said('view'), said('grouped'), said('layout'), said('scale')]).to.deep.equal([
      'timeline',
      '',
      'icicle',
      null,
    ]);
    const [, other] = await readTraces(text);
    expect([said('trace-id'), other!.spans.at(0)!.kind]).to.deep.equal([other!.id, 'tool']);
  });

  it('reads a file back that was shared from it', async () => {
    const view = await loadedView(await sample('nested-agents'));
    const before = [...view.trace!.spans].map(({ id, name, depth }) => [id, name, depth]);
    await openMenu(view);
    const { text } = await saved(view, /HTML/);
    const other = await emptyView();
    other.openFiles = true;
    other.dispatchEvent(dropped('drop', [new File([text], 'shared.html', { type: 'text/html' })]));
    await until(() => other.trace !== undefined, 'the trace');
    expect([...other.trace!.spans].map(({ id, name, depth }) => [id, name, depth])).to.deep.equal(before);
  });
});

describe('llm-trace-view: on paper', () => {
  it('prints every span, black on white, and nothing that scrolls', async function () {
    const many = Array.from({ length: 300 }, (_, index) => ({
      id: `s${index}`,
      name: `span ${index}`,
      start: index,
      end: index + 1,
      ...(index > 0 && { parent: 's0' }),
    }));
    const view = await loadedView(otlp(...many));
    view.theme = 'dark';
    await settled(view);
    const tables = (): HTMLElement[] => allIn(view, 'table.printed');
    expect(tables().length).to.equal(0);
    try {
      if (!(await asked({ medium: 'print' }))) this.skip();
      await until(() => tables().length > 0, 'the table');
      const [table] = tables() as [HTMLElement];
      expect(allIn(table, 'tr').length).to.equal(301);
      expect(textIn(table)).to.contain('span 299');
      expect(view.getBoundingClientRect().height).to.be.at.least(table.getBoundingClientRect().height);
      const { color } = getComputedStyle(table);
      expect(Math.max(...color.match(/\d+/g)!.slice(0, 3).map(Number)), color).to.be.below(80);
      expect(allIn(view, '.icon-button').filter((button) => button.checkVisibility())).to.have.length(0);
      // What is inside is set in from where the page begins.
      view.dir = 'rtl';
      await settled(view);
      const [outer, inner] = allIn(table, 'td:first-child').map((cell) => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return words.getBoundingClientRect().right;
      });
      expect(inner).to.be.below(outer!);
    } finally {
      await asked({});
    }
  });
});
