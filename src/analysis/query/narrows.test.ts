import { expect } from '@open-wc/testing';
import { narrows } from './narrows.js';
import { parseQuery } from './parse-query.js';

const pairs: [query: string, other: string, isNarrower: boolean][] = [
  ['refunds', 'Refund', true],
  ['refund', 'refunds', false],
  ['a', '', true],
  ['', 'a', false],
  ['a b', 'a', true],
  ['a b c', 'c a', true],
  ['a', 'a b', false],
  ['a', 'a or b', true],
  ['a or b', 'b or c or a', true],
  ['a or b', 'a', false],
  ['(ab or bc) d', 'b', true],
  ['-refund', '-refunds', true],
  ['-refunds', '-refund', false],
  ['-(a or b)', '-a', true],
  ['-(a b)', '-a', false],
  ['tokens>6', 'tokens>5', true],
  ['tokens>5', 'tokens>5', true],
  ['tokens>5', 'tokens>=5', true],
  ['tokens>=5', 'tokens>5', false],
  ['tokens>5', 'tokens>6', false],
  ['tokens<5', 'tokens<6', true],
  ['tokens<=5', 'tokens<5', false],
  ['tokens<6', 'tokens<5', false],
  ['tokens:5..6', 'tokens>4', true],
  ['tokens:5..6', 'tokens:5..7', true],
  ['tokens>4', 'tokens:5..6', false],
  ['tokens>6', 'cost>5', false],
  ['kind:tool x', 'kind:tool', true],
  ['kind:tool', 'kind:llm', false],
  ['model:gpt* x', 'model:gpt*', true],
  ['model:gpt', 'model:gpt*', false],
  ['attr.k>6', 'attr.k>5', true],
  ['attr.k>6', 'attr.j>5', false],
  ['attr.k:a', 'attr.k:a', true],
];

describe('narrows', () => {
  for (const [query, other, isNarrower] of pairs) {
    it(`says ${isNarrower ? 'yes' : 'no'} to ${query || 'nothing'} after ${other || 'nothing'}`, () => {
      expect(narrows(parseQuery(query), parseQuery(other))).to.equal(isNarrower);
    });
  }

  it('gives up before it takes long', () => {
    const nested = (letter: string): string => '(a (b or '.repeat(20) + letter + '))'.repeat(20);
    expect(narrows(parseQuery(nested('c')), parseQuery(nested('d')))).to.equal(false);
  });
});
