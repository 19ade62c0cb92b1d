import { expect } from '@open-wc/testing';
import { isVector, vectorsIn } from './vectors.js';

const vector = (first: number, length = 1536): number[] => Array.from({ length }, (_, index) => first + index / length);

describe('vectors', () => {
  it('are long lists of numbers', () => {
    expect(isVector(vector(0))).to.equal(true);
    for (const other of [vector(0, 3), [...vector(0), 'x'], ['x', ...vector(0)], 'text', null, { length: 99 }]) {
      expect(isVector(other)).to.equal(false);
    }
  });

  it('are found in order in what embedding models answer', () => {
    const first = (value: unknown): number[] => vectorsIn(value).map(([number]) => number!);
    expect(first(vector(7))).to.deep.equal([7]);
    expect(first([vector(1), vector(2)])).to.deep.equal([1, 2]);
    expect(first({ data: [{ embedding: vector(3) }, { embedding: vector(4) }], usage: { total: 3 } })).to.deep.equal([
      3, 4,
    ]);
    expect(first({ text: 'none', list: [1, 2] })).to.deep.equal([]);
  });

  it('are looked for in a bounded part of what holds them', () => {
    let deep: unknown = vector(1);
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(vectorsIn(deep)).to.have.length(0);
    const round: unknown[] = [vector(1)];
    round.push(round);
    expect(vectorsIn(round).length).to.be.above(0);
  });
});
