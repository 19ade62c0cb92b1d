import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree } from '../model/span-tree.js';
import { stickyRows } from './sticky-rows.js';
import { TreeRows } from './tree-rows.js';

const rowsOf = (...parents: number[]): TreeRows =>
  new TreeRows(spanTree(Int32Array.from(parents), new Float64Array(parents.length)));

/** 0 > 1 > 2, 3, 4; then 5 beside 1, and 6 beside 0. */
const rows = rowsOf(-1, 0, 1, 1, 1, 0, -1);

describe('stickyRows', () => {
  it('are none at the beginning', () => {
    expect(stickyRows(rows, 0, false, 5)).to.deep.equal({ positions: [], isPushed: false });
  });

  it('are the first row itself as soon as a part of it is away, and what it is inside of', () => {
    expect(stickyRows(rows, 0, true, 5).positions).to.deep.equal([0, 1]);
    expect(stickyRows(rows, 1, false, 5).positions).to.deep.equal([0, 1]);
    expect(stickyRows(rows, 2, false, 5)).to.deep.equal({ positions: [0, 1], isPushed: false });
  });

  it('are pushed away by what comes after them', () => {
    expect(stickyRows(rows, 3, true, 5)).to.deep.equal({ positions: [0, 1], isPushed: true });
    expect(stickyRows(rows, 5, true, 5)).to.deep.equal({ positions: [0], isPushed: true });
    expect(stickyRows(rows, 6, false, 5)).to.deep.equal({ positions: [], isPushed: false });
  });

  it('leave out closed spans: nothing of them is in sight', () => {
    const closed = rowsOf(-1, 0, 1, 1, 1, 0, -1);
    closed.toggle(1, false);
    expect(stickyRows(closed, 1, true, 5).positions).to.deep.equal([0]);
  });

  it('are the innermost, where there are more than may be', () => {
    const deep = rowsOf(...Array.from({ length: 30 }, (_, at) => at - 1));
    expect(stickyRows(deep, 20, false, 3).positions).to.deep.equal([20, 21, 22]);
    expect(stickyRows(deep, 20, false, 0).positions).to.deep.equal([]);
  });

  it('are no row that is in sight below them', () => {
    expect(stickyRows(rowsOf(-1, 0, 0, 0, 0, 4), 3, true, 1).positions).to.deep.equal([0]);
  });

  it('are ancestors of one another and of what is left in sight, few enough, and end where the rows do', () => {
    const anyRows = fc
      .array(fc.integer({ min: -1, max: 40 }), { minLength: 1, maxLength: 40 })
      .map((parents) => rowsOf(...parents.map((parent, node) => (parent < node ? parent : -1))));
    fc.assert(
      fc.property(anyRows, fc.nat(), fc.boolean(), fc.nat({ max: 6 }), (list, at, isCut, most) => {
        const first = at % list.count;
        const { positions } = stickyRows(list, first, isCut, most);
        expect(positions.length).to.be.at.most(most);
        positions.forEach((position, index) => {
          if (index > 0) expect(list.tree.parent[position]).to.equal(positions[index - 1]);
          // It stands where its own row is, or below: nothing is shown twice.
          expect(list.rowOf(position)).to.be.at.most(first + index);
          expect(list.isParent(position)).to.equal(true);
        });
        const innermost = positions.at(-1);
        if (innermost === undefined) return;
        // The last row that they lie on, or the one below them, is inside of the innermost.
        const end = innermost + list.tree.size[innermost]!;
        const under = [first + positions.length - 1, first + positions.length].map((row) => list.at(row));
        expect(under.some((position) => position >= innermost && position < end)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });
});
