import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { clamped, fitted, panned, reaching, wholeRange, zoomed, type TimeRange } from './flame-range.js';

const whole = fc.double({ min: 0, max: 1e9, noNaN: true }).map(wholeRange);
const any = fc.double({ min: -2e9, max: 2e9 });
const range = fc.tuple(whole, any, any).map(([all, start, end]) => ({ all, some: clamped({ start, end }, all) }));

const expectInside = ({ start, end }: TimeRange, all: TimeRange): void => {
  expect(start).to.be.at.least(all.start);
  expect(end).to.be.at.most(all.end + 1e-6);
  expect(end).to.be.greaterThan(start);
};

describe('flame-range', () => {
  it('never leaves the whole, and is never empty', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 1e-6, max: 1e6 }), any, ({ all, some }, factor, value) => {
        expectInside(some, all);
        expectInside(zoomed(some, factor, 0.3, all), all);
        expectInside(panned(some, value, all), all);
        expectInside(fitted({ start: value, end: value + 5 }, all), all);
        expectInside(reaching(some, { start: value, end: value + 5 }, all), all);
      }),
    );
  });

  it('keeps what is under the pointer where it is while zooming, away from the ends', () => {
    const all = wholeRange(1000);
    const after = zoomed({ start: 400, end: 600 }, 0.5, 0.25, all);
    expect(after).to.deep.equal({ start: 425, end: 525 });
  });

  it('stops at the ends of the whole, and at all of it', () => {
    const all = wholeRange(1000);
    expect(panned({ start: 800, end: 900 }, 5, all)).to.deep.equal({ start: 900, end: 1000 });
    expect(panned({ start: 100, end: 200 }, -5, all)).to.deep.equal({ start: 0, end: 100 });
    expect(zoomed({ start: 100, end: 200 }, 100, 0.5, all)).to.equal(all);
    expect(clamped({ start: NaN, end: 3 }, all)).to.equal(all);
    expect(clamped({ start: 5, end: Infinity }, all)).to.equal(all);
  });

  it('moves no further than it must to reach a span, and not at all where it is seen', () => {
    const all = wholeRange(1000);
    const seen = { start: 400, end: 600 };
    expect(reaching(seen, { start: 450, end: 500 }, all)).to.equal(seen);
    expect(reaching(seen, { start: 0, end: 1000 }, all)).to.equal(seen);
    expect(reaching(seen, { start: 700, end: 720 }, all)).to.deep.equal({ start: 530, end: 730 });
    expect(reaching(seen, { start: 300, end: 320 }, all)).to.deep.equal({ start: 290, end: 490 });
  });
});
