import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree, type SpanTree } from '../model/span-tree.js';
import { errorsBefore, TreeRows, type RowFilter } from './tree-rows.js';

const anyTree = fc
  .array(fc.integer({ min: -1, max: 30 }), { maxLength: 30 })
  .map((parents) => parents.map((parent, node) => (parent < node ? parent : -1)))
  .map((parents) => spanTree(Int32Array.from(parents), new Float64Array(parents.length)));

function ancestorsOf(tree: SpanTree, position: number): number[] {
  const ancestors: number[] = [];
  for (let at = tree.parent[position]!; at >= 0; at = tree.parent[at]!) ancestors.push(at);
  return ancestors;
}

/** What `TreeRows` is to be equal to: a set of closed spans, and every span looked at every time. */
class NaiveRows {
  readonly closed = new Set<number>();
  readonly tree: SpanTree;

  constructor(tree: SpanTree) {
    this.tree = tree;
  }

  get positions(): number[] {
    return Array.from(this.tree.nodes.keys()).filter(
      (position) => !ancestorsOf(this.tree, position).some((ancestor) => this.closed.has(ancestor)),
    );
  }

  isInside(position: number, outer: number): boolean {
    return position === outer || ancestorsOf(this.tree, position).includes(outer);
  }
}

type Step = 'open' | 'close' | 'inside' | 'above' | 'all' | 'none';
const anyStep = fc.tuple(
  fc.constantFrom<Step>('close', 'close', 'close', 'open', 'inside', 'above', 'all', 'none'),
  fc.nat({ max: 29 }),
);

function act(rows: TreeRows, naive: NaiveRows, [step, position]: [Step, number]): void {
  const parents = Array.from(naive.tree.nodes.keys()).filter((at) => naive.tree.childCount[at]! > 0);
  switch (step) {
    case 'open':
      rows.toggle(position, true);
      naive.closed.delete(position);
      return;
    case 'close':
      rows.toggle(position, false);
      if (parents.includes(position)) naive.closed.add(position);
      return;
    case 'inside':
      rows.openInside(position);
      for (const at of parents) if (naive.isInside(at, position)) naive.closed.delete(at);
      return;
    case 'above':
      rows.openAbove(position);
      for (const at of ancestorsOf(naive.tree, position)) naive.closed.delete(at);
      return;
    case 'all':
      rows.openAll();
      naive.closed.clear();
      return;
    case 'none':
      rows.closeAll();
      for (const at of parents) naive.closed.add(at);
  }
}

/** Everything that can be asked of the rows, against the naive ones. */
function expectSame(rows: TreeRows, naive: NaiveRows): void {
  const { positions, tree } = naive;
  expect(Array.from({ length: rows.count }, (_, row) => rows.at(row))).to.deep.equal(positions);
  for (let position = 0; position < tree.nodes.length; position++) {
    expect(rows.rowOf(position)).to.equal(positions.indexOf(position));
    expect(rows.isClosed(position)).to.equal(naive.closed.has(position));
    const chain = [position, ...ancestorsOf(tree, position)];
    expect(rows.shown(position)).to.equal(chain.findLast((at) => naive.closed.has(at)) ?? position);
  }
}

describe('TreeRows', () => {
  it('are the spans that no closed one hides, after whatever was opened and closed', () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyStep, { maxLength: 12 }), (tree, steps) => {
        const rows = new TreeRows(tree);
        const naive = new NaiveRows(tree);
        expectSame(rows, naive);
        for (const [step, position] of steps) {
          if (position >= tree.nodes.length) continue;
          act(rows, naive, [step, position]);
          expectSame(rows, naive);
        }
      }),
    );
  });

  it('closes in another tree what was closed in the one before, where it is there', () => {
    fc.assert(
      fc.property(anyTree, fc.array(anyStep, { maxLength: 6 }), fc.nat({ max: 3 }), (tree, steps, lost) => {
        const before = new TreeRows(tree);
        const naive = new NaiveRows(tree);
        for (const step of steps) if (step[1] < tree.nodes.length) act(before, naive, step);
        const after = new TreeRows(tree);
        after.closeAs(before, (position) => (position === lost ? undefined : position));
        naive.closed.delete(lost);
        expectSame(after, naive);
      }),
    );
  });
});

const anyMatches = fc.uniqueArray(fc.nat({ max: 29 }));

function filterOf(tree: SpanTree, wanted: readonly number[]): RowFilter {
  const matches = new Uint8Array(tree.nodes.length);
  const ancestors = new Uint8Array(tree.nodes.length);
  for (const position of wanted) {
    if (position >= matches.length) continue;
    matches[position] = 1;
    for (const above of ancestorsOf(tree, position)) ancestors[above] = 1;
  }
  return { matches, ancestors };
}

/** The same, where only some spans and what they are inside of may have a row. */
class NaiveFilteredRows extends NaiveRows {
  readonly kept = new Set<number>();

  keep(positions: readonly number[]): void {
    for (const position of positions) {
      for (const at of [position, ...ancestorsOf(this.tree, position)]) this.kept.add(at);
    }
  }

  override get positions(): number[] {
    return super.positions.filter((position) => this.kept.has(position));
  }
}

describe('TreeRows with a filter', () => {
  const rowsIn = (rows: TreeRows): number[] => Array.from({ length: rows.count }, (_, row) => rows.at(row));

  it('are what it keeps and no closed one hides, however it changes, and come back as they were', () => {
    const filters = fc.array(fc.tuple(anyMatches, fc.array(anyStep, { maxLength: 4 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyTree, fc.array(anyStep, { maxLength: 6 }), filters, (tree, before, rounds) => {
        const isIn = ([, position]: [Step, number]): boolean => position < tree.nodes.length;
        const rows = new TreeRows(tree);
        const unfiltered = new NaiveRows(tree);
        for (const step of before.filter(isIn)) act(rows, unfiltered, step);
        const closed = new NaiveRows(tree).closed;
        for (const [wanted, steps] of rounds) {
          const filter = filterOf(tree, wanted);
          const naive = new NaiveFilteredRows(tree);
          for (const at of closed) naive.closed.add(at);
          naive.keep(wanted.filter((at) => at < tree.nodes.length));
          rows.filter(filter);
          expect(rowsIn(rows)).to.deep.equal(naive.positions);
          for (const step of steps.filter(isIn)) {
            const [kind, position] = step;
            // What holds nothing that is kept can be neither opened nor closed.
            if ((kind === 'open' || kind === 'close') && !rows.isParent(position)) continue;
            act(rows, naive, step);
            if (kind === 'above') naive.keep([position]);
            expect(rowsIn(rows)).to.deep.equal(naive.positions);
            for (const at of naive.tree.nodes.keys()) {
              expect(rows.rowOf(at)).to.equal(naive.positions.indexOf(at));
              const isParent = [...naive.kept].some((kept) => kept !== at && naive.isInside(kept, at));
              expect(rows.isParent(at)).to.equal(isParent);
              if (rows.count) expect(rows.rowOf(rows.shown(at))).to.be.at.least(0);
            }
          }
          closed.clear();
          for (const at of naive.closed) closed.add(at);
        }
        rows.filter(undefined);
        expectSame(rows, unfiltered);
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
