import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { TimeScale } from './time-scale.js';

describe('TimeScale', () => {
  it('places moments between its start and its end', () => {
    const scale = new TimeScale(100, 50);
    expect([100, 125, 150, 75].map((time) => scale.fraction(time))).to.deep.equal([0, 0.5, 1, -0.5]);
  });

  for (const duration of [0, NaN, -5]) {
    it(`has one tick, and one place, for a duration of ${duration}`, () => {
      const scale = new TimeScale(100, duration);
      expect(scale.duration).to.equal(0);
      expect(scale.fraction(170)).to.equal(0);
      expect(scale.ticks(8)).to.deep.equal([0]);
    });
  }

  for (const [duration, count, step] of [
    [1000, 5, 200],
    [980, 5, 200],
    [1000, 4, 250],
    [0.003, 6, 0.0005],
    [1e-9, 2, 5e-10],
    [12_000, 6, 2000],
    [240_000, 5, 60_000],
    [3_600_000, 6, 600_000],
    [7 * 86_400_000, 7, 86_400_000],
    [365 * 86_400_000, 5, 100 * 86_400_000],
  ] as const) {
    it(`steps by ${step} ms over ${duration} ms in about ${count} ticks`, () => {
      const ticks = new TimeScale(0, duration).ticks(count);
      expect(ticks[1]).to.be.closeTo(step, step * 1e-9);
      expect(ticks[0]).to.equal(0);
    });
  }

  it('never has many more ticks than wanted, nor any beyond its end, at any duration', () => {
    const anyDuration = fc.oneof(
      fc.double(),
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.constantFrom(1e-9, 1e15, 5e-324, 1e-320, 1.7e308, Infinity, NaN, 30_000, 86_400_000),
    );
    fc.assert(
      fc.property(anyDuration, fc.integer({ min: 0, max: 50 }), (duration, count) => {
        const scale = new TimeScale(0, duration);
        const ticks = scale.ticks(count);
        expect(ticks.length).to.be.within(1, Math.max(1, count) + 1);
        for (const tick of ticks) expect(tick).to.be.within(0, scale.duration);
        expect(new Set(ticks).size).to.equal(ticks.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('steps by round numbers: 1, 2, 2.5 or 5 of a power of ten, or of minutes and hours', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e11, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (duration, count) => {
          const step = new TimeScale(0, duration).ticks(count)[1];
          if (step === undefined) return;
          const unit = step >= 60_000 ? (step >= 86_400_000 ? 86_400_000 : 60_000) : 1;
          const digits = Number((step / unit).toExponential(6).split('e')[0]);
          expect(unit === 60_000 ? [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720] : [1, 2, 2.5, 5]).to.include(
            unit === 60_000 ? step / unit : digits,
          );
        },
      ),
    );
  });
});
