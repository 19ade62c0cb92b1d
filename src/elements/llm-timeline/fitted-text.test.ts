import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { FittedText } from './fitted-text.js';

/** Every character is as wide as its code is long. */
const measured = (): { fitted: FittedText; widthOf(text: string): number; count(): number } => {
  let count = 0;
  const widthOf = (text: string): number => Array.from(text).reduce((sum, one) => sum + one.length * 5, 0);
  const fitted = new FittedText();
  fitted.reset((text) => {
    count++;
    return widthOf(text);
  });
  return { fitted, widthOf, count: () => count };
};

describe('FittedText', () => {
  it('gives the text where it has room, else as much of its beginning as has, and never more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 0, max: 200 }), (text, room) => {
        const { fitted, widthOf } = measured();
        const shown = fitted.fit(text, room);
        expect(widthOf(shown)).to.be.at.most(Math.max(room, 0));
        if (widthOf(text) <= room) expect(shown).to.equal(text);
        else if (shown !== '') {
          expect(shown.endsWith('…')).to.equal(true);
          expect(text.startsWith(shown.slice(0, -1))).to.equal(true);
        }
      }),
    );
  });

  it('cuts no character in two', () => {
    expect(measured().fitted.fit('😀😀😀', 20)).to.equal('😀…');
  });

  it('measures each character once', () => {
    const { fitted, count } = measured();
    for (let room = 0; room < 100; room++) fitted.fit('banana', room);
    expect(count()).to.equal(4);
  });
});
