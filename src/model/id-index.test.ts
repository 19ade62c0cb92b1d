import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { IdIndex } from './id-index.js';
import { atOnce } from './steps.js';

const id = fc.oneof(
  fc.string(),
  fc.constantFrom('a', 'b', '', '__proto__'),
  fc.nat(9).map((digit) => `000000000000000${digit}`),
);

const rowsOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

describe('IdIndex', () => {
  it('finds what a Map finds', () => {
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (ids, others) => {
        const index = new IdIndex(ids, rowsOf(ids.length));
        const map = new Map<string, number>();
        ids.forEach((each, place) => {
          expect(index.add(each, place)).to.equal(map.get(each) ?? -1);
          if (!map.has(each)) map.set(each, place);
        });
        for (const each of [...ids, ...others]) expect(index.find(each)).to.equal(map.get(each) ?? -1);
      }),
    );
  });

  it('finds the new places once they are numbered anew', () => {
    const ids = ['a', 'b', 'c'];
    const index = new IdIndex(ids, rowsOf(3));
    ids.forEach((each, place) => index.add(each, place));
    atOnce(index.renumber(Uint32Array.of(2, 0, 1), Uint32Array.of(1, 2, 0)));
    expect(ids.map((each) => index.find(each))).to.deep.equal([2, 0, 1]);
  });

  it('finds all of many ids', () => {
    const ids = Array.from({ length: 50_000 }, (_, place) => (place * 7919).toString(16).padStart(16, '0'));
    const index = new IdIndex(ids, rowsOf(ids.length));
    ids.forEach((each, place) => index.add(each, place));
    expect(ids.every((each, place) => index.find(each) === place)).to.equal(true);
    expect(index.find('ffffffffffffffff')).to.equal(-1);
  });
});

/** As the index takes up a character. */
const step = (hash: number, character: string): number => Math.imul(hash ^ character.charCodeAt(0), 0x9e3779b1);

/** Two texts of two characters that lead from one hash to the same other one. */
function twinsAt(hash: number): [string, string] {
  const seen = new Map<number, string>();
  for (let code = 1; code < 0xd000; code++) {
    const one = String.fromCharCode(code);
    const known = seen.get(step(hash, one) >>> 16);
    const low = known === undefined ? 0 : (step(hash, one) ^ step(hash, known)) & 0xffff;
    // No half of a pair of surrogates.
    if (known !== undefined && low < 0xd000) return [`${known}\0`, `${one}${String.fromCharCode(low)}`];
    seen.set(step(hash, one) >>> 16, one);
  }
  throw new Error('There are no twins.');
}

describe('IdIndex: ids that somebody has made collide', () => {
  let random: () => number;
  beforeEach(() => {
    random = Math.random;
    // What nobody can know outside of a test.
    Math.random = () => 0;
  });
  afterEach(() => (Math.random = random));

  it('goes on with a Map, before the queue grows long', () => {
    // At each place two pairs of characters that lead to the same hash: any number of ids with one hash.
    let hash = 0;
    const twins = Array.from({ length: 12 }, () => {
      const [one, other] = twinsAt(hash);
      hash = step(step(hash, one.charAt(0)), one.charAt(1));
      return [one, other] as const;
    });
    const ids = Array.from({ length: 4096 }, (_, number) =>
      twins.map((pair, place) => pair[(number >> place) & 1]!).join(''),
    );
    const index = new IdIndex(ids, rowsOf(ids.length));
    for (const [place, each] of ids.entries()) expect(index.add(each, place)).to.equal(-1);
    expect(ids.every((each, place) => index.find(each) === place)).to.equal(true);
    atOnce(index.renumber(rowsOf(ids.length).reverse(), rowsOf(ids.length).reverse()));
    expect(index.find(ids[0]!)).to.equal(ids.length - 1);
  });
});
