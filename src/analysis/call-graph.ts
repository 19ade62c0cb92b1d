import type { Span, SpanKind, SpanStatus, Trace } from '../model/index.js';
import { CALLS_MODEL, SAYS_WHAT_WAS_DONE } from '../model/kinds.js';
import { atOnce, stepsOf } from '../model/steps.js';
import { spreadInSteps, type Spread } from './percentile.js';
import { rollUpSpansInSteps } from './roll-ups.js';
import { sortedPlaces } from './sorted-places.js';

/** What a node of a graph stands for. */
export type GraphNodeKind = SpanKind | 'service';

/** An agent, tool, model, retriever or service. */
export interface GraphNode {
  /** Place in `nodes`. */
  readonly index: number;
  readonly kind: GraphNodeKind;
  /** A name from the trace; empty where it states none. */
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  /** Milliseconds of its calls, of those that have both times. */
  readonly duration: Spread | undefined;
}

/** Calls of one node by another. */
export interface GraphEdge {
  /** Place in `edges`. */
  readonly index: number;
  /** Place of the caller in `nodes`; `undefined` for calls from outside the trace. */
  readonly from: number | undefined;
  readonly to: number;
  readonly calls: number;
  readonly errors: number;
  /** Milliseconds of the calls, of those that have both times. */
  readonly duration: Spread | undefined;
}

/** One call, for a graph that is gone through step by step. */
export class GraphStep {
  /** Place of its edge in `edges`. */
  readonly edge: number;
  readonly trace: Trace;
  /** Place of its span in the tree of the trace. */
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly start: number;

  constructor(edge: number, trace: Trace, position: number) {
    this.edge = edge;
    this.trace = trace;
    this.position = position;
    this.start = trace.table.origin.toEpoch(trace.startAt(position));
  }

  get span(): Span {
    return this.trace.spanAt(this.position);
  }

  /** Milliseconds since the epoch; absent for a call that is running. */
  get end(): number | undefined {
    const { table } = this.trace;
    const end = table.ends[this.trace.rowAt(this.position)]!;
    return Number.isNaN(end) ? undefined : table.origin.toEpoch(end);
  }

  get status(): SpanStatus {
    return this.trace.table.statuses[this.trace.rowAt(this.position)]!;
  }
}

/** Who called whom. Circles are as good as any edge: an agent may call itself. */
export interface CallGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** All calls by their start. */
  readonly steps: readonly GraphStep[];
}

/**
 * Agents, tools, models and retrievers of traces, and who called whom. The caller is the nearest span around a call that
 * is a node. A call of a model that is recorded twice is one call.
 */
export const callGraph = (traces: Iterable<Trace>): CallGraph => atOnce(callGraphInSteps(traces));

/** As `callGraph`, with chances to rest. */
export function* callGraphInSteps(traces: Iterable<Trace>): Generator<undefined, CallGraph> {
  const graph = new GraphBuilder();
  for (const trace of traces) {
    const { isCall } = yield* rollUpSpansInSteps(trace);
    yield* graph.walk(trace, (position) => calleeOf(trace, position, isCall));
  }
  return yield* graph.finish();
}

/** The agent, tool, model or retriever that a span is a call of; `undefined` for spans that are passed through. */
export function calleeOf(
  trace: Trace,
  position: number,
  isCall: Uint8Array,
): Pick<GraphNode, 'kind' | 'name'> | undefined {
  const { table } = trace;
  const row = trace.rowAt(position);
  const kind = table.kinds[row]!;
  // What only wraps a call is passed through.
  if (!SAYS_WHAT_WAS_DONE.has(kind) || (CALLS_MODEL.has(kind) && !isCall[position])) return undefined;
  const name = CALLS_MODEL.has(kind)
    ? (table.models[row] ?? table.names[row]!)
    : (table.labels[row] ?? table.names[row]!);
  return { kind, name };
}

/** Services of traces, and which called which: a span whose parent ran in another service is a call. */
export const serviceGraph = (traces: Iterable<Trace>): CallGraph => atOnce(serviceGraphInSteps(traces));

/** As `serviceGraph`, with chances to rest. */
export function* serviceGraphInSteps(traces: Iterable<Trace>): Generator<undefined, CallGraph> {
  const graph = new GraphBuilder();
  for (const trace of traces) {
    const { table, tree } = trace;
    yield* graph.walk(trace, (position, row) => {
      const name = table.services.at(row);
      const parent = tree.parent[position]!;
      const isSame = parent >= 0 && table.services.at(trace.rowAt(parent)) === name;
      return name === undefined || isSame ? undefined : { kind: 'service', name };
    });
  }
  return yield* graph.finish();
}

/** Calls that belong to one node or one edge. */
class Calls {
  calls = 0;
  errors = 0;
  readonly durations: number[] = [];

  add(isError: boolean, duration: number): void {
    this.calls++;
    if (isError) this.errors++;
    if (duration >= 0) this.durations.push(duration);
  }

  *figures(): Generator<undefined, { calls: number; errors: number; duration: Spread | undefined }> {
    const duration = yield* spreadInSteps(new Float64Array(this.durations));
    return { calls: this.calls, errors: this.errors, duration };
  }
}

/** Says what node a span is a call of; `undefined` for none. */
type NodeOf = (position: number, row: number) => Pick<GraphNode, 'kind' | 'name'> | undefined;

class GraphBuilder {
  readonly #places = new Map<GraphNodeKind, Map<string, number>>();
  readonly #nodes: { kind: GraphNodeKind; name: string; calls: Calls }[] = [];
  /** By caller, -1 for the outside, and callee. */
  readonly #edgePlaces = new Map<number, Map<number, number>>();
  readonly #edges: { from: number; to: number; calls: Calls }[] = [];
  readonly #steps: GraphStep[] = [];

  /** Adds the calls of a trace. */
  *walk(trace: Trace, nodeOf: NodeOf): Generator<undefined, void> {
    /** The node of each span, or the nearest one around it. */
    const nodeAt = new Int32Array(trace.spans.length);
    for (const [from, to] of stepsOf(nodeAt.length)) {
      this.#walk(trace, nodeOf, nodeAt, from, to);
      yield;
    }
  }

  #walk(trace: Trace, nodeOf: NodeOf, nodeAt: Int32Array, first: number, end: number): void {
    const { table, tree } = trace;
    for (let position = first; position < end; position++) {
      const row = trace.rowAt(position);
      const parent = tree.parent[position]!;
      const from = parent < 0 ? -1 : nodeAt[parent]!;
      const node = nodeOf(position, row);
      if (!node) {
        nodeAt[position] = from;
        continue;
      }
      const to = this.#node(node.kind, node.name);
      const edge = this.#edge(from, to);
      nodeAt[position] = to;
      const isError = table.statuses[row] === 'error';
      const duration = table.ends[row]! - table.starts[row]!;
      this.#nodes[to]!.calls.add(isError, duration);
      this.#edges[edge]!.calls.add(isError, duration);
      this.#steps.push(new GraphStep(edge, trace, position));
    }
  }

  #node(kind: GraphNodeKind, name: string): number {
    let places = this.#places.get(kind);
    if (!places) this.#places.set(kind, (places = new Map<string, number>()));
    let place = places.get(name);
    if (place === undefined) {
      place = this.#nodes.push({ kind, name, calls: new Calls() }) - 1;
      places.set(name, place);
    }
    return place;
  }

  #edge(from: number, to: number): number {
    let places = this.#edgePlaces.get(from);
    if (!places) this.#edgePlaces.set(from, (places = new Map<number, number>()));
    let place = places.get(to);
    if (place === undefined) {
      place = this.#edges.push({ from, to, calls: new Calls() }) - 1;
      places.set(to, place);
    }
    return place;
  }

  *finish(): Generator<undefined, CallGraph> {
    const found = this.#steps;
    // Those that start together stay in the order of the tree, a caller before what it calls.
    const places = yield* sortedPlaces(found.length, (one, other) => found[one]!.start - found[other]!.start);
    const steps = Array.from(places, (place) => found[place]!);
    const nodes: GraphNode[] = [];
    for (const { kind, name, calls } of this.#nodes)
      nodes.push({ index: nodes.length, kind, name, ...(yield* calls.figures()) });
    const edges: GraphEdge[] = [];
    for (const { from, to, calls } of this.#edges)
      edges.push({ index: edges.length, from: from < 0 ? undefined : from, to, ...(yield* calls.figures()) });
    return { nodes, edges, steps };
  }
}
