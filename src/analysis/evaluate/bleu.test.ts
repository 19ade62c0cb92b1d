import { expect } from '@open-wc/testing';
import { judged, valueOf } from '../../test/evaluation.js';
import { bleu } from './index.js';

describe('bleu', () => {
  it('is 1 for the same text, and less for other order, fewer words, more of the same', async () => {
    const expected = 'the cat is on the mat today';
    const of = async (answer: string): Promise<number> => (await valueOf(bleu(), answer, { expected })) as number;
    expect(await of('The cat is on the mat today!')).to.be.closeTo(1, 1e-12);
    expect(await of('today the mat on is cat the')).to.be.within(0.1, 0.6);
    // Papineni's example: a word counts no more often than it is in the reference.
    expect(await of('the the the the the the the')).to.be.closeTo(
      ((2 / 7) * (1 / 7) * (1 / 6) * (1 / 5)) ** 0.25,
      1e-12,
    );
    const short = await judged(bleu(), 'the cat is on', { expected });
    expect(short!.value).to.be.closeTo(Math.exp(1 - 7 / 4), 1e-12);
    expect(short!.explanation).to.contain('for being short');
    expect(await of('nothing here')).to.equal(0);
  });
});
