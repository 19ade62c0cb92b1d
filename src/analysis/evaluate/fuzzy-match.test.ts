import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { judged, valueOf } from '../../test/evaluation.js';
import { fuzzyMatch } from './index.js';

describe('fuzzyMatch', () => {
  it('is 1 for the same words, near it for a typing error, and low for another text', async () => {
    const expected = 'The parcel is at customs.';
    expect(await valueOf(fuzzyMatch(), 'the parcel — is at CUSTOMS', { expected })).to.equal(1);
    const typo = await judged(fuzzyMatch(), 'The parcel is at custons.', { expected });
    expect(typo!.value).to.be.within(0.8, 0.95);
    expect(typo!.label).to.equal('pass');
    const other = await judged(fuzzyMatch(), 'I would not know.', { expected });
    expect(other!.value).to.be.lessThan(0.3);
    expect(other!.label).to.equal('fail');
    expect(await valueOf(fuzzyMatch(), 'Rome', { expected: ['Paris', 'rome'] })).to.equal(1);
  });

  it('is the same from both sides, between 0 and 1, and 1 for itself', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), async (one, other) => {
        fc.pre(one.trim() !== '' && other.trim() !== '');
        const there = (await valueOf(fuzzyMatch(), one, { expected: other })) as number;
        const back = (await valueOf(fuzzyMatch(), other, { expected: one })) as number;
        expect(there).to.equal(back);
        expect(there).to.be.within(0, 1);
        expect(await valueOf(fuzzyMatch(), one, { expected: one })).to.equal(1);
      }),
      { numRuns: 50 },
    ));
});
