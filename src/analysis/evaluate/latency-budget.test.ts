import { expect } from '@open-wc/testing';
import type { RecordedSpan, Trace } from '../../model/index.js';
import { scoresOf, SPAN_ID } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { latencyBudget } from './index.js';

describe('latencyBudget', () => {
  it('measures roots that have ended', async () => {
    const trace = (more: Partial<RecordedSpan>): Trace =>
      recordedTrace(
        { id: SPAN_ID, kind: 'chain', start: 0, ...more },
        answered('b'.repeat(16), 'x', '', { parentId: SPAN_ID }),
      );
    const budget = latencyBudget({ max: 1000 });
    expect((await scoresOf(budget, trace({ end: 1000 }))).map(({ value }) => value)).to.deep.equal([1]);
    expect((await scoresOf(budget, trace({ end: 1001 })))[0]).to.deep.include({
      value: 0,
      explanation: '1001 ms of 1000 ms',
    });
    expect(await scoresOf(budget, trace({}))).to.deep.equal([]);
    expect(await scoresOf(budget, trace({ start: 10, end: 5 }))).to.deep.equal([]);
    const first = latencyBudget({ max: 300, of: 'timeToFirstToken', isFor: ({ kind }) => kind === 'chain' });
    expect((await scoresOf(first, trace({ end: 9000, timeToFirstToken: 200 })))[0]!.value).to.equal(1);
  });
});
