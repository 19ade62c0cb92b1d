import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { CallGraph } from '../../analysis/index.js';
import { LABEL_SIZE, layOut, NODE_SIZE, shapeOf, START_SIZE } from './graph-layout.js';
import { busiestPart } from './graph-part.js';

const figures = { errors: 0, duration: undefined };

/** A graph with so many nodes and the given edges: caller (-1 for the outside), callee, calls. */
function graphOf(count: number, ...edges: readonly (readonly [number, number, number])[]): CallGraph {
  const callsOf = (index: number): number =>
    edges.filter(([, to]) => to === index).reduce((sum, [, , calls]) => sum + calls, 0);
  return {
    nodes: Array.from({ length: count }, (_, index) => ({
      index,
      kind: 'tool',
      name: `node ${index}`,
      calls: callsOf(index),
      ...figures,
    })),
    edges: edges.map(([from, to, calls], index) => ({
      index,
      from: from < 0 ? undefined : from,
      to,
      calls,
      ...figures,
    })),
    steps: [],
  };
}

const anyGraph = fc
  .integer({ min: 1, max: 14 })
  .chain((count) =>
    fc
      .uniqueArray(
        fc.tuple(
          fc.integer({ min: -1, max: count - 1 }),
          fc.integer({ min: 0, max: count - 1 }),
          fc.integer({ min: 1, max: 9 }),
        ),
        { maxLength: 24, selector: ([from, to]) => `${from}>${to}` },
      )
      .map((edges) => graphOf(count, ...edges)),
  );

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const overlap = (one: Box, other: Box): boolean =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 - 0.01 &&
  Math.abs(one.y - other.y) < (one.height + other.height) / 2 - 0.01;

describe('graph layout', () => {
  it('lays no node and no label over another, in circles and to itself too, and all inside', () =>
    fc.assert(
      fc.asyncProperty(anyGraph, async (graph) => {
        const part = busiestPart(graph, 100, 100);
        const layout = await layOut(part);
        const boxes: Box[] = [
          ...Array.from(layout.nodes.values(), (place) => ({ ...place, ...NODE_SIZE })),
          ...Array.from(layout.edges.values(), ({ label }) => ({ ...label, ...LABEL_SIZE })),
          ...(layout.start ? [{ ...layout.start, width: START_SIZE, height: START_SIZE }] : []),
        ];
        expect(layout.nodes.size).to.equal(part.nodes.length);
        expect(layout.edges.size).to.equal(part.edges.length);
        for (const [index, box] of boxes.entries()) {
          expect(box.x - box.width / 2, 'left').to.be.at.least(0);
          expect(box.y - box.height / 2, 'top').to.be.at.least(0);
          expect(box.x + box.width / 2, 'right').to.be.at.most(layout.width);
          expect(box.y + box.height / 2, 'bottom').to.be.at.most(layout.height);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).to.equal(false);
        }
        for (const { line, head } of layout.edges.values()) expect(line + head).to.match(/^[MQLZ\d .e-]+$/);
      }),
      { numRuns: 60 },
    ));

  it('has callers left of what they call', async () => {
    const { nodes, start } = await layOut(busiestPart(graphOf(3, [-1, 0, 1], [0, 1, 1], [1, 2, 1]), 9, 9));
    const across = [start!.x, ...[0, 1, 2].map((index) => nodes.get(index)!.x)];
    expect(across).to.deep.equal(across.toSorted((one, other) => one - other));
  });

  it('is as good for another graph of the same shape, and told from one of another', () => {
    const shape = (calls: number, to: number): string => shapeOf(busiestPart(graphOf(3, [-1, to, calls]), 9, 9));
    expect(shape(1, 2)).to.equal(shape(7, 2));
    expect(shape(1, 2)).not.to.equal(shape(1, 1));
  });
});

describe('the busiest part of a graph', () => {
  it('is all of a small one', () => {
    const graph = graphOf(2, [-1, 0, 1], [0, 1, 5]);
    const part = busiestPart(graph, 2, 2);
    expect([part.nodes, part.edges]).to.deep.equal([graph.nodes, graph.edges]);
    expect([part.nodesLeftOut, part.edgesLeftOut]).to.deep.equal([0, 0]);
  });

  it('keeps who is called often, and who calls often', () => {
    const tools = Array.from({ length: 50 }, (_, index) => [0, index + 1, index === 30 ? 9 : 1] as const);
    const part = busiestPart(graphOf(51, [-1, 0, 1], ...tools), 2, 10);
    expect(part.nodes.map(({ index }) => index)).to.deep.equal([0, 31]);
    expect(part.edges.map(({ from, to }) => [from, to])).to.deep.equal([
      [undefined, 0],
      [0, 31],
    ]);
    expect([part.nodesLeftOut, part.edgesLeftOut]).to.deep.equal([49, 49]);
  });

  it('leaves no node alone that is called by another', () => {
    const graph = graphOf(4, [-1, 0, 1], [0, 1, 90], [1, 0, 80], [1, 1, 70], [0, 2, 1], [2, 3, 1]);
    expect(busiestPart(graph, 4, 4).edges.map(({ index }) => index)).to.deep.equal([1, 2, 4, 5]);
  });

  it('never names an edge without its nodes', () =>
    fc.assert(
      fc.property(anyGraph, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (graph, nodes, edges) => {
        const part = busiestPart(graph, nodes, edges);
        const kept = new Set(part.nodes.map(({ index }) => index));
        expect(part.nodes.length).to.equal(Math.min(nodes, graph.nodes.length));
        expect(part.edges.length).to.be.at.most(edges);
        for (const { from, to } of part.edges) {
          expect(kept.has(to) && (from === undefined || kept.has(from))).to.equal(true);
        }
        expect(part.nodesLeftOut + part.nodes.length).to.equal(graph.nodes.length);
        expect(part.edgesLeftOut + part.edges.length).to.equal(graph.edges.length);
      }),
    ));
});
