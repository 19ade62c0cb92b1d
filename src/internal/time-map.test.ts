import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { traceOf, type SpanSketch } from '../elements/test-support.js';
import { IDLE_SHARE, idleStretches, timeMapOf, type TimeScaleName } from './time-map.js';
import { mappedTicks, TimeScale } from './time-scale.js';

const anySpans = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 2000 }),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    parent: fc.integer({ min: -1, max: 11 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const anyTrace = anySpans.map((spans) =>
  spans.map(({ start, length, parent }, at): SpanSketch => {
    const sketch = { id: `s${at}`, start, end: start + length };
    return parent >= 0 && parent < at ? { ...sketch, parent: `s${parent}` } : sketch;
  }),
);
const anyScale = fc.constantFrom<TimeScaleName>('compact', 'sequence');

describe('TimeMap', () => {
  it('keeps the order of moments, has an inverse, and is as long as the trace', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTrace,
        anyScale,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 }),
        async (spans, scale, shares) => {
          const trace = await traceOf(...spans);
          const { duration } = trace;
          const map = timeMapOf(trace, scale);
          if (!map) return;
          const moments = shares.map((share) => share * duration * 1.2).sort((one, other) => one - other);
          const places = moments.map((moment) => map.placeOf(moment));
          places.forEach((place, at) => {
            if (at > 0) expect(place).to.be.at.least(places[at - 1]!);
            expect(map.momentAt(place)).to.be.closeTo(moments[at]!, 1e-6 * duration);
          });
          expect(map.placeOf(0)).to.equal(0);
          expect(map.placeOf(duration)).to.be.closeTo(duration, 1e-9 * duration);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds exactly the long stretches in which no span without children runs', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrace, async (spans) => {
        const trace = await traceOf(...spans);
        const isLeaf = (id: string): boolean => spans.every(({ parent }) => parent !== id);
        const first = Math.min(...spans.map(({ start }) => start!));
        const leaves = spans.filter(({ id }) => isLeaf(id)).map(({ start, end }) => [start! - first, end! - first]);
        const isBusy = (moment: number): boolean => leaves.some(([from, to]) => moment > from! && moment < to!);
        const edges = [...new Set([0, trace.duration, ...leaves.flat()])].sort((one, other) => one! - other!);
        const naive: { start: number; end: number }[] = [];
        for (let at = 0; at + 1 < edges.length; at++) {
          const [start, end] = [edges[at]!, edges[at + 1]!];
          if (!isBusy((start + end) / 2) && end - start > trace.duration * IDLE_SHARE) naive.push({ start, end });
        }
        const found = idleStretches(trace).map(({ start, end }) => ({
          start: Math.round(start),
          end: Math.round(end),
        }));
        expect(found).to.deep.equal(naive);
      }),
      { numRuns: 100 },
    );
  });

  it('draws an order with equal steps', async () => {
    const trace = await traceOf({ id: 'a', start: 0, end: 1000 }, { id: 'b', parent: 'a', start: 1, end: 3 });
    const map = timeMapOf(trace, 'sequence')!;
    expect([0, 1, 3, 1000].map((moment) => map.placeOf(moment) / 1000)).to.deep.equal([0, 1 / 3, 2 / 3, 1]);
    expect(map.breaks).to.deep.equal([]);
  });

  it('draws what is busy to scale, and gives the room of what is idle to it', async () => {
    const trace = await traceOf(
      { id: 'root', start: 0, end: 10_000 },
      { id: 'a', parent: 'root', start: 0, end: 100 },
      { id: 'b', parent: 'root', start: 9800, end: 10_000 },
    );
    const map = timeMapOf(trace, 'compact')!;
    expect(map.breaks).to.deep.equal([{ start: 100, end: 9800 }]);
    const [a, idle, b] = [map.placeOf(100), map.placeOf(9800) - map.placeOf(100), 10_000 - map.placeOf(9800)];
    expect(b / a).to.be.closeTo(2, 1e-9);
    expect(idle / 10_000).to.be.closeTo(0.025, 1e-9);
  });

  it('is none where nothing would be another', async () => {
    const trace = await traceOf({ id: 'a', start: 0, end: 10 });
    for (const scale of ['time', 'compact', 'sequence', 'nonsense'] as TimeScaleName[]) {
      expect(timeMapOf(trace, scale)).to.equal(undefined);
    }
    const momentary = await traceOf({ id: 'a', start: 0, end: 0 });
    expect(timeMapOf(momentary, 'compact')).to.equal(undefined);
    expect(timeMapOf(momentary, 'sequence')).to.equal(undefined);
  });

  it('has ticks that are few, ascending, apart, and in no stretch that is cut short', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrace, anyScale, fc.integer({ min: 1, max: 12 }), async (spans, scale, count) => {
        const trace = await traceOf(...spans);
        const map = timeMapOf(trace, scale);
        if (!map) return;
        const ticks = mappedTicks(map, 0, trace.duration, count);
        expect(ticks.length).to.be.within(0, 2 * count + 2);
        ticks.forEach((tick, at) => {
          if (at > 0) expect(map.placeOf(tick)).to.be.above(map.placeOf(ticks[at - 1]!));
          expect(map.breaks.some(({ start, end }) => tick > start + 1e-9 && tick < end - 1e-9)).to.equal(false);
        });
        const axis = new TimeScale(trace.startTime, trace.duration, map);
        expect(axis.fraction(trace.startTime + trace.duration)).to.equal(1);
      }),
      { numRuns: 100 },
    );
  });
});
