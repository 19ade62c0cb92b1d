import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { text } from './text.js';

describe('text', () => {
  it('leaves a string alone', () => expect(text('<b>${1}</b>')).to.equal('<b>${1}</b>'));

  it('writes numbers, big integers and booleans', () => {
    expect([text(1.5), text(10n), text(false)]).to.deep.equal(['1.5', '10', 'false']);
  });

  it('writes nothing for what could pass for a template, a node or a directive', () => {
    const forged = [
      html`<b>x</b>`,
      document.createElement('b'),
      { _$litType$: 1, strings: ['<b>'] },
      ['<b>'],
      Symbol('x'),
    ];
    for (const value of forged) expect(text(value)).to.equal('');
    expect(text(null)).to.equal('null'); // as a template would not: the value is shown as it is
  });
});
