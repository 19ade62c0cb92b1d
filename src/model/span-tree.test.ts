import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree, type SpanTree } from './span-tree.js';

const treeOf = (parents: readonly number[], starts: readonly number[] = parents.map(() => 0)): SpanTree =>
  spanTree(Int32Array.from(parents), Float64Array.from(starts));

/** Any parents whatever, cycles and self-loops among them, and starts of which many are equal or unknown. */
const anyForest = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 40 }), fc.constantFrom(NaN, 0, 1, 2, 3, 4.5, -1)), { maxLength: 40 })
  .map((spans) => ({
    parents: spans.map(([parent]) => (parent < 0 || parent >= spans.length ? -1 : parent)),
    starts: spans.map(([, start]) => start),
  }));

const rank = (start: number): number => (Number.isNaN(start) ? Infinity : start);

/** The nodes of each cycle, found the slow way: walk up from every node and see whether it comes back. */
function cyclesOf(parents: readonly number[]): number[][] {
  const cycles = new Map<number, number[]>();
  for (let node = 0; node < parents.length; node++) {
    const walk: number[] = [];
    let above = parents[node]!;
    while (above >= 0 && above !== node && walk.length <= parents.length) {
      walk.push(above);
      above = parents[above]!;
    }
    if (above === node) cycles.set(Math.min(node, ...walk), [node, ...walk]);
  }
  return [...cycles.values()];
}

/** The same tree, written down recursively. */
function naiveTree(parents: readonly number[], starts: readonly number[]): Omit<SpanTree, 'cut'> & { cut: number[] } {
  const byStart = (a: number, b: number): number =>
    rank(starts[a]!) === rank(starts[b]!) ? a - b : rank(starts[a]!) - rank(starts[b]!);
  const cut = cyclesOf(parents).map((cycle) => [...cycle].sort(byStart)[0]!);
  const above = parents.map((parent, node) => (cut.includes(node) ? -1 : parent));
  const childrenOf = (node: number): number[] =>
    above.flatMap((parent, child) => (parent === node ? [child] : [])).sort(byStart);
  const rows: { node: number; parent: number; depth: number; sibling: number; children: number; size: number }[] = [];
  const visit = (node: number, parent: number, depth: number, sibling: number): void => {
    const position = rows.length;
    const children = childrenOf(node);
    rows.push({ node, parent, depth, sibling, children: children.length, size: 0 });
    children.forEach((child, index) => visit(child, position, depth + 1, index));
    rows[position]!.size = rows.length - position;
  };
  const roots = childrenOf(-1);
  roots.forEach((root, index) => visit(root, -1, 0, index));
  return {
    nodes: Uint32Array.from(rows, ({ node }) => node),
    parent: Int32Array.from(rows, ({ parent }) => parent),
    depth: Uint32Array.from(rows, ({ depth }) => depth),
    size: Uint32Array.from(rows, ({ size }) => size),
    childCount: Uint32Array.from(rows, ({ children }) => children),
    siblingIndex: Uint32Array.from(rows, ({ sibling }) => sibling),
    rootCount: roots.length,
    cut,
  };
}

describe('spanTree', () => {
  it('agrees with the same tree written down recursively, whatever the parents and starts', () => {
    fc.assert(
      fc.property(anyForest, ({ parents, starts }) => {
        const { cut, ...tree } = treeOf(parents, starts);
        const { cut: expectedCut, ...expected } = naiveTree(parents, starts);
        expect(tree).to.deep.equal(expected);
        expect([...cut]).to.have.members(expectedCut);
      }),
      { numRuns: 1000 },
    );
  });

  it('has every node once, parents before children', () => {
    fc.assert(
      fc.property(anyForest, ({ parents, starts }) => {
        const tree = treeOf(parents, starts);
        expect([...tree.nodes].sort((a, b) => a - b)).to.deep.equal(parents.map((_, node) => node));
        tree.parent.forEach((parent, position) => expect(parent).to.be.below(position));
      }),
    );
  });

  it('cuts every cycle once, at the span that starts first', () => {
    expect([...treeOf([1, 2, 0, 3, -1, 2], [5, 3, 4, 0, 0, 0]).cut].sort()).to.deep.equal([1, 3]);
    expect(treeOf([1, 0], [NaN, 7]).cut).to.deep.equal([1]);
  });

  it('puts siblings that start together, or have no start, in the order in which they came', () => {
    expect([...treeOf([-1, 0, 0, 0, 0], [0, NaN, 4, NaN, 4]).nodes]).to.deep.equal([0, 2, 4, 1, 3]);
  });

  it('takes no spans at all', () => {
    const tree = treeOf([]);
    expect(tree.nodes).to.have.length(0);
    expect(tree.rootCount).to.equal(0);
  });

  it('takes a chain of 10,000 spans, given from its end', () => {
    const length = 10_000;
    const tree = treeOf(Array.from({ length }, (_, node) => (node === length - 1 ? -1 : node + 1)));
    expect(tree.depth[length - 1]).to.equal(length - 1);
    expect(tree.nodes[0]).to.equal(length - 1);
    expect(tree.size[0]).to.equal(length);
  });

  it('takes a cycle of 10,000 spans', () => {
    const length = 10_000;
    const tree = treeOf(Array.from({ length }, (_, node) => (node + 1) % length));
    expect(tree.cut).to.deep.equal([0]);
    expect(tree.depth[length - 1]).to.equal(length - 1);
  });

  it('takes a parent of 50,000 children', () => {
    const count = 50_000;
    const parents = Array.from({ length: count + 1 }, (_, node) => (node === 0 ? -1 : 0));
    const tree = treeOf(
      parents,
      parents.map((_, node) => -node),
    );
    expect(tree.childCount[0]).to.equal(count);
    expect(tree.nodes[1]).to.equal(count);
    expect(tree.siblingIndex[count]).to.equal(count - 1);
  });
});
