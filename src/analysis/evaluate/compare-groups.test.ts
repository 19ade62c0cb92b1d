import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { compareGroups, type GroupedScore } from './index.js';

/** A score of each item in each group. */
const scored = (groups: Readonly<Record<string, readonly (number | undefined)[]>>, name = 'quality'): GroupedScore[] =>
  Object.entries(groups).flatMap(([group, values]) =>
    values.flatMap((value, place) => (value === undefined ? [] : [{ name, group, item: `item ${place}`, value }])),
  );

const one = (groups: Readonly<Record<string, readonly (number | undefined)[]>>, options = {}) =>
  compareGroups(scored(groups), options)[0]!;

describe('compareGroups', () => {
  it('compares item by item: hard items do not blur a small difference', () => {
    const base = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6, 0.8, 0.3];
    const found = one({ a: base, b: base.map((value, place) => value - 0.1 - (place % 2) * 0.02) });
    expect(found).to.deep.include({
      name: 'quality',
      group: 'b',
      baseline: 'a',
      pairs: 8,
      unpaired: 0,
      isTooFew: false,
    });
    expect(found.baselineMean).to.be.closeTo(0.5, 1e-12);
    expect(found.difference).to.be.closeTo(-0.11, 1e-12);
    expect(found.mean).to.be.closeTo(0.39, 1e-12);
    // By hand: the differences are -0.1 and -0.12, four of each; their deviation is 0.01 · √(8/7).
    expect(found.effectSize).to.be.closeTo(-0.11 / (0.01 * Math.sqrt(8 / 7)), 1e-9);
    // All signs alike is two of 256 ways.
    expect(found.pValue).to.equal(2 / 256);
    expect(found.interval![0]).to.be.within(-0.12, -0.11);
    expect(found.interval![1]).to.be.within(-0.11, -0.1);
    expect(found.differences[0]!.difference).to.be.closeTo(-0.12, 1e-12);
  });

  it('says when there are too few to tell, and leaves out what has no partner', () => {
    const few = one({ a: [0, 0, 0, 0, 0], b: [1, 1, 1, 1, 1] });
    expect(few).to.deep.include({ pairs: 5, isTooFew: true, effectSize: undefined, pValue: 2 / 32 });
    expect(one({ a: [0, 0, 0, 0, 0, 0], b: [1, 1, 1, 1, 1, 1] }).isTooFew).to.equal(false);
    const odd = one({ a: [1, 2, undefined], b: [undefined, 4, 5] });
    expect(odd).to.deep.include({ pairs: 1, unpaired: 2, difference: 2, interval: undefined });
    const none = one({ a: [1, undefined], b: [undefined, 2] });
    expect(none).to.deep.include({
      pairs: 0,
      unpaired: 2,
      pValue: undefined,
      adjustedPValue: undefined,
      isTooFew: true,
    });
    expect(none.difference).to.be.NaN;
  });

  it('takes the mean of several answers to one prompt', () => {
    const twice = [...scored({ a: [0, 0], b: [1, 0] }), ...scored({ b: [0, 0] })];
    expect(compareGroups(twice)[0]!.difference).to.equal(0.25);
  });

  it('gives the same numbers for the same seed, and others for another', () => {
    const random = { a: Array.from({ length: 20 }, (_, place) => Math.sin(place)), b: Array.from({ length: 20 }, (_, place) => Math.cos(place * place)) }; // prettier-ignore
    expect(one(random)).to.deep.equal(one(random));
    expect(one(random, { seed: 2 }).interval).to.not.deep.equal(one(random, { seed: 3 }).interval);
  });

  it('adjusts p-values for how much was looked at', () => {
    const base = Array.from({ length: 10 }, (_, place) => place);
    const far = base.map((value) => value + 1 + value / 100);
    const near = base.map((value) => value + (value % 2 ? 1 : -1));
    const found = compareGroups([...scored({ a: base, b: far, c: near }), ...scored({ a: base, b: near }, 'length')]);
    expect(found.map(({ name, group }) => `${name} ${group}`)).to.deep.equal(['quality b', 'quality c', 'length b']);
    expect(found[0]!.adjustedPValue).to.equal(3 * found[0]!.pValue!);
    expect(found[1]!.adjustedPValue).to.equal(1);
  });

  it('compares with the group that is named', () => {
    expect(one({ a: [1, 2], b: [3, 4] }, { baseline: 'b' })).to.deep.include({ group: 'a', difference: -2 });
    expect(compareGroups(scored({ a: [1] }), { baseline: 'z' })).to.deep.equal([]);
  });

  it('holds for any scores: turned groups turn the difference, and chance is no more than certain', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 16 }); // prettier-ignore
    fc.assert(
      fc.property(values, (pairs) => {
        const there = one({ a: pairs.map(([value]) => value), b: pairs.map(([, value]) => value) }, { resamples: 200 });
        const back = one({ a: pairs.map(([, value]) => value), b: pairs.map(([value]) => value) }, { resamples: 200 });
        expect(there.difference).to.be.closeTo(-back.difference, 1e-9);
        expect(there.pValue).to.be.within(Number.MIN_VALUE, 1);
        expect(there.pValue).to.equal(back.pValue);
        expect(there.adjustedPValue).to.equal(there.pValue);
        const [low, high] = there.interval!;
        expect(low).to.be.at.most(high);
        const all = there.differences.map(({ difference }) => difference);
        expect(low).to.be.at.least(Math.min(...all) - 1e-9);
        expect(high).to.be.at.most(Math.max(...all) + 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('finds no difference where there is none, about as often as it says', () => {
    // Of 200 sets without a difference, some 10 are below 0.05 by chance.
    const sets = fc.sample(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }), { numRuns: 200, seed: 7 }); // prettier-ignore
    const turned = sets.map((differences, set) =>
      differences.map((value, place) => ((set + place) % 2 ? value : -value)),
    );
    const found = turned.map((values) => one({ a: values.map(() => 0), b: values }).pValue!);
    expect(found.filter((p) => p < 0.05).length).to.be.within(0, 20);
  });
});
