import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { SPAN_ID, valueOf } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { longestCommon } from './rouge-l.js';
import { evaluate, rougeL } from './index.js';

describe('rougeL', () => {
  it('is the harmonic mean of precision and recall of the longest common order', async () => {
    // Lin's own example: "police killed the gunman" against two answers.
    const expected = 'police killed the gunman';
    expect(await valueOf(rougeL(), 'police kill the gunman', { expected })).to.equal(0.75);
    expect(await valueOf(rougeL(), 'the gunman kill police', { expected })).to.equal(0.5);
    expect(await valueOf(rougeL(), 'nothing', { expected })).to.equal(0);
  });

  it('finds the longest common order as a table does', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(longestCommon(one, other)).to.equal(slowLongestCommon(one, other));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses texts that would take too long', async () => {
    const { failures } = await evaluate(recordedTrace(answered(SPAN_ID, 'word '.repeat(20_001))), [rougeL()], {
      expected: () => 'word',
    });
    expect(String(failures[0]!.error)).to.match(/^RangeError/);
  });
});

function slowLongestCommon(one: readonly string[], other: readonly string[]): number {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      table[i]![j] =
        one[i - 1] === other[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[one.length]![other.length]!;
}
