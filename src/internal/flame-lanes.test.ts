import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { entryAt, entryNear, hasBetween, rectanglesOf, type Columns } from './flame-lanes.js';
import type { FlameLayout } from './flame-layout.js';

interface Rectangle {
  left: number;
  right: number;
  first: number;
  end: number;
}

/** One lane between two others, of spans with gaps before them. Sixteenths: they are exact. */
const lanes = fc
  .array(fc.record({ gap: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 40,
  })
  .map((items): FlameLayout => {
    const starts = [-5];
    const ends = [500];
    let at = -3;
    for (const { gap, length } of items) {
      starts.push((at += gap / 16));
      ends.push((at += length / 16));
    }
    const laneEnd = starts.length;
    starts.push(-5);
    ends.push(500);
    return {
      laneCount: 3,
      first: Uint32Array.of(0, 1, laneEnd, laneEnd + 1),
      positions: Uint32Array.from(starts.keys()),
      starts: Float64Array.from(starts),
      ends: Float64Array.from(ends),
      lanes: new Uint32Array(starts.length),
    };
  });

const columns = fc.record({
  from: fc.integer({ min: -4, max: 40 }),
  perColumn: fc.constantFrom(1 / 16, 0.25, 0.5, 1, 2, 8, 64),
  count: fc.integer({ min: 1, max: 50 }),
});

function rectangles(layout: FlameLayout, where: Columns): Rectangle[] {
  const all: Rectangle[] = [];
  rectanglesOf(layout, 1, where, (left, right, first, end) => all.push({ left, right, first, end }));
  return all;
}

/** Entries of the middle lane. */
const entriesOf = ({ first }: FlameLayout): number[] =>
  Array.from({ length: first[2]! - first[1]! }, (_, at) => first[1]! + at);

describe('rectanglesOf()', () => {
  it('gives rectangles from left to right, inside the width, at most one a column', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, where) => {
        let free = 0;
        for (const { left, right, first, end } of rectangles(layout, where)) {
          expect(left).to.be.at.least(free);
          expect(right).to.be.greaterThan(left);
          expect(end).to.be.greaterThan(first);
          free = right;
        }
        expect(free).to.be.at.most(where.count);
      }),
    );
  });

  it('covers the column in which each span begins, and every column that it fills', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, where) => {
        const all = rectangles(layout, where);
        const isCovered = (column: number): boolean => all.some(({ left, right }) => column >= left && column < right);
        for (const entry of entriesOf(layout)) {
          const from = (layout.starts[entry]! - where.from) / where.perColumn;
          const to = (layout.ends[entry]! - where.from) / where.perColumn;
          for (let column = 0; column < where.count; column++) {
            const isBegun = Math.floor(from) === column;
            const isFilled = from <= column && to >= column + 1;
            if (isBegun || isFilled) expect(isCovered(column), `column ${column} of entry ${entry}`).to.equal(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('covers no column that no span reaches', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, where) => {
        for (const { left, right } of rectangles(layout, where)) {
          for (let column = left; column < right; column++) {
            const from = where.from + column * where.perColumn;
            const isReached = entriesOf(layout).some(
              (entry) => layout.starts[entry]! < from + where.perColumn && layout.ends[entry]! >= from,
            );
            expect(isReached).to.equal(true);
          }
        }
      }),
    );
  });

  it('stands for every span that begins in the range', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, where) => {
        const all = rectangles(layout, where);
        for (const entry of entriesOf(layout)) {
          const start = layout.starts[entry]!;
          if (start < where.from || start >= where.from + where.perColumn * where.count) continue;
          expect(all.some(({ first, end }) => entry >= first && entry < end)).to.equal(true);
        }
      }),
    );
  });
});

describe('entryAt()', () => {
  it('names the span that is drawn, as a scan of all of them does', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, where) => {
        for (const { left, right, first } of rectangles(layout, where)) {
          for (let column = left; column < right; column++) {
            const from = where.from + column * where.perColumn;
            const found = entryAt(layout, 1, from, from + where.perColumn);
            expect(found, `column ${column}`).to.equal(first);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names none where no span reaches, nor in a lane that is not there', () => {
    fc.assert(
      fc.property(lanes, columns, (layout, { from, perColumn }) => {
        const isReached = entriesOf(layout).some(
          (entry) => layout.starts[entry]! < from + perColumn && layout.ends[entry]! >= from,
        );
        if (!isReached) expect(entryAt(layout, 1, from, from + perColumn)).to.equal(-1);
        expect(entryAt(layout, -1, from, from + 1)).to.equal(-1);
        expect(entryAt(layout, 3, from, from + 1)).to.equal(-1);
      }),
    );
  });
});

describe('entryNear()', () => {
  it('names one that is nearest, as a scan of all of them does', () => {
    fc.assert(
      fc.property(lanes, fc.integer({ min: -100, max: 900 }), fc.constantFrom(0, 0.5, 4), (layout, at, distance) => {
        const moment = at / 16;
        const away = (entry: number): number =>
          Math.max(0, layout.starts[entry]! - moment, moment - layout.ends[entry]!);
        const least = Math.min(Infinity, ...entriesOf(layout).map(away));
        const found = entryNear(layout, 1, moment, distance);
        expect(found >= 0).to.equal(least <= distance);
        if (found >= 0) expect(away(found)).to.equal(least);
      }),
    );
  });
});

describe('hasBetween()', () => {
  it('tells what a scan tells', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.nat(50), fc.nat(20), (numbers, first, length) => {
        const sorted = Uint32Array.from(numbers).sort();
        const isThere = numbers.some((number) => number >= first && number < first + length);
        expect(hasBetween(sorted, first, first + length)).to.equal(isThere);
      }),
    );
  });
});
