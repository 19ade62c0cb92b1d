import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree } from '../model/span-tree.js';
import { entryOf } from './flame-lanes.js';
import { icicleLayout } from './icicle-layout.js';

const anySpans = fc
  .array(fc.tuple(fc.integer({ min: -1, max: 30 }), fc.oneof(fc.constant(NaN), fc.nat({ max: 50 }))), { maxLength: 30 })
  .map((spans) => {
    const tree = spanTree(
      Int32Array.from(spans, ([parent], at) => (parent < at ? parent : -1)),
      new Float64Array(spans.length),
    );
    return { tree, durations: Float64Array.from(tree.nodes, (node) => spans[node]![1]) };
  });

describe('icicleLayout()', () => {
  it('puts every span below and inside its parent, beside its siblings, and as wide as it or what is in it took', () => {
    fc.assert(
      fc.property(anySpans, ({ tree, durations }) => {
        const layout = icicleLayout({ durations, parent: tree.parent });
        const drawn = Array.from(durations.keys()).filter((position) => !Number.isNaN(durations[position]!));
        expect(Array.from(layout.positions).sort((one, other) => one - other)).to.deep.equal(drawn);
        const box = (position: number): { start: number; end: number } => {
          const entry = entryOf(layout, position);
          return { start: layout.starts[entry]!, end: layout.ends[entry]! };
        };
        for (const position of drawn) {
          const { start, end } = box(position);
          let above = tree.parent[position]!;
          while (above >= 0 && Number.isNaN(durations[above]!)) above = tree.parent[above]!;
          const around = above < 0 ? { start: 0, end: Infinity } : box(above);
          expect(layout.lanes[position]).to.equal(above < 0 ? 0 : layout.lanes[above]! + 1);
          expect(start).to.be.at.least(around.start);
          expect(end).to.be.at.most(around.end);
          expect(end - start).to.be.at.least(durations[position]!);
          const own = durations[position]!;
          const inside = drawn.filter((at) => {
            let up = tree.parent[at]!;
            while (up >= 0 && up !== position && Number.isNaN(durations[up]!)) up = tree.parent[up]!;
            return up === position;
          });
          const together = inside.reduce((sum, at) => sum + box(at).end - box(at).start, 0);
          expect(end - start).to.equal(Math.max(own, together));
        }
        for (let lane = 0; lane < layout.laneCount; lane++) {
          for (let entry = layout.first[lane]! + 1; entry < layout.first[lane + 1]!; entry++) {
            expect(layout.starts[entry]).to.be.at.least(layout.ends[entry - 1]!);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
