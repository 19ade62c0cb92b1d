import { expect } from '@open-wc/testing';
import { html as spacedHtml, render, type TemplateResult } from 'lit';
import { html } from './tight-html.js';

function made(template: TemplateResult): HTMLElement {
  const holder = document.createElement('div');
  render(template, holder);
  return holder;
}

const texts = (root: HTMLElement): string[] => {
  const found: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode.nodeValue!);
  return found;
};

describe('html without the spaces between tags', () => {
  it('makes no node of the end of a line between tags, or between a tag and an expression', () => {
    const rows = [1, 2].map((row) => html`<li>${row}</li>`);
    const list = made(html`
      <ul>
        <li><b>first</b></li>
        ${rows}
        <li>last</li>
      </ul>
    `);
    expect(texts(list)).to.deep.equal(['first', '1', '2', 'last']);
  });

  it('leaves tags whole, whatever their lines', () => {
    const button = made(
      html`<button
        type="button"
        class="one ${'two'}"
        title=${'a title'}
        aria-label=${'a label'}
        aria-description=${'more'}
      >
        ${'words'}
      </button>`,
    ).firstElementChild as HTMLButtonElement;
    expect([button.type, button.className, button.title]).to.deep.equal(['button', 'one two', 'a title']);
    expect(button.getAttribute('aria-label')).to.equal('a label');
    expect(button.textContent).to.equal('words');
  });

  it('keeps spaces that are beside words, or in one line', () => {
    const words = made(html`<p><b>one</b> <i>two</i> and three ${'four'} <u>five</u></p>`);
    expect(words.textContent.replace(/\s+/g, ' ')).to.equal('one two and three four five');
  });

  it('renders into the same nodes again, and beside templates of Lit', () => {
    const template = (word: string): TemplateResult => html`<p>${spacedHtml`<b>${word}</b>`}</p>`;
    const holder = made(template('one'));
    const bold = holder.querySelector('b');
    render(template('two'), holder);
    expect(holder.querySelector('b')).to.equal(bold);
    expect(holder.textContent).to.equal('two');
  });
});
