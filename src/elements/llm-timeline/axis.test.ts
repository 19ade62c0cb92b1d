import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ticksOf } from './axis.js';

describe('ticksOf()', () => {
  it('gives few ticks inside the range, that ascend and have names of their own', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        fc.double({ min: 1e-4, max: 1e8, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (start, length, count) => {
          const end = start + length;
          const ticks = ticksOf({ start, end }, count, 'en');
          expect(ticks.length).to.be.at.most(2 * count + 1);
          // As exact as a double is at such a size.
          const grain = 1e-9 + end * 2 ** -50;
          for (const [index, { at }] of ticks.entries()) {
            expect(at).to.be.within(start - grain, end + grain);
            if (index > 0) expect(at).to.be.greaterThan(ticks[index - 1]!.at);
          }
          expect(new Set(ticks.map(({ label }) => label)).size).to.equal(ticks.length);
        },
      ),
    );
  });

  it('is at round moments', () => {
    const labels = (start: number, end: number): string[] => ticksOf({ start, end }, 5, 'en').map(({ label }) => label);
    expect(labels(0, 1000)).to.deep.equal(['0', '200 ms', '400 ms', '600 ms', '800 ms', '1.00 s']);
    expect(labels(450, 1000)).to.deep.equal(['600 ms', '800 ms', '1.00 s']);
  });

  it('counts from the first tick where the names would be the same', () => {
    const ticks = ticksOf({ start: 3_600_000, end: 3_600_001 }, 5, 'en');
    expect(ticks.map(({ label }) => label)).to.deep.equal([
      '1 h 0 min',
      '+200 µs',
      '+400 µs',
      '+600 µs',
      '+800 µs',
      '+1.0 ms',
    ]);
  });
});
