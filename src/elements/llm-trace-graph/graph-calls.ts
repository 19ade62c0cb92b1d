import type { CallGraph, GraphStep } from '../../analysis/index.js';
import type { Trace } from '../../model/index.js';

/** A node or an edge that a person looks at. */
export interface Chosen {
  readonly what: 'node' | 'edge';
  /** Its place in the graph. */
  readonly index: number;
}

/** The calls of a graph by node, by edge and by span. Calls are told by their place in `graph.steps`. */
export class GraphCalls {
  readonly #steps: readonly GraphStep[];
  readonly #traces: readonly Trace[];
  readonly #ofNodes: readonly number[][];
  readonly #ofEdges: readonly number[][];
  #ofSpans: ReadonlyMap<string, number> | undefined;

  constructor({ nodes, edges, steps }: CallGraph, traces: readonly Trace[]) {
    this.#steps = steps;
    this.#traces = traces;
    this.#ofNodes = nodes.map(() => []);
    this.#ofEdges = edges.map(() => []);
    for (const [place, { edge }] of steps.entries()) {
      this.#ofEdges[edge]!.push(place);
      this.#ofNodes[edges[edge]!.to]!.push(place);
    }
  }

  /** Calls by their start. */
  of({ what, index }: Chosen): readonly number[] {
    return (what === 'node' ? this.#ofNodes[index] : this.#ofEdges[index]) ?? [];
  }

  /** The one that took longest; `undefined` where none is over. */
  slowest(calls: readonly number[]): number | undefined {
    let slowest: number | undefined;
    let longest = -1;
    for (const place of calls) {
      const { start, end } = this.#steps[place]!;
      const duration = end === undefined ? NaN : end - start;
      if (duration > longest) [slowest, longest] = [place, duration];
    }
    return slowest;
  }

  /** The first one after `place` that failed, beginning anew at the end. */
  failed(calls: readonly number[], place = -1): number | undefined {
    const failed = calls.filter((call) => this.#steps[call]!.status === 'error');
    return failed.find((call) => call > place) ?? failed[0];
  }

  /** The call that a span is, or that it is inside of. */
  around(spanId: string): number | undefined {
    this.#ofSpans ??= new Map(this.#steps.map(({ span }, place) => [span.id, place] as const).reverse());
    const trace = this.#traces.find((one) => one.span(spanId));
    let position = trace?.span(spanId)?.index ?? -1;
    while (trace && position >= 0) {
      const place = this.#ofSpans.get(trace.idAt(position));
      if (place !== undefined) return place;
      position = trace.tree.parent[position]!;
    }
    return undefined;
  }
}
