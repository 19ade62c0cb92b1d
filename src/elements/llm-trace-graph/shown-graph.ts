import { callGraphInSteps, serviceGraphInSteps, type CallGraph } from '../../analysis/index.js';
import type { Trace } from '../../model/index.js';
import type { GraphMode } from './graph-bars.js';
import { GraphCalls } from './graph-calls.js';
import { busiestPart, type GraphPart } from './graph-part.js';

/**
 * What is drawn at most. To place so much takes a tenth of a second, half a second if each calls the next, and the page stands
 * still; to place 2,000 nodes takes many seconds.
 */
const MOST_NODES = 80;
const MOST_EDGES = 120;

/** A graph, and what is worked out of it. */
export interface ShownGraph {
  /** Says of what it is. */
  readonly what: string;
  readonly graph: CallGraph;
  readonly part: GraphPart;
  readonly calls: GraphCalls;
}

const EMPTY: CallGraph = { nodes: [], edges: [], steps: [] };

export const NOTHING_SHOWN: ShownGraph = {
  what: '',
  graph: EMPTY,
  part: busiestPart(EMPTY, 0, 0),
  calls: new GraphCalls(EMPTY, []),
};

export function* shownGraph(traces: readonly Trace[], mode: GraphMode): Generator<undefined, ShownGraph> {
  const graph = yield* mode === 'services' ? serviceGraphInSteps(traces) : callGraphInSteps(traces);
  return {
    what: `${mode} ${traces.map(({ id }) => id).join()}`,
    graph,
    part: busiestPart(graph, MOST_NODES, MOST_EDGES),
    calls: new GraphCalls(graph, traces),
  };
}
