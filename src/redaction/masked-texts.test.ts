import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { MASKED } from './redact.js';
import { MaskedTexts, textsIn } from './masked-texts.js';

describe('MaskedTexts', () => {
  it('finds a text that was cut, wherever that was', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 9, maxLength: 40 });
    // Less than that is not known as the beginning of anything.
    const long = word.map((text) => `abbabaab${text}`);
    fc.assert(
      fc.property(
        long,
        word,
        fc.integer({ min: 8, max: 40 }),
        fc.constantFrom('', '…', ' …'),
        (text, before, end, mark) => {
          const cut = text.slice(0, end);
          const shown = new MaskedTexts([text]).without(`${before}|${cut}${mark}`);
          const rest = shown.slice(shown.lastIndexOf('|') + 1);
          expect(rest.startsWith(MASKED) && !rest.includes('abbabaab'), rest).to.equal(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(new MaskedTexts(['two  words\nand more']).without('He said two words and…')).to.equal('He said [masked]');
  });

  it('takes its time by how long texts are, not by how often they repeat', () => {
    const [text, other] = ['a'.repeat(60_000), `${'a'.repeat(59_999)}b`];
    expect(new MaskedTexts([text]).without(other)).to.equal(other);
    expect(new MaskedTexts([other]).without(text)).to.equal(`a${MASKED}`);
  });

  it('knows the texts of a value, also of one that holds itself', () => {
    const value: { said: unknown[]; self?: unknown } = {
      said: ['one', '{"two": "three", "n": 1234567}', 5, 'x', true],
    };
    value.self = value;
    expect(textsIn(value)).to.deep.equal(['one', '{"two": "three", "n": 1234567}', 'three', '1234567']);
    expect([textsIn(5), textsIn('x'), textsIn(false)]).to.deep.equal([['5'], ['x'], []]);
  });
});
