import { expect } from '@open-wc/testing';
import { judged, scoresOf, SPAN_ID, valueOf } from '../../test/evaluation.js';
import { recordedTrace } from '../../test/recorded-trace.js';
import { exactMatch } from './index.js';

describe('exactMatch', () => {
  it('compares texts but for spaces around them', async () => {
    expect(await judged(exactMatch(), ' Paris\n', { expected: 'Paris' })).to.deep.equal({
      name: 'exact match',
      value: 1,
      label: 'pass',
      source: 'code',
    });
    expect(await valueOf(exactMatch(), 'paris', { expected: 'Paris' })).to.equal(0);
    expect(await valueOf(exactMatch({ ignoreCase: true }), 'paris', { expected: 'Paris' })).to.equal(1);
    expect(await valueOf(exactMatch(), 'Paris', { expected: ['Rome', 'Paris'] })).to.equal(1);
  });

  it('compares JSON whatever the order of its keys, and says nothing without an expected answer', async () => {
    const expected = { city: 'Paris', days: [1, 2] };
    expect(await valueOf(exactMatch(), '{"days":[1,2],"city":"Paris"}', { expected })).to.equal(1);
    expect(await valueOf(exactMatch(), '{"days":[2,1],"city":"Paris"}', { expected })).to.equal(0);
    expect(await valueOf(exactMatch(), 'Paris', { expected })).to.equal(0);
    const tool = recordedTrace({ id: SPAN_ID, kind: 'tool', output: { city: 'Paris', days: [1, 2] } });
    expect((await scoresOf(exactMatch(), tool, { expected: () => expected }))[0]!.value).to.equal(1);
    expect(await judged(exactMatch(), 'Paris')).to.equal(undefined);
  });

  it('takes the one text of an output for the answer, whatever the key', async () => {
    const chain = recordedTrace({ id: SPAN_ID, kind: 'chain', output: { answer: 'Paris' } });
    expect((await scoresOf(exactMatch(), chain, { expected: () => 'Paris' }))[0]!.value).to.equal(1);
  });
});
