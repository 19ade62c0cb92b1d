import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree, type SpanTree } from '../model/span-tree.js';
import { errorsBefore, parentsOf, rowOf, visibleRows } from './tree-rows.js';

const anyTree = fc
  .array(fc.integer({ min: -1, max: 30 }), { maxLength: 30 })
  .map((parents) => parents.map((parent, node) => (parent < node ? parent : -1)))
  .map((parents) => spanTree(Int32Array.from(parents), new Float64Array(parents.length)));

function ancestorsOf(tree: SpanTree, position: number): number[] {
  const ancestors: number[] = [];
  for (let at = tree.parent[position]!; at >= 0; at = tree.parent[at]!) ancestors.push(at);
  return ancestors;
}

describe('visibleRows', () => {
  it('are the spans that have no collapsed ancestor, in tree order', () => {
    fc.assert(
      fc.property(anyTree, fc.uniqueArray(fc.nat({ max: 30 })), (tree, positions) => {
        const collapsed = new Set(positions);
        const shown = Array.from(tree.nodes.keys()).filter(
          (position) => !ancestorsOf(tree, position).some((ancestor) => collapsed.has(ancestor)),
        );
        expect([...visibleRows(tree, collapsed)]).to.deep.equal(shown);
      }),
    );
  });
});

describe('rowOf', () => {
  it('finds each row, and -1 for what is not shown', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 40 })), (positions) => {
        const rows = Uint32Array.from(positions).sort();
        for (let position = 0; position <= 41; position++)
          expect(rowOf(rows, position)).to.equal(rows.indexOf(position));
      }),
    );
  });
});

describe('parentsOf', () => {
  it('are the positions that others name as theirs', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const parents = [...new Set(tree.parent)].filter((parent) => parent >= 0);
        expect([...parentsOf(tree)]).to.have.members(parents);
      }),
    );
  });
});

describe('errorsBefore', () => {
  it('gives the errors of a subtree as a difference', () => {
    fc.assert(
      fc.property(anyTree, fc.uniqueArray(fc.nat({ max: 30 })), (tree, errors) => {
        const before = errorsBefore(tree, (position) => errors.includes(position));
        tree.nodes.forEach((_, position) => {
          const within = errors.filter((error) => error >= position && error < position + tree.size[position]!);
          expect(before[position + tree.size[position]!]! - before[position]!).to.equal(within.length);
        });
      }),
    );
  });
});
