import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { sameValue } from './same-value.js';

/** Objects inside objects: `depth` levels. */
function nested(depth: number, leaf: unknown): unknown {
  let value = leaf;
  for (let level = 0; level < depth; level++) value = { a: [value] };
  return value;
}

describe('sameValue', () => {
  it('agrees with the JSON text of sorted values', () => {
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null
        ? value
        : Array.isArray(value)
          ? value.map(sorted)
          : Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, item]) => [`key ${key}`, sorted(item)]);
    const small = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(small, small, (one, other) => {
        expect(sameValue(one, structuredClone(one))).to.equal(true);
        if (Array.isArray(one) === Array.isArray(other)) {
          expect(sameValue(one, other)).to.equal(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
        }
      }),
    );
  });

  it('does not mind the order of keys, but that of lists', () => {
    expect(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 })).to.equal(true);
    expect(sameValue([1, 2], [2, 1])).to.equal(false);
  });

  it('tells apart what looks alike', () => {
    expect(sameValue([], {})).to.equal(false);
    expect(sameValue({ a: undefined }, { b: undefined })).to.equal(false);
    expect(sameValue({ a: 1 }, { a: 1, b: 1 })).to.equal(false);
    expect(sameValue(null, {})).to.equal(false);
    expect(sameValue('1', 1)).to.equal(false);
    expect(sameValue({}, JSON.parse('{"__proto__": 1}'))).to.equal(false);
  });

  it('goes to any depth', () => {
    expect(sameValue(nested(100_000, 1), nested(100_000, 1))).to.equal(true);
    expect(sameValue(nested(100_000, 1), nested(100_000, 2))).to.equal(false);
  });

  it('ends where values hold themselves', () => {
    /** A ring of objects of which each holds the next. */
    const ring = (length: number, leaf: unknown): object => {
      const first: { leaf: unknown; next?: object } = { leaf: 0 };
      let last = first;
      for (let place = 1; place < length; place++) last.next = last = { leaf: place === length - 1 ? leaf : 0 };
      last.next = first;
      return first;
    };
    expect(sameValue(ring(3, 0), ring(5, 0))).to.equal(true);
    expect(sameValue(ring(3, 0), ring(3, 1))).to.equal(false);
    expect(sameValue(ring(10_007, 0), ring(10_009, 0))).to.equal(true);
    expect(sameValue(ring(10_007, 0), ring(10_009, 1))).to.equal(false);
  });
});
