import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { PathSegment } from '../../analysis/index.js';
import { TimeScale } from '../../internal/time-scale.js';
import { stretchesImage } from './critical-stretches.js';

const drawn = (stretches: readonly (readonly [start: number, end: number])[], duration: number): [number, number][] => {
  const segments = stretches.map(([start, end]) => ({ start, end }) as PathSegment);
  const image = stretchesImage(segments, new TimeScale(5000, duration));
  return Array.from(image.matchAll(/currentColor ([\d.]+)% ([\d.]+)%/g), ([, from, to]) => [Number(from), Number(to)]);
};

describe('stretchesImage', () => {
  it('draws each where it is, in percent of the trace', () => {
    expect(drawn([[0, 100], [900, 1000]], 1000)).to.deep.equal([[0, 10], [90, 100]]); // prettier-ignore
  });

  it('draws very short ones so that they can be seen', () => {
    expect(drawn([[500, 500.001]], 1000)).to.deep.equal([[50, 50.15]]);
  });

  it('draws a bounded number of stretches in order, and leaves none out', () => {
    const times = fc
      .uniqueArray(fc.nat(100_000), { maxLength: 3000 })
      .map((all) => all.sort((one, other) => one - other));
    fc.assert(
      fc.property(times, (all) => {
        const stretches = Array.from({ length: all.length >> 1 }, (_, at) => [all[2 * at]!, all[2 * at + 1]!] as const);
        const result = drawn(stretches, 100_000);
        expect(result.length).to.be.at.most(400);
        for (let at = 1; at < result.length; at++) expect(result[at]![0]).to.be.at.least(result[at - 1]![1]);
        for (const [start, end] of stretches) {
          const covers = ([from, to]: [number, number]): boolean =>
            from <= start / 1000 + 1e-3 && to >= end / 1000 - 1e-3;
          expect(result.some(covers), `${start}–${end}`).to.equal(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
