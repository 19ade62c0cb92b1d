import type { CallGraph, GraphEdge, GraphNode } from '../../analysis/index.js';

/** What is drawn of a graph. */
export interface GraphPart {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly nodesLeftOut: number;
  readonly edgesLeftOut: number;
}

/**
 * The busiest nodes of a graph and the busiest edges between them, in the order of the graph. Busy is a node that is called
 * often or that calls often: whoever calls a thousand tools once each is among them.
 */
export function busiestPart(graph: CallGraph, mostNodes: number, mostEdges: number): GraphPart {
  const traffic = graph.nodes.map(({ calls }) => calls);
  for (const { from, calls } of graph.edges) if (from !== undefined) traffic[from]! += calls;
  const nodes = busiest(graph.nodes, mostNodes, ({ index }) => traffic[index]!);
  const kept = new Set(nodes.map(({ index }) => index));
  const between = graph.edges.filter(({ from, to }) => kept.has(to) && (from === undefined || kept.has(from)));
  // Nothing stands alone: the busiest way to each node comes before all others.
  const ways = new Map<number, GraphEdge>();
  for (const edge of between) {
    const { from, to, calls } = edge;
    if (from !== to && calls > (ways.get(to)?.calls ?? 0)) ways.set(to, edge);
  }
  const edges = busiest(between, mostEdges, (edge) => (ways.get(edge.to) === edge ? Infinity : edge.calls));
  return {
    nodes,
    edges,
    nodesLeftOut: graph.nodes.length - nodes.length,
    edgesLeftOut: graph.edges.length - edges.length,
  };
}

function busiest<Item extends { readonly index: number }>(
  items: readonly Item[],
  most: number,
  traffic: (item: Item) => number,
): readonly Item[] {
  if (items.length <= most) return items;
  const chosen = items.toSorted((one, other) => traffic(other) - traffic(one)).slice(0, most);
  return chosen.sort((one, other) => one.index - other.index);
}
