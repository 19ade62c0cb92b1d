import { expect } from '@open-wc/testing';
import { scoresOf, SPAN_ID, valueOf } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { matchesPattern } from './index.js';

describe('matchesPattern', () => {
  it('looks at each answer from its beginning, also with a flag that remembers a place', async () => {
    const trace = recordedTrace(answered(SPAN_ID, 'parcel 4711'), answered('b'.repeat(16), 'parcel 4711'));
    const scores = await scoresOf(matchesPattern({ pattern: /\d{4}/g }), trace);
    expect(scores.map(({ value }) => value)).to.deep.equal([1, 1]);
    expect(await valueOf(matchesPattern({ pattern: /\d/, not: true }), 'parcel 4711')).to.equal(0);
  });
});
