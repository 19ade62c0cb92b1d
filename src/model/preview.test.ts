import { expect } from '@open-wc/testing';
import { assert, property, string } from 'fast-check';
import { previewOf } from './preview.js';

describe('the preview of an input', () => {
  it('is a text in one line', () => {
    expect(previewOf('  Where is\n\n order 1042? ')).to.equal('Where is order 1042?');
    expect(previewOf(42)).to.equal('42');
    expect(previewOf(undefined)).to.equal(undefined);
    expect(previewOf(null)).to.equal(undefined);
    expect(previewOf({})).to.equal(undefined);
    expect(previewOf(' \n ')).to.equal(undefined);
  });

  it('is what users said, where there are messages, and all texts elsewhere', () => {
    const messages = [
      { role: 'system', content: 'You help.' },
      { role: 'user', content: [{ type: 'text', text: 'Hello there' }] },
    ];
    expect(previewOf({ messages })).to.equal('Hello there');
    expect(previewOf({ question: 'Why?', k: 3, from: ['a', 'b'] })).to.equal('Why? a b');
  });

  it('ends between two words, so that no half of a key is left', () => {
    const key = 'sk-live-0123456789abcdefghijklmnop';
    const text = `${'word '.repeat(22)}${key} and more`;
    expect(previewOf(text)).to.match(/^word .*word…$/);
    expect(previewOf(key.repeat(10))).to.equal(undefined);
    expect(previewOf('漢'.repeat(300))).to.equal(`${'漢'.repeat(120)}…`);
    expect(previewOf('😀'.repeat(300))).to.equal(`${'😀'.repeat(60)}…`);
  });

  it('is short, whatever comes', () => {
    assert(
      property(string({ maxLength: 2000, unit: 'binary' }), (text) => {
        const preview = previewOf(text) ?? '';
        expect(preview.length).to.be.at.most(121);
        expect(preview).to.not.match(/[\n\t]/);
      }),
    );
    let deep: object = { end: 'deep' };
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(previewOf(deep)).to.equal(undefined);
  });
});
