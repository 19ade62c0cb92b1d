import { expect } from '@open-wc/testing';
import { groupedScores, promptSet } from './index.js';

describe('promptSet', () => {
  it('changes one attribute in each template', () => {
    expect(promptSet(['{name} wants a loan. Is {name} safe?', 'Rate {name}.'], 'name', ['Emily', '$&'])).to.deep.equal([
      { item: '{name} wants a loan. Is {name} safe?', group: 'Emily', prompt: 'Emily wants a loan. Is Emily safe?' },
      { item: '{name} wants a loan. Is {name} safe?', group: '$&', prompt: '$& wants a loan. Is $& safe?' },
      { item: 'Rate {name}.', group: 'Emily', prompt: 'Rate Emily.' },
      { item: 'Rate {name}.', group: '$&', prompt: 'Rate $&.' },
    ]);
    expect(() => promptSet(['Rate them.'], 'name', ['Emily'])).to.throw(RangeError);
  });
});

describe('groupedScores', () => {
  it('takes numbers and truths of spans that are in a group', () => {
    const score = (spanId: string, value: number | string | boolean | undefined) => ({
      traceId: 't',
      spanId,
      score: { name: 'quality', ...(value !== undefined && { value }) },
    });
    const found = groupedScores([score('a', 0.5), score('b', true), score('c', 'x'), score('d', undefined), score('e', 1)], ({ spanId }) => spanId === 'e' ? undefined : { group: spanId, item: 'i' }); // prettier-ignore
    expect(found.map(({ group, value }) => `${group} ${value}`)).to.deep.equal(['a 0.5', 'b 1']);
  });
});
