import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../define.js';
import { provideProgram } from '../../export/program.js';
import { readTraces } from '../../formats/index.js';
import { allByRole, allIn, byRole, focused, hasRole, loadedView, openTab, otlp, settled, textIn, until } from '../test-support.js'; // prettier-ignore
import type { LlmTraceView } from './llm-trace-view.js';
import { copied, openMenu, saved } from './test-share.js';

const SAID = 'My mother lives in Reykjavik, at the harbour.\nShe turned eighty.';
const FOUND = 'Harbour Street 12: the blue house belongs to her.';
const message = (role: string, content: string): object => ({ role, parts: [{ type: 'text', content }] });

/** A call, a search and a tool, that say things which nobody else is to see. */
const told = otlp(
  {
    id: 'call',
    name: 'chat',
    start: 0,
    end: 100,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.input.messages': JSON.stringify([message('system', 'You are kind.'), message('user', SAID)]),
      'gen_ai.output.messages': JSON.stringify([message('assistant', 'Birna Magnusdottir lives there.')]),
      'customer.city': 'Akureyri',
      'customer.nick': 'Bibi',
      note: `sent to ${btoa('Akureyri and elsewhere')}; Bibiana is somebody else`,
    },
  },
  {
    id: 'search',
    parent: 'call',
    name: 'search for the harbour of Akureyri',
    start: 10,
    end: 20,
    attributes: {
      'openinference.span.kind': 'RETRIEVER',
      'retrieval.documents.0.document.id': 'public-1',
      'retrieval.documents.0.document.content': 'Harbours are open to all.',
      'retrieval.documents.1.document.id': 'deed-of-1987',
      'retrieval.documents.1.document.content': FOUND,
      'retrieval.documents.1.document.metadata': JSON.stringify({ owner: 'Sigurdur Jonsson' }),
    },
  },
  {
    id: 'tool',
    parent: 'call',
    name: 'look up',
    start: 30,
    end: 40,
    attributes: {
      'openinference.span.kind': 'TOOL',
      'input.value': JSON.stringify({ person: { phone: 5551234, wants: 'the registry' } }),
      'output.value': `{"quoted": "she said: ${SAID.replace('\n', '\\n')}", "call": "5551234"}`,
    },
  },
);

async function maskingAt(span: string, width?: number): Promise<LlmTraceView> {
  const view = await loadedView(told, width);
  view.reveal(span);
  await settled(view);
  await openMenu(view);
  byRole(view, 'menuitemcheckbox', /^Mask by hand/).click();
  await until(() => hasRole(view, 'region', 'Mask by hand'), 'what masks');
  await settled(view);
  return view;
}

async function showSpan(view: LlmTraceView, span: string): Promise<void> {
  view.reveal(span);
  await settled(view);
}

/** What the tab of the span shows. */
const panelOf = (view: LlmTraceView): string =>
  textIn(byRole(view.shadowRoot!.querySelector('llm-span-detail')!, 'tabpanel'));
const fieldOf = (view: LlmTraceView): HTMLTextAreaElement =>
  byRole(view, 'textbox', 'Text to mask') as HTMLTextAreaElement;

/** Masks a text by the field: what a person does who marks words, or has no pointer. */
async function maskText(view: LlmTraceView, words: string): Promise<void> {
  const field = fieldOf(view);
  field.value = words;
  field.dispatchEvent(new InputEvent('input'));
  byRole(view, 'button', 'Mask').click();
  await settled(view);
}

const list = (view: LlmTraceView): string[] => {
  for (const details of allIn(byRole(view, 'region', 'Mask by hand'), 'details'))
    (details as HTMLDetailsElement).open = true;
  return allIn(byRole(view, 'region', 'Mask by hand'), 'li').map((item) => textIn(item));
};

/** Ways in which a text may stand in a file. */
function forms(text: string): string[] {
  const packed = [0, 1, 2].flatMap((before) => {
    const letters = btoa(String.fromCharCode(...new Uint8Array(before), ...new TextEncoder().encode(text)));
    const inner = letters.slice(before === 0 ? 0 : before + 1, -4);
    return inner.length > 5 ? [inner] : [];
  });
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...packed];
}

describe('llm-trace-view: mask by hand', () => {
  before(() => provideProgram(() => '/* the script */'));

  it('masks messages, documents, values and marked words, in every file that leaves', async () => {
    const view = await maskingAt('call');
    byRole(view, 'button', 'Mask Message 2, user').click();
    await until(() => !panelOf(view).includes('Reykjavik'), 'the message');
    await maskText(view, 'Birna Magnusdottir');
    await openTab(view, /Attributes/);
    byRole(view, 'button', 'Akureyri').click();
    await settled(view);
    byRole(view, 'button', 'Bibi').click();
    await settled(view);
    expect(byRole(view, 'row', /^search for the harbour of/).ariaLabel).not.to.contain('Akureyri');
    expect(panelOf(view)).to.contain('Bibiana').and.not.to.contain('Reykjavik').and.not.to.contain('Birna'); // prettier-ignore
    await showSpan(view, 'search');
    await openTab(view, /Documents/);
    byRole(view, 'button', 'Mask document 2').click();
    await settled(view);
    expect(textIn(byRole(view, 'tabpanel', /Documents/)))
      .to.contain('open to all')
      .and.not.to.contain('blue house');
    await showSpan(view, 'tool');
    await openTab(view, /Input/);
    const [tree] = allByRole(view, 'tree') as [HTMLElement];
    tree.focus();
    for (const key of ['ArrowDown', 'Delete']) await sendKeys({ press: key });
    await until(() => !textIn(tree).includes('5551234'), 'the value');
    expect(list(view)).to.deep.equal([
      `“${SAID.replace('\n', ' ')}” Show again`.replace(/[“”]/g, ''),
      'Birna Magnusdottir Show again',
      'Akureyri Show again',
      'Bibi Show again',
      'deed-of-1987 and 2 more texts Show again',
      '5551234 Show again',
    ]);
    const gone = [SAID, 'Birna Magnusdottir', 'Akureyri', 'deed-of-1987', FOUND, 'Sigurdur Jonsson', '5551234'];
    await openMenu(view);
    for (const item of [/OTLP/, /HTML/, /as it was read/, /SVG/, /Markdown/]) {
      const text = item.source === 'Markdown' ? await copied(view, item) : (await saved(view, item)).text;
      for (const secret of gone) {
        for (const form of forms(secret)) expect(text.includes(form), `${item}: ${form}`).to.equal(false);
      }
      expect(/\bBibi\b/.test(text), String(item)).to.equal(false);
      if (!/SVG|Markdown/.test(item.source)) {
        const [trace] = await readTraces(text);
        expect(trace!.span('call')!.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant']);
        expect(text).to.contain('Bibiana').and.to.contain('Harbours are open to all.').and.to.contain('the registry');
      }
    }
  });

  it('takes back one mask, or all, or that of a value by a click', async () => {
    const view = await maskingAt('call');
    await maskText(view, 'mother');
    await maskText(view, 'harbour');
    await maskText(view, 'Magnusdottir');
    const panel = (): string => panelOf(view);
    expect(panel())
      .to.contain('My [masked] lives')
      .and.to.contain('at the [masked]')
      .and.to.contain('Birna [masked] lives');
    expect(list(view)).to.have.length(3);
    allByRole(view, 'button', 'Show again')[1]!.click();
    await settled(view);
    expect(panel()).to.contain('at the harbour').and.to.contain('My [masked] lives');
    byRole(view, 'button', 'Show Message 3, assistant').click();
    await settled(view);
    expect(panel()).to.contain('Birna Magnusdottir');
    byRole(view, 'button', 'Show all again').click();
    await settled(view);
    expect(panel()).to.contain('My mother lives');
    expect(hasRole(view, 'button', 'Show all again')).to.equal(false);
    byRole(view, 'button', 'Done').click();
    await settled(view);
    expect([hasRole(view, 'region', 'Mask by hand'), hasRole(view, 'button', /^Mask Message/)]).to.deep.equal([
      false,
      false,
    ]);
  });

  it('takes the words that a person marks, also across ends of lines, and says what is in no text', async () => {
    const view = await maskingAt('call');
    const text = allIn(view, '[part="text"]').find((node) => node.textContent.includes('Reykjavik'))!;
    const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode()!;
    const from = SAID.indexOf('harbour');
    getSelection()!.setBaseAndExtent(node, from, node, SAID.indexOf(' turned'));
    text.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
    await settled(view);
    expect(fieldOf(view).value).to.equal('harbour.\nShe');
    byRole(view, 'button', 'Mask').click();
    await until(() => panelOf(view).includes('at the [masked] turned eighty'), 'the mask');
    getSelection()!.removeAllRanges();
    await maskText(view, 'nobody said that');
    await until(() => textIn(byRole(view, 'region', 'Mask by hand')).includes('This span does not say that'), 'words');
  });

  it('is done with keys alone', async () => {
    const view = await loadedView(told);
    view.reveal('call');
    await settled(view);
    byRole(view, 'button', 'Share').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => hasRole(view, 'menu', 'Share'), 'the menu');
    await settled(view);
    for (const press of ['ArrowDown', 'Enter']) await sendKeys({ press });
    await until(() => hasRole(view, 'region', 'Mask by hand'), 'what masks');
    await settled(view);
    fieldOf(view).focus();
    await sendKeys({ type: 'mother' });
    await sendKeys({ press: 'Enter' });
    await until(() => panelOf(view).includes('My [masked] lives'), 'the mask');
    await sendKeys({ press: 'Tab' });
    expect(textIn(focused()!)).to.equal('Mask');
  });

  it('says that a span is needed', async () => {
    const view = await loadedView(told);
    await openMenu(view);
    byRole(view, 'menuitemcheckbox', /^Mask by hand/).click();
    await settled(view);
    expect(textIn(byRole(view, 'menu'))).to.contain('Select a span first.');
    expect(hasRole(view, 'region', 'Mask by hand')).to.equal(false);
  });

  for (const [theme, width] of [
    ['light', 1000],
    ['dark', 320],
  ] as const) {
    it(`is accessible, ${theme}, ${width} px wide`, async () => {
      await setViewport({ width: Math.max(width, 500), height: 800 });
      const view = await maskingAt('call', width);
      view.theme = theme;
      await maskText(view, 'mother');
      list(view);
      await openTab(view, /Attributes/);
      await expect(view).to.be.accessible();
      const bar = byRole(view, 'region', 'Mask by hand');
      expect(bar.scrollWidth).to.be.at.most(bar.clientWidth);
      await setViewport({ width: 1200, height: 800 });
    });
  }
});
