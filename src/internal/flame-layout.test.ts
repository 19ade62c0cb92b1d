import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { spanTree } from '../model/span-tree.js';
import { flameLayout, type FlameLayout, type FlameSpans } from './flame-layout.js';

interface Sketch {
  /** Position of the parent among those before, as a share of them; below 0 for a root. */
  parent: number;
  start: number;
  length: number;
}

/** Few moments, so that spans touch, coincide and stand on their heads; children may be outside their parents. */
const sketches = fc.array(
  fc.record({
    parent: fc.double({ min: -0.2, max: 0.999, noNaN: true }),
    start: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    ),
    length: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }) },
      { weight: 1, arbitrary: fc.constant(Infinity) },
    ),
  }),
  { maxLength: 60 },
);

export function spansOf(sketch: readonly Sketch[]): FlameSpans {
  const parents = Int32Array.from(sketch, ({ parent }, at) => (parent < 0 || at === 0 ? -1 : Math.floor(parent * at)));
  const starts = Float64Array.from(sketch, ({ start }) => start);
  const tree = spanTree(parents, starts);
  const ordered = Float64Array.from(tree.nodes, (node) => starts[node]!);
  return {
    starts: ordered,
    ends: Float64Array.from(tree.nodes, (node, position) => ordered[position]! + sketch[node]!.length),
    parent: tree.parent,
    size: tree.size,
  };
}

const entriesOf = ({ first }: FlameLayout, lane: number): number[] =>
  Array.from({ length: first[lane + 1]! - first[lane]! }, (_, at) => first[lane]! + at);

describe('flameLayout()', () => {
  it('draws every span that has times, once', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const spans = spansOf(sketch);
        const layout = flameLayout(spans);
        const drawn = [...spans.starts.keys()].filter((position) => !Number.isNaN(spans.starts[position]!));
        expect([...layout.positions].sort((a, b) => a - b)).to.deep.equal(drawn);
      }),
    );
  });

  it('lets no two spans of a lane overlap, and keeps them in the order of time', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const layout = flameLayout(spansOf(sketch));
        for (let lane = 0; lane < layout.laneCount; lane++) {
          const entries = entriesOf(layout, lane);
          expect(entries).not.to.have.length(0);
          for (const entry of entries) {
            expect(layout.lanes[layout.positions[entry]!]).to.equal(lane);
            if (entry > entries[0]!) expect(layout.starts[entry]).to.be.at.least(layout.ends[entry - 1]!);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('puts every span below its parent', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const spans = spansOf(sketch);
        const { lanes } = flameLayout(spans);
        for (const [position, above] of spans.parent.entries()) {
          if (above >= 0 && !Number.isNaN(spans.starts[position]! + spans.starts[above]!)) {
            expect(lanes[position]).to.be.greaterThan(lanes[above]!);
          }
        }
      }),
    );
  });

  it('takes the lanes of the depth where nothing overlaps', () => {
    // Two calls, one after the other, each with a step inside that ends with it.
    const spans = spansOf([
      { parent: -1, start: 0, length: 20 },
      { parent: 0, start: 0, length: 10 },
      { parent: 0, start: 10, length: 10 },
      { parent: 0.4, start: 4, length: 6 },
      { parent: 0.5, start: 10, length: 3 },
    ]);
    const { lanes, laneCount } = flameLayout(spans);
    expect(laneCount).to.equal(3);
    expect([...lanes]).to.deep.equal([0, 1, 2, 1, 2]);
  });

  it('moves a concurrent sibling below everything that is in the first one, and uses free room again', () => {
    const spans = spansOf([
      { parent: -1, start: 0, length: 30 },
      { parent: 0, start: 0, length: 10 },
      { parent: 0.5, start: 2, length: 5 },
      { parent: 0, start: 5, length: 10 },
      { parent: 0, start: 11, length: 4 },
      { parent: 0, start: 20, length: 4 },
    ]);
    // In tree order: root, first, its step, the concurrent one, one that begins when the first is over, a late one.
    expect([...flameLayout(spans).lanes]).to.deep.equal([0, 1, 2, 3, 1, 1]);
  });

  it('lets a sibling that begins a little early go below no more than what is in its way', () => {
    // The first holds three levels early on; of them, only itself reaches into the second one.
    const spans = spansOf([
      { parent: -1, start: 0, length: 10 },
      { parent: 0.9, start: 0, length: 6 },
      { parent: 0.9, start: 1, length: 4 },
      { parent: -1, start: 9, length: 10 },
    ]);
    expect([...flameLayout(spans).lanes]).to.deep.equal([0, 1, 2, 1]);
  });

  it('uses the room of a hundred concurrent spans again and again', () => {
    const spans = spansOf(Array.from({ length: 5000 }, (_, at) => ({ parent: -1, start: at, length: 100 })));
    expect(flameLayout(spans).laneCount).to.equal(100);
  });

  it('shows each of several that begin at one moment and take no time', () => {
    const before = { parent: -1, start: 0, length: 7 };
    const spans = spansOf([before, ...Array.from({ length: 4 }, () => ({ parent: -1, start: 7, length: 0 }))]);
    expect([...flameLayout(spans).lanes]).to.deep.equal([0, 0, 1, 2, 3]);
  });

  it('is not slowed or broken by 20,000 at once, nor by a chain of 20,000', () => {
    const count = 20_000;
    const flat = spansOf(Array.from({ length: count }, (_, at) => ({ parent: -1, start: at, length: count })));
    expect(flameLayout(flat).laneCount).to.equal(count);
    const chain: FlameSpans = {
      starts: new Float64Array(count),
      ends: new Float64Array(count).fill(1),
      parent: Int32Array.from({ length: count }, (_, at) => at - 1),
      size: Uint32Array.from({ length: count }, (_, at) => count - at),
    };
    expect(flameLayout(chain).laneCount).to.equal(count);
  });

  it('draws nothing where there is nothing', () => {
    expect(flameLayout(spansOf([])).laneCount).to.equal(0);
    expect(flameLayout(spansOf([{ parent: -1, start: NaN, length: 1 }])).laneCount).to.equal(0);
  });
});
