import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define.js';
import { allByRole, allIn, byRole, elementsIn, hasRole, measured, settled, stubbed, textIn } from '../test-support.js';
import type { LlmJson } from './llm-json.js';

async function show(value: unknown): Promise<LlmJson> {
  const element = await fixture<LlmJson>(html`<llm-json .value=${{ value }}></llm-json>`);
  await measured(element);
  return element;
}

const rows = (element: LlmJson): string[] => allByRole(element, 'treeitem').map(textIn);
const row = (element: LlmJson, name: string | RegExp): HTMLElement => byRole(element, 'treeitem', name);

async function press(element: LlmJson, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await sendKeys({ press: key });
    await settled(element);
  }
}

async function search(element: LlmJson, wanted: string): Promise<void> {
  const field = byRole(element, 'searchbox') as HTMLInputElement;
  field.focus();
  field.value = wanted;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
  await waitUntil(() => !/Searching|…/.test(textIn(byRole(element, 'status'))), 'the search ends');
  await settled(element);
}

async function copied(element: LlmJson, button: string | RegExp): Promise<string | undefined> {
  let text: string | undefined;
  const writeText = (written: string): Promise<void> => {
    text = written;
    return Promise.resolve();
  };
  await stubbed(navigator.clipboard, 'writeText', writeText, async () => {
    byRole(element, 'button', button).click();
    await waitUntil(() => text !== undefined, 'something is copied');
  });
  return text;
}

const large = {
  list: Array.from({ length: 2000 }, (_, index) => ({ id: index, city: index === 1500 ? 'Oslo' : 'x' })),
};

describe('llm-json', () => {
  it('shows a small value whole, with a button to copy it and no search', async () => {
    const element = await show({ city: 'Oslo', days: 3, list: [true, null] });
    expect(rows(element)).to.deep.equal(['city : "Oslo"', 'days : 3', 'list : 2 items', '0 : true', '1 : null']);
    expect(hasRole(element, 'searchbox')).to.equal(false);
    expect(JSON.parse((await copied(element, 'Copy'))!)).to.deep.equal({ city: 'Oslo', days: 3, list: [true, null] });
  });

  it('shows a plain value, and nothing where there is nothing inside', async () => {
    expect(rows(await show('alone'))).to.deep.equal(['"alone"']);
    expect(rows(await show(null))).to.deep.equal(['null']);
    expect(rows(await show({}))).to.deep.equal([]);
  });

  it('opens and closes by a click, keeps what is closed short', async () => {
    const element = await show(large);
    expect(rows(element)).to.have.length(1);
    const list = row(element, /^list/);
    expect(list.getAttribute('aria-expanded')).to.equal('false');
    list.click();
    await measured(element);
    expect(row(element, /^list/).getAttribute('aria-expanded')).to.equal('true');
    expect(row(element, /^0 :/).getAttribute('aria-level')).to.equal('2');
    expect(rows(element).length).to.be.below(80);
    row(element, /^list/).click();
    await settled(element);
    expect(rows(element)).to.have.length(1);
  });

  it('reads from left to right in every page, with keys that do', async () => {
    const element = await show({ a: { b: 1 } });
    element.dir = 'rtl';
    await settled(element);
    expect(getComputedStyle(row(element, /^a/)).direction).to.equal('ltr');
    element.focus();
    await press(element, 'Home', 'ArrowLeft');
    const before = rows(element).length;
    await press(element, 'ArrowRight');
    expect(rows(element).length).to.be.above(before);
  });

  it('is worked by keys', async () => {
    const element = await show(large);
    element.focus();
    const active = (): string => {
      const id = byRole(element, 'tree').getAttribute('aria-activedescendant')!;
      return textIn(element.shadowRoot!.getElementById(id)!);
    };
    await press(element, 'ArrowRight', 'ArrowRight');
    expect(active()).to.match(/^0 :/);
    await press(element, 'End');
    await measured(element);
    expect(active()).to.match(/^1999 :/);
    await press(element, 'ArrowRight', 'ArrowDown');
    expect(active()).to.equal('id : 1999');
    await press(element, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(active()).to.match(/^list/);
    await press(element, 'ArrowLeft');
    expect(rows(element)).to.have.length(1);
  });

  it('finds a value far inside, opens the way to it and marks it', async () => {
    const element = await show(large);
    await search(element, 'oslo');
    await measured(element);
    expect(textIn(byRole(element, 'status'))).to.equal('1 of 1');
    expect(row(element, /^city : .*Oslo/).getAttribute('aria-selected')).to.equal('true');
    expect(allIn(element, 'mark').map(textIn)).to.deep.equal(['Oslo']);
    await search(element, 'nowhere');
    expect(textIn(byRole(element, 'status'))).to.equal('No match');
  });

  it('steps through the matches, round the end', async () => {
    const element = await show({ ...large, first: 'hit', second: 'hit' });
    await search(element, 'hit');
    await press(element, 'Enter');
    expect(textIn(byRole(element, 'status'))).to.equal('2 of 2');
    await press(element, 'Enter');
    expect(textIn(byRole(element, 'status'))).to.equal('1 of 2');
    byRole(element, 'button', 'Previous match').click();
    await settled(element);
    expect(textIn(byRole(element, 'status'))).to.equal('2 of 2');
  });

  it('takes Ctrl+F only where the focus is inside', async () => {
    const element = await show(large);
    element.focus();
    await sendKeys({ down: 'Control' });
    await press(element, 'f');
    await sendKeys({ up: 'Control' });
    expect(element.shadowRoot!.activeElement).to.equal(byRole(element, 'searchbox'));
  });

  it('copies the value and the path of the row', async () => {
    const element = await show(large);
    row(element, /^list/).click();
    await measured(element);
    row(element, /^2 :/).click();
    await settled(element);
    expect(await copied(element, /Copy path/)).to.equal('$.list[2]');
    expect(JSON.parse((await copied(element, /Copy value/))!)).to.deep.equal({ id: 2, city: 'x' });
  });

  it('opens JSON inside a string in place, and a long text into its lines', async () => {
    const element = await show({ body: JSON.stringify({ city: 'Oslo' }), text: 'one\ntwo' });
    expect(rows(element)[0]).to.match(/JSON as text/);
    element.focus();
    await press(element, 'ArrowRight', 'End', 'ArrowRight');
    expect(rows(element)).to.deep.equal(['body : JSON as text', 'city : "Oslo"', 'text :', 'one', 'two']);
  });

  it('never puts base64 into the page', async () => {
    const image = `data:image/png;base64,${'iVBORw0KGgo1'.repeat(1000)}`;
    const element = await show({ image });
    expect(rows(element)).to.deep.equal(['image : base64, 9 KB']);
    expect([...elementsIn(element)].some((node) => node.textContent.includes('iVBORw0KGgo1'))).to.equal(false);
    expect(await copied(element, 'Copy')).to.include('iVBORw0KGgo1');
  });

  it('has few rows in the page, however deep and long the value', async () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10_000; level++) deep = [deep];
    const element = await show({
      deep,
      wide: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n])),
    });
    byRole(element, 'button', 'Expand all').click();
    await measured(element);
    expect(rows(element).length).to.be.within(10, 80);
    element.focus();
    await press(element, 'End');
    await measured(element);
    expect(row(element, 'k99999 : 99999').getAttribute('aria-selected')).to.equal('true');
  });

  it('shows what is shaped like a template, a node or a prototype as text', async () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__": {"polluted": 1}, "_$litType$": 1, "strings": ["<img src=x onerror=alert(1)>"], "nodeType": 1}',
    );
    const element = await show(hostile);
    expect(rows(element)).to.include('__proto__ : 1 key');
    expect(allIn(element, 'img')).to.deep.equal([]);
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });

  it('masks secrets where the page says so, by their looks and by their keys, and does not hand them out', async () => {
    const value = { password: 'hunter2', note: 'mail to ann@example.com', list: [{ api_key: 'abc' }, 'text'] };
    const element = await fixture<LlmJson>(html`<llm-json content="masked" .value=${{ value }}></llm-json>`);
    await waitUntil(() => textIn(element).includes('masked'), 'what masks is loaded');
    await measured(element);
    expect(textIn(element)).to.match(/text/);
    expect(textIn(element)).not.to.match(/hunter2|ann@example|abc/);
    expect(hasRole(element, 'button', /Copy/)).to.equal(false);
  });

  it('shows what a value hides', async () => {
    const element = await show({ 'a\u200bkey': 'x\u202ey' });
    expect(rows(element)[0]).to.match(/U\+200B.*U\+202E/);
  });

  it('is accessible', async () => {
    const element = await show(large);
    row(element, /^list/).click();
    await settled(element);
    await expect(element).to.be.accessible();
  });

  it('leaves nothing running when it goes', async () => {
    const element = await show({ list: Array.from({ length: 200_000 }, (_, index) => `value ${index}`) });
    const field = byRole(element, 'searchbox') as HTMLInputElement;
    field.value = 'nowhere';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    element.remove();
    await aTimeout(0);
    expect(element.isUpdatePending).to.equal(false);
  });
});
