import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { leavesOf, valueKey } from './leaves.js';

describe('leaves of a value', () => {
  it('are its texts, numbers and truths in order', () => {
    expect([...leavesOf({ a: ['x', 1], b: { c: true, d: null }, e: 'y' })]).to.deep.equal(['x', 1, true, 'y']);
    expect([...leavesOf('text')]).to.deep.equal(['text']);
  });

  it('are at most so many, however deep or round the value is', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect([...leavesOf(deep)]).to.deep.equal(['end']);
    const round: unknown[] = ['a'];
    round.push(round);
    expect([...leavesOf(round)]).to.deep.equal(['a']);
    expect([
      ...leavesOf(
        Array.from({ length: 50 }, (_, index) => `${index}`),
        3,
      ),
    ]).to.deep.equal(['0', '1', '2']);
  });
});

describe('key of a value', () => {
  const sorted = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(sorted)
        : Object.entries(value)
            .map(([key, inner]) => [key, sorted(inner)] as const)
            .sort(([one], [other]) => (one < other ? -1 : 1));

  it('is the same for equal values and for no others', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        if (Array.isArray(one) === Array.isArray(other)) expect(valueKey(one) === valueKey(other)).to.equal(isSame);
      }),
    );
    expect(valueKey({ a: 1, b: [2] })).to.equal(valueKey({ b: [2], a: 1 }));
    expect(valueKey({ a: '1' })).not.to.equal(valueKey({ a: 1 }));
    expect(valueKey([])).not.to.equal(valueKey({}));
  });

  it('is not made of what is too large', () => {
    expect(valueKey(Array.from({ length: 3000 }, (_, index) => index))).to.equal(undefined);
    expect(valueKey('x'.repeat(200_000))).to.equal(undefined);
    const round: unknown[] = [];
    round.push(round);
    expect(valueKey(round)).to.equal(undefined);
  });
});
