import { expect } from '@open-wc/testing';
import { judged, valueOf } from '../../test/evaluation.js';
import { repetition } from './index.js';

describe('repetition', () => {
  it('finds a loop, and says nothing of a short text', async () => {
    const loop = await judged(repetition(), 'the parcel is on its way '.repeat(20));
    expect(loop!.value).to.be.greaterThan(0.9);
    expect(loop!.label).to.equal('fail');
    expect(loop!.explanation).to.contain('20 times: the parcel is on');
    const plain = Array.from({ length: 40 }, (_, place) => `word${place}`).join(' ');
    expect(await valueOf(repetition(), plain)).to.equal(0);
    expect(await judged(repetition(), 'yes yes yes yes yes')).to.equal(undefined);
  });
});
