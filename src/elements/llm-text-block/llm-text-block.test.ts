import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { allIn, byRole, hasRole, settled, stubbed, textIn, until } from '../test-support.js';
import type { LlmTextBlock } from './llm-text-block.js';

const show = (value: unknown): Promise<LlmTextBlock> =>
  fixture(html`<llm-text-block .value=${{ value }}></llm-text-block>`);
/** Whether two long texts are the same. `equal` would print how they differ, which takes minutes. */
const isText = (block: LlmTextBlock, expected: string): boolean => textOf(block) === expected;
const textOf = (block: LlmTextBlock): string => allIn(block, '[part="text"]')[0]!.textContent;

/** What a click on the copy button puts on the clipboard. */
async function copied(block: LlmTextBlock): Promise<string | undefined> {
  let text: string | undefined;
  const writeText = (written: string): Promise<void> => {
    text = written;
    return Promise.resolve();
  };
  await stubbed(navigator.clipboard, 'writeText', writeText, async () => {
    byRole(block, 'button', 'Copy').click();
    await settled(block);
    // The promise of the clipboard comes first.
    await settled(block);
  });
  return text;
}

describe('llm-text-block', () => {
  it('shows a short text whole, as it is', async () => {
    const block = await show('  two\n  lines <b>');
    expect(textOf(block)).to.equal('  two\n  lines <b>');
    expect(hasRole(block, 'button', /Show more/)).to.equal(false);
    expect(getComputedStyle(allIn(block, '[part="text"]')[0]!).whiteSpace).to.match(/pre-wrap|preserve/);
  });

  it('shows any other value as indented JSON', async () => {
    const value = { list: [1, 'two', null], empty: {}, text: 'x'.repeat(200) };
    const text = textOf(await show(value));
    expect(JSON.parse(text)).to.deep.equal(value);
    expect(text.split('\n').length).to.be.above(3);
  });

  it('shows the beginning of a long text, and more when asked, until all is there', async () => {
    const long = 'abcdefghij'.repeat(10_000);
    const block = await show(long);
    expect(isText(block, long.slice(0, 20_000))).to.equal(true);
    expect(hasRole(block, 'button', 'Show more (20k of 100k characters shown)')).to.equal(true);
    byRole(block, 'button', /Show more/).click();
    await settled(block);
    expect(isText(block, long.slice(0, 80_000))).to.equal(true);
    byRole(block, 'button', /Show more/).click();
    await settled(block);
    expect(isText(block, long)).to.equal(true);
    expect(hasRole(block, 'button', /Show more/)).to.equal(false);
  });

  it('keeps the page small for 5 MB', async () => {
    const block = await show('x'.repeat(5_000_000));
    expect(textOf(block).length).to.equal(20_000);
    expect(allIn(block, '*').length).to.be.below(20);
    const list = await show(Array.from({ length: 500_000 }, (_, index) => index));
    expect(textOf(list).length).to.be.at.most(20_000);
    expect(hasRole(list, 'button', /Show more/)).to.equal(true);
  });

  it('copies the whole text, also what is not shown', async () => {
    const long = 'x'.repeat(300_000);
    expect((await copied(await show(long)))?.length).to.equal(long.length);
    const value = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const written = (await copied(await show(value))) ?? '';
    expect(JSON.stringify(JSON.parse(written)) === JSON.stringify(value)).to.equal(true);
  });

  it('says that it copied', async () => {
    const block = await show('text');
    await copied(block);
    expect(hasRole(block, 'button', 'Copied')).to.equal(true);
  });

  it('does not say so when the browser refused', async () => {
    const block = await show('text');
    const refuse = (): Promise<void> => Promise.reject(new DOMException('no', 'NotAllowedError'));
    await stubbed(navigator.clipboard, 'writeText', refuse, async () => {
      byRole(block, 'button', 'Copy').click();
      await settled(block);
      await settled(block);
    });
    expect(hasRole(block, 'button', 'Copied')).to.equal(false);
  });

  it('begins anew with another value', async () => {
    const block = await show('x'.repeat(100_000));
    byRole(block, 'button', /Show more/).click();
    await settled(block);
    block.value = { value: 'y'.repeat(100_000) };
    await settled(block);
    expect(isText(block, 'y'.repeat(20_000))).to.equal(true);
  });

  it('masks values of JSON by their keys, in what is shown and in what is copied', async () => {
    const block = await show({ user: 'u1', credentials: { password: 'tulip', hint: 'x'.repeat(100) } });
    block.content = 'masked';
    await until(() => textOf(block).includes('[masked]'), 'masked');
    expect(textOf(block)).to.contain('u1').and.not.to.contain('tulip');
    expect(await copied(block))
      .to.contain('u1')
      .and.not.to.contain('tulip');
  });

  it('has no button to copy where something around it has one', async () => {
    const block = await show('text');
    block.noCopy = true;
    await settled(block);
    expect(hasRole(block, 'button', 'Copy')).to.equal(false);
  });

  it('never cuts a character in two', async () => {
    const block = await show('x' + '😀'.repeat(20_000));
    expect(textOf(block).isWellFormed()).to.equal(true);
  });

  it('shows deep and odd values', async () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(textIn(await show(deep)).startsWith('[ [ [')).to.equal(true);
    expect(JSON.parse(textOf(await show(new Map([['key', 'value']]))))).to.deep.equal({ key: 'value' });
    expect(textOf(await show(null))).to.equal('null');
    expect(textOf(await show(''))).to.equal('');
  });
});
