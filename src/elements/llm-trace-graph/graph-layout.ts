import type { GraphPart } from './graph-part.js';

/** CSS pixels of a node. Its words are cut to fit, so that figures which grow move nothing. */
export const NODE_SIZE = { width: 168, height: 46 } as const;
/** CSS pixels of the figures on an edge. */
export const LABEL_SIZE = { width: 112, height: 20 } as const;
/** CSS pixels of the dot that calls from outside come from. */
export const START_SIZE = 14;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  /** Data of an SVG path. */
  readonly line: string;
  /** Data of the path of its arrow head. */
  readonly head: string;
  /** Middle of the label. */
  readonly label: Point;
}

/** Where everything stands, in CSS pixels. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Middle of each node, by its place in the graph. */
  readonly nodes: ReadonlyMap<number, Point>;
  /** By the place of the edge in the graph. */
  readonly edges: ReadonlyMap<number, PlacedEdge>;
  /** Middle of the dot that calls from outside come from. */
  readonly start: Point | undefined;
}

const MARGIN = 12;

/** Says whether two parts have the same nodes and edges, whatever their figures: then one layout is as good for both. */
export const shapeOf = ({ nodes, edges }: GraphPart): string =>
  `${nodes.map(({ index }) => index).join()};${edges.map(({ index, from, to }) => `${index}:${from ?? ''}>${to}`).join()}`;

/** What is used of dagre. Its own types name their files in a way that TypeScript does not find in modules. */
interface Dagre {
  readonly Graph: new () => DagreGraph;
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(options: Readonly<Record<string, string | number>>): void;
  graph(): { width?: number; height?: number };
  setNode(name: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string, label: { width: number; height: number; labelpos: 'c' }): void;
  /** After the layout, with its middle. */
  node(name: string): Point;
  /** After the layout, with its line and the middle of its label. */
  edge(from: string, to: string): Point & { points: readonly Point[] };
}

/** What does the work: loaded with the first graph. */
export const library = {
  async load(): Promise<Dagre> {
    const dagre = (await import('@dagrejs/dagre')) as unknown as Dagre;
    return dagre;
  },
};

/**
 * Places nodes in columns, callers left of what they call.
 *
 * @throws where what does it cannot be loaded; the next graph tries again
 */
export async function layOut({ nodes, edges }: GraphPart): Promise<GraphLayout> {
  const { Graph, layout } = await library.load();
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 22, edgesep: 12, ranksep: 20, marginx: MARGIN, marginy: MARGIN });
  for (const { index } of nodes) graph.setNode(String(index), { ...NODE_SIZE });
  const hasStart = edges.some(({ from }) => from === undefined);
  if (hasStart) graph.setNode('start', { width: START_SIZE, height: START_SIZE });
  const nameOf = (from: number | undefined): string => (from === undefined ? 'start' : String(from));
  for (const { from, to } of edges) graph.setEdge(nameOf(from), String(to), { ...LABEL_SIZE, labelpos: 'c' });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: new Map(nodes.map(({ index }) => [index, graph.node(String(index))])),
    edges: new Map(
      edges.map(({ index, from, to }) => {
        const { points: between, x, y } = graph.edge(nameOf(from), String(to));
        const points = fromSideToSide(between, graph.node(nameOf(from)), graph.node(String(to)), from === undefined);
        return [index, { line: lineThrough(points), head: headOf(points), label: { x, y } }];
      }),
    ),
    start: hasStart ? graph.node('start') : undefined,
  };
}

/** A line to the right begins in the middle of a side and ends in one, not wherever it happens to meet the box. */
function fromSideToSide(points: readonly Point[], from: Point, to: Point, isStart: boolean): readonly Point[] {
  const half = NODE_SIZE.width / 2;
  const begin = { x: from.x + (isStart ? START_SIZE / 2 : half), y: from.y };
  const end = { x: to.x - half, y: to.y };
  return begin.x < end.x ? [begin, ...points.slice(1, -1), end] : points;
}

const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
const between = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });

/** A smooth line: curves from the middle of one piece to the middle of the next, bent by the point between them. */
function lineThrough(points: readonly Point[]): string {
  const pieces = [`M${at(points[0]!)}`];
  for (let index = 1; index < points.length - 1; index++) {
    const isLast = index === points.length - 2;
    const end = isLast ? points[index + 1]! : between(points[index]!, points[index + 1]!);
    pieces.push(`Q${at(points[index]!)} ${at(end)}`);
  }
  if (points.length === 2) pieces.push(`L${at(points[1]!)}`);
  return pieces.join('');
}

const HEAD = { length: 8, half: 3.5 };

/** A head of its own for each line: a marker would have to be found by its id, which a page's base address can break. */
function headOf(points: readonly Point[]): string {
  const tip = points.at(-1)!;
  const before = points.at(-2)!;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const back = { x: tip.x - along.x * HEAD.length, y: tip.y - along.y * HEAD.length };
  const side = (half: number): Point => ({ x: back.x - along.y * half, y: back.y + along.x * half });
  return `M${at(tip)}L${at(side(HEAD.half))}L${at(side(-HEAD.half))}Z`;
}
