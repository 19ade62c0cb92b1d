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
  /** For each span its place among the steps, or -1; made when it is first asked for. */
  readonly #ofSpans = new Map<Trace, Int32Array>();

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
    const trace = this.#traces.find((one) => one.span(spanId));
    if (!trace) return undefined;
    const places = this.#placesOf(trace);
    for (let position = trace.span(spanId)!.index; position >= 0; position = trace.tree.parent[position]!)
      if (places[position]! >= 0) return places[position];
    return undefined;
  }

  #placesOf(wanted: Trace): Int32Array {
    let places = this.#ofSpans.get(wanted);
    if (!places) {
      places = new Int32Array(wanted.spans.length).fill(-1);
      for (const [place, { trace, position }] of this.#steps.entries()) if (trace === wanted) places[position] = place;
      this.#ofSpans.set(wanted, places);
    }
    return places;
  }
}
