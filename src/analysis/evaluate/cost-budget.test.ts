import { expect } from '@open-wc/testing';
import type { Trace } from '../../model/index.js';
import { scoresOf, SPAN_ID } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { costBudget } from './index.js';

describe('costBudget', () => {
  const trace = (...costs: (number | undefined)[]): Trace =>
    recordedTrace(
      { id: SPAN_ID, kind: 'chain', end: 10 },
      ...costs.map((cost, place) =>
        answered(`${place}`.padStart(16, 'c'), 'x', '', { parentId: SPAN_ID, ...(cost !== undefined && { cost }) }),
      ),
    );

  it('sums what is inside, and leaves the verdict open where a call states no cost', async () => {
    const budget = costBudget({ max: 0.05 });
    expect((await scoresOf(budget, trace(0.01, 0.02)))[0]).to.deep.include({ value: 1, explanation: '$0.03 of $0.05' });
    expect((await scoresOf(budget, trace(0.04, 0.02)))[0]!.value).to.equal(0);
    const open = (await scoresOf(budget, trace(0.01, undefined, undefined)))[0]!;
    expect(open).to.deep.equal({
      name: 'cost budget',
      label: 'open',
      explanation: '$0.01 of $0.05; 2 calls of a model state no cost',
      source: 'code',
    });
    // It is too much already.
    expect((await scoresOf(budget, trace(0.06, undefined)))[0]!.value).to.equal(0);
    expect(await scoresOf(budget, trace(undefined))).to.deep.equal([]);
  });
});
