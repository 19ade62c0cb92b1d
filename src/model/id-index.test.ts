import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { IdColumn } from './id-column.js';
import { IdIndex } from './id-index.js';

const id = fc.oneof(
  fc.string(),
  fc.constantFrom('a', 'b', '', '__proto__'),
  fc.nat(9).map((digit) => `000000000000000${digit}`),
);

/** An index of ids, with room for so many, and what it said of each. */
function indexOf(ids: readonly string[], room = ids.length, seed?: number): { index: IdIndex; said: number[] } {
  const column = new IdColumn(seed);
  for (const each of ids) column.push(each);
  const index = new IdIndex(column, new Uint32Array(room));
  return { index, said: ids.map((_, row) => index.add(row)) };
}

const manyIds = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => (place * 7919 + 1).toString(16).padStart(16, '0'));

describe('IdIndex', () => {
  it('finds what a Map finds, whatever room it was made with', () => {
    fc.assert(
      fc.property(fc.array(id), fc.array(id), fc.nat(3), (ids, others, room) => {
        const map = new Map<string, number>();
        const { index, said } = indexOf(ids, room);
        for (const [row, each] of ids.entries()) {
          expect(said[row]).to.equal(map.get(each) ?? -1);
          if (!map.has(each)) map.set(each, map.size);
        }
        for (const each of [...ids, ...others]) expect(index.find(each)).to.equal(map.get(each) ?? -1);
        const named = new IdColumn(index.seed);
        for (const [row, each] of [...others, ...ids].entries()) {
          named.push(each);
          expect(index.findOf(named, row)).to.equal(map.get(each) ?? -1);
        }
      }),
    );
  });

  it('tells an id from a text that has the same numbers', () => {
    // The numbers of a text are its hash and its length: here those of the id.
    const column = new IdColumn(5);
    column.push('a');
    const [hash, length] = column.numbers;
    const twin = [hash!, length!].map((number) => (number >>> 0).toString(16).padStart(8, '0')).join('');
    expect(indexOf(['a'], 1, 5).index.find(twin)).to.equal(-1);
    expect(indexOf([twin], 1, 5).index.find('a')).to.equal(-1);
    expect(indexOf([twin], 1, 5).index.findOf(column, 0)).to.equal(-1);
    expect(indexOf(['a', twin], 2, 5).said).to.deep.equal([-1, -1]);
  });

  it('finds all of many ids, also where it had no room for them', () => {
    const ids = manyIds(50_000);
    for (const room of [ids.length, 0]) {
      const { index } = indexOf(ids, room);
      expect(ids.every((each, place) => index.find(each) === place)).to.equal(true);
      expect(index.find('ffffffffffffffff')).to.equal(-1);
    }
  });

  it('leads no id to a row that was added without', () => {
    const column = new IdColumn();
    for (const each of ['', 'a', '']) column.push(each);
    const index = new IdIndex(column, new Uint32Array(0));
    expect([index.addUnfound(0), index.add(1), index.addUnfound(2)]).to.deep.equal([0, -1, 2]);
    expect([index.find(''), index.find('a')]).to.deep.equal([-1, 1]);
    expect([...index.rows.subarray(0, index.length)]).to.deep.equal([0, 1, 2]);
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
    const { index, said } = indexOf(ids);
    expect(said.every((place) => place === -1)).to.equal(true);
    expect(ids.every((each, place) => index.find(each) === place)).to.equal(true);
    expect(index.find(`${ids[0]!} `)).to.equal(-1);
  });
});
