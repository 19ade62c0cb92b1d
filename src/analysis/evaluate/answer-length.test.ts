import { expect } from '@open-wc/testing';
import { judged, valueOf, written } from '../../test/evaluation.js';
import { answerLength } from './index.js';

describe('answerLength', () => {
  it('counts characters of Unicode, or words', async () => {
    expect((await judged(answerLength({ max: 3 }), '👍👍👍'))!.label).to.equal('pass');
    expect(await judged(answerLength({ max: 2, unit: 'words' }), 'One, two, three.')).to.deep.include({
      value: 0,
      explanation: '3 words; at most 2 wanted',
    });
    expect(await valueOf(answerLength({ min: 2, unit: 'words' }), '包裹')).to.equal(1);
    const call = written({ type: 'tool-call', name: 'search', arguments: {} });
    expect(await judged(answerLength({ min: 1 }), '', { more: call })).to.equal(undefined);
  });
});
