import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Score, Trace } from '../../model/index.js';
import { scoresOf, SPAN_ID } from '../../test/evaluation.js';
import { recordedTrace } from '../../test/recorded-trace.js';
import { retrievalQuality } from './index.js';

describe('retrievalQuality', () => {
  const retrieval = (...labels: unknown[]): Trace =>
    recordedTrace({
      id: SPAN_ID,
      kind: 'retriever',
      documents: labels.map((relevance, place) => ({
        id: `d${place + 1}`,
        ...(relevance !== undefined && { metadata: { relevance } }),
      })),
    });
  const values = async (...args: Parameters<typeof scoresOf>): Promise<Record<string, Score['value']>> =>
    Object.fromEntries((await scoresOf(...args)).map(({ name, value }) => [name, value]));

  it('scores the order by the labels of the documents', async () => {
    const found = await values(retrievalQuality(), retrieval(0, 1, 3));
    // Worked out by hand: (1/log2(3) + 3/log2(4)) / (3/log2(2) + 1/log2(3)).
    const expected = (1 / Math.log2(3) + 3 / 2) / (3 + 1 / Math.log2(3));
    expect(found).to.have.keys('hit@10', 'reciprocal rank@10', 'nDCG@10');
    expect(found['hit@10']).to.equal(1);
    expect(found['reciprocal rank@10']).to.equal(0.5);
    expect(found['nDCG@10']).to.be.closeTo(expected, 1e-12);
    expect(await values(retrievalQuality({ k: 1 }), retrieval(false, true))).to.deep.equal({
      'hit@1': 0,
      'reciprocal rank@1': 0,
      'nDCG@1': 0,
    });
  });

  it('knows words for labels, takes an unlabelled document beside labelled ones for irrelevant, and says so', async () => {
    const scores = await scoresOf(retrievalQuality(), retrieval('irrelevant', undefined, 'Relevant'));
    expect(scores[1]).to.deep.include({ value: 1 / 3 });
    expect(scores[1]!.explanation).to.contain('1 have no label');
    expect(await values(retrievalQuality(), retrieval(0, 0))).to.deep.equal({
      'hit@10': 0,
      'reciprocal rank@10': 0,
    });
    expect(await scoresOf(retrievalQuality(), retrieval(undefined, undefined))).to.deep.equal([]);
  });

  it('compares with all that should have been found, where the page knows it', async () => {
    const options = { expected: () => ['d2', 'never found'] };
    const found = await values(retrievalQuality(), retrieval(1, undefined), options);
    expect(found['reciprocal rank@10']).to.equal(0.5);
    expect(found['nDCG@10']).to.be.closeTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 1e-12);
  });

  it('is never above 1, and 1 for the best order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }), async (labels) => {
        const any = await values(retrievalQuality({ k: 5 }), retrieval(...labels));
        const best = await values(retrievalQuality({ k: 5 }), retrieval(...labels.toSorted((a, b) => b - a)));
        if (labels.every((label) => label === 0)) expect(any).to.not.have.property('nDCG@5');
        else {
          expect(any['nDCG@5']).to.be.within(0, 1 + 1e-12);
          expect(best['nDCG@5']).to.be.closeTo(1, 1e-12);
        }
      }),
      { numRuns: 50 },
    ));
});
