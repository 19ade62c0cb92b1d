import type { Span, Trace } from '../model/index.js';
import { calleeOf, type GraphNode } from './call-graph.js';
import { rollUpSpans, type RollUps } from './roll-ups.js';

/** Lifelines that stand beside each other; all others are one. */
const MOST_LIFELINES = 40;
/** So many calls in a row are looked at as what is repeated. */
const LONGEST_PATTERN = 4;
/** Milliseconds that times are off: some recorders round starts down, and ends not. */
const EXACT = 1;
/** Fewer repetitions are not worth folding. */
const FEWEST_TIMES = 3;

/** An agent, tool, model or retriever, as it stands in a sequence diagram. */
export interface Lifeline extends Pick<GraphNode, 'kind' | 'name'> {
  /** How many it stands for, where it stands for all that have no lifeline of their own. */
  readonly others: number;
}

/** One call of a sequence. */
export interface SequenceCall {
  /** Place among all calls, in the order of the tree. */
  readonly index: number;
  readonly span: Span;
  /** Places of the lifelines; -1 for the outside of the trace. */
  readonly from: number;
  readonly to: number;
  /** The call that it was made in, or -1. */
  readonly parent: number;
  /** How many calls are around it. */
  readonly depth: number;
  /** Whether it makes no calls. */
  readonly isLeaf: boolean;
  /** Whether it began while the call before it, of the same caller, was running. */
  readonly isParallel: boolean;
}

/**
 * A row: a `call`; the `return` of one that made calls; the heading of a `loop`, which is a pattern of calls that is repeated; or,
 * where the loop is folded, one of its calls that stands for `times`.
 */
export interface SequenceRow {
  readonly type: 'call' | 'return' | 'loop' | 'times';
  /** The call; of a loop the first one, of `times` the first of those that it stands for. */
  readonly call: SequenceCall;
  /** Of a loop: how often its pattern comes, and of how many calls that is. */
  readonly times: number;
  readonly pattern: number;
}

export interface SequenceFigures {
  /** Milliseconds, summed; of calls that have both times. */
  readonly duration: number | undefined;
  readonly errors: number;
  readonly isRunning: boolean;
}

const ROW_TYPES: readonly SequenceRow['type'][] = ['call', 'return', 'loop', 'times'];
const CALL = 0;
const RETURN = 1;
const LOOP = 2;
const TIMES = 3;

/** Who called whom, one after the other, in the order of the tree. */
export class Sequence {
  readonly trace: Trace;
  readonly lifelines: readonly Lifeline[];
  readonly callCount: number;
  readonly #positions: Uint32Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #parents: Int32Array;
  readonly #depths: Uint32Array;
  /** Number of calls in each, itself included. */
  readonly #sizes: Uint32Array;
  /** The call that a span is, or that it is inside of; -1 for none. By position. */
  readonly #around: Int32Array;
  /** By the first call of each loop. */
  readonly #loops: ReadonlyMap<number, { readonly times: number; readonly pattern: number }>;

  readonly #figures = new Map<string, SequenceFigures>();

  constructor(trace: Trace, { isCall }: RollUps = rollUpSpans(trace), leftOut?: Uint8Array) {
    const { tree } = trace;
    const count = trace.spans.length;
    this.trace = trace;
    this.#around = new Int32Array(count);
    const positions: number[] = [];
    const nodes: number[] = [];
    const parents: number[] = [];
    const places = new Map<string, Map<string, number>>();
    const all: { kind: Lifeline['kind']; name: string; calls: number }[] = [];
    for (let position = 0; position < count; position++) {
      const above = tree.parent[position]!;
      const caller = above < 0 ? -1 : this.#around[above]!;
      const callee = leftOut?.[position] === 1 ? undefined : calleeOf(trace, position, isCall);
      if (!callee) {
        this.#around[position] = caller;
        continue;
      }
      const { kind, name } = callee;
      let names = places.get(kind);
      if (!names) places.set(kind, (names = new Map<string, number>()));
      let node = names.get(name);
      if (node === undefined) names.set(name, (node = all.push({ kind, name, calls: 0 }) - 1));
      all[node]!.calls++;
      // Who calls others has as much to do with them.
      if (caller >= 0) all[nodes[caller]!]!.calls++;
      this.#around[position] = positions.length;
      positions.push(position);
      nodes.push(node);
      parents.push(caller);
    }
    this.callCount = positions.length;
    this.#positions = Uint32Array.from(positions);
    this.#parents = Int32Array.from(parents);

    // The busiest have lifelines of their own, in the order in which they come.
    const busiest = Array.from(all.keys()).sort((one, other) => all[other]!.calls - all[one]!.calls);
    const isShown = new Set(busiest.slice(0, all.length > MOST_LIFELINES ? MOST_LIFELINES - 1 : MOST_LIFELINES));
    const lifelines: Lifeline[] = [];
    const lifelineOf = all.map(({ kind, name }, node) =>
      isShown.has(node) ? lifelines.push({ kind, name, others: 0 }) - 1 : -1,
    );
    if (isShown.size < all.length) {
      const others = lifelines.push({ kind: 'span', name: '', others: all.length - isShown.size }) - 1;
      for (const [node, lifeline] of lifelineOf.entries()) if (lifeline < 0) lifelineOf[node] = others;
    }
    this.lifelines = lifelines;
    this.#to = Int32Array.from(nodes, (node) => lifelineOf[node]!);
    this.#from = Int32Array.from(parents, (parent) => (parent < 0 ? -1 : this.#to[parent]!));
    this.#depths = new Uint32Array(positions.length);
    parents.forEach((parent, call) => (this.#depths[call] = parent < 0 ? 0 : this.#depths[parent]! + 1));
    this.#sizes = new Uint32Array(positions.length).fill(1);
    for (let call = positions.length - 1; call >= 0; call--) {
      if (parents[call]! >= 0) this.#sizes[parents[call]!]! += this.#sizes[call]!;
    }
    this.#loops = this.#findLoops(nodes);
  }

  /** Patterns of calls without calls of their own, of one caller, that come again and again. */
  #findLoops(nodes: readonly number[]): Map<number, { times: number; pattern: number }> {
    const loops = new Map<number, { times: number; pattern: number }>();
    const canFollow = (call: number, first: number): boolean =>
      this.#sizes[call] === 1 && this.#parents[call] === this.#parents[first];
    for (let first = 0; first < nodes.length;) {
      let best = { times: 1, pattern: 1 };
      for (let pattern = 1; pattern <= LONGEST_PATTERN; pattern++) {
        let end = first;
        while (
          end < nodes.length &&
          canFollow(end, first) &&
          nodes[end] === nodes[end < first + pattern ? end : end - pattern]
        ) {
          end++;
        }
        const times = Math.floor((end - first) / pattern);
        if (times >= FEWEST_TIMES && times * pattern > best.times * best.pattern) best = { times, pattern };
      }
      if (best.times > 1) loops.set(first, best);
      first += best.times * best.pattern;
    }
    return loops;
  }

  call(index: number): SequenceCall {
    const parent = this.#parents[index]!;
    return {
      index,
      span: this.trace.spanAt(this.#positions[index]!),
      from: this.#from[index]!,
      to: this.#to[index]!,
      parent,
      depth: this.#depths[index]!,
      isLeaf: this.#sizes[index] === 1,
      isParallel: this.#isParallel(index),
    };
  }

  #isParallel(index: number): boolean {
    let before = index - 1;
    // What the call before made is inside of it.
    while (before >= 0 && this.#depths[before]! > this.#depths[index]!) before = this.#parents[before]!;
    if (before < 0 || this.#parents[before] !== this.#parents[index]) return false;
    const { starts, ends } = this.trace.table;
    const end = ends[this.trace.rowAt(this.#positions[before]!)]!;
    return starts[this.trace.rowAt(this.#positions[index]!)]! < end - EXACT;
  }

  /** The call that a span is, or that it is inside of; -1 for none. */
  around({ index }: Span): number {
    return this.#around[index] ?? -1;
  }

  /** How long the calls that a row stands for took, and how many of them failed. */
  figures({ type, call, times, pattern }: SequenceRow): SequenceFigures {
    const [count, step] = type === 'times' ? [times, pattern] : type === 'loop' ? [times * pattern, 1] : [1, 0];
    const key = `${type} ${call.index}`;
    let figures = this.#figures.get(key);
    if (!figures) this.#figures.set(key, (figures = this.#sum(call.index, count, step)));
    return figures;
  }

  #sum(first: number, count: number, step: number): SequenceFigures {
    const { starts, ends, statuses } = this.trace.table;
    let duration: number | undefined;
    let errors = 0;
    let isRunning = false;
    for (let at = 0; at < count; at++) {
      const row = this.trace.rowAt(this.#positions[first + at * step]!);
      const time = ends[row]! - starts[row]!;
      if (!Number.isNaN(time)) duration = (duration ?? 0) + time;
      else if (!Number.isNaN(starts[row]!)) isRunning = true;
      if (statuses[row] === 'error') errors++;
    }
    return { duration, errors, isRunning };
  }

  /** The first call of the loop that a call is in; `undefined` for one that is in none. */
  loopOf(index: number): number | undefined {
    // A loop has no other calls between its own, so that its first is the nearest one.
    for (let first = index; first >= 0 && this.#parents[first] === this.#parents[index]; first--) {
      const loop = this.#loops.get(first);
      if (loop) return index < first + loop.times * loop.pattern ? first : undefined;
      if (this.#sizes[first]! > 1) return undefined;
    }
    return undefined;
  }

  /** The rows. `isOpen` says which loops are shown call by call, by their first call. */
  rows(isOpen: (first: number) => boolean): SequenceRows {
    const types: number[] = [];
    const calls: number[] = [];
    const rowOf = new Int32Array(this.callCount).fill(-1);
    /** Calls that have made calls, and have not returned yet. */
    const open: number[] = [];
    const add = (type: number, call: number): void => {
      if (type === CALL || type === TIMES) rowOf[call] = types.length;
      types.push(type);
      calls.push(call);
    };
    const closeUntil = (index: number): void => {
      for (let last = open.at(-1); last !== undefined && last + this.#sizes[last]! <= index; last = open.at(-1)) {
        add(RETURN, last);
        open.pop();
      }
    };
    for (let index = 0; index < this.callCount; index++) {
      closeUntil(index);
      const loop = this.#loops.get(index);
      if (loop) {
        add(LOOP, index);
        if (!isOpen(index)) {
          const end = index + loop.times * loop.pattern;
          for (let at = 0; at < loop.pattern; at++) add(TIMES, index + at);
          for (let at = index + loop.pattern; at < end; at++) rowOf[at] = rowOf[index + ((at - index) % loop.pattern)]!;
          index = end - 1;
          continue;
        }
      }
      add(CALL, index);
      if (this.#sizes[index]! > 1) open.push(index);
    }
    closeUntil(this.callCount);
    return {
      count: types.length,
      at: (row) => {
        const call = this.call(calls[row]!);
        const isLoop = types[row] === LOOP || types[row] === TIMES;
        const first = isLoop ? this.loopOf(call.index) : undefined;
        const { times, pattern } = (first === undefined ? undefined : this.#loops.get(first)) ?? {
          times: 1,
          pattern: 1,
        };
        return { type: ROW_TYPES[types[row]!]!, call, times, pattern };
      },
      rowOf: (call) => rowOf[call] ?? -1,
    };
  }
}

/** The rows of a sequence, by numbers from 0. */
export interface SequenceRows {
  readonly count: number;
  at(row: number): SequenceRow;
  /** The row of a call, or the one that stands for it. */
  rowOf(call: number): number;
}

/**
 * Who called whom in a trace, one after the other, for a sequence diagram. Linear.
 *
 * @param leftOut 1, by position, for spans that are no calls whatever they are: what they call is called by whoever called them
 */
export const sequenceOf = (trace: Trace, rollUps?: RollUps, leftOut?: Uint8Array): Sequence =>
  new Sequence(trace, rollUps, leftOut);
