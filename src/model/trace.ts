import type { Score } from './detail.js';
import type { TraceProblem } from './problem.js';
import { rollUp, type RollUp } from './roll-up.js';
import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { Span } from './span.js';
import type { TraceFacts } from './trace-facts.js';
import type { Usage } from './usage.js';

/** The spans of a trace in tree order: parents before children, siblings by start. Spans are made when asked for. */
export interface SpanList extends Iterable<Span> {
  readonly length: number;
  /** Negative positions count from the end, as in an array. */
  at(position: number): Span | undefined;
}

/** @internal What `buildTraces` worked out. */
export interface TraceParts {
  id: string;
  table: SpanTable;
  tree: SpanTree;
  /** Row of the table that each node of the tree is. */
  rows: readonly number[];
  /** Node by span id. */
  places: ReadonlyMap<string, number>;
  /** Ids of the nodes that had to be told apart from others with the same id, or that had none. */
  madeIds: ReadonlyMap<number, string>;
  facts: TraceFacts;
  problems: readonly TraceProblem[];
  /** Findings about the source: one list for all traces of it. */
  sourceProblems: readonly TraceProblem[];
}

/** One trace: a tree of spans, and what is said of it as a whole. It does not change; `append` makes another. */
export class Trace {
  readonly id: string;
  readonly spans: SpanList;
  /** Milliseconds since the epoch; 0 where no span has a time. */
  readonly start: number;
  /** Milliseconds since the epoch: the last moment that the trace tells of. */
  readonly end: number;
  /** Milliseconds, exact to the nanosecond. */
  readonly duration: number;
  /** Whether any span has a start but no end. */
  readonly isRunning: boolean;
  /** @internal */
  readonly table: SpanTable;
  /** @internal */
  readonly tree: SpanTree;
  /** @internal The first moment, from the table's origin. */
  readonly startTime: number;
  /** Row of the table at each position of the tree. */
  readonly #rows: Uint32Array;
  /** Position in the tree of each node. */
  readonly #positions: Uint32Array;
  readonly #places: ReadonlyMap<string, number>;
  readonly #madeIds: ReadonlyMap<number, string>;
  readonly #facts: TraceFacts;
  readonly #ownProblems: readonly TraceProblem[];
  readonly #sourceProblems: readonly TraceProblem[];
  readonly #starts: Float64Array;
  readonly #spans: (Span | undefined)[] = [];
  #problems: readonly TraceProblem[] | undefined;
  #rollUp: RollUp | undefined;

  /** @internal Traces come from `readTraces` or `buildTraces`. */
  constructor(parts: TraceParts) {
    this.id = parts.id;
    this.table = parts.table;
    this.tree = parts.tree;
    this.#ownProblems = parts.problems;
    this.#sourceProblems = parts.sourceProblems;
    this.#places = parts.places;
    this.#madeIds = parts.madeIds;
    this.#facts = parts.facts;
    this.#rows = new Uint32Array(parts.rows.length);
    this.#positions = new Uint32Array(parts.rows.length);
    this.tree.nodes.forEach((node, position) => {
      this.#rows[position] = parts.rows[node]!;
      this.#positions[node] = position;
    });
    this.spans = this.#list();

    const { starts, ends, origin } = this.table;
    let first = Infinity;
    let last = -Infinity;
    let isRunning = false;
    for (const row of this.#rows) {
      const start = starts[row]!;
      const end = ends[row]!;
      if (start < first) first = start;
      if (end < first) first = end;
      if (start > last) last = start;
      if (end > last) last = end;
      if (Number.isNaN(end) && !Number.isNaN(start)) isRunning = true;
    }
    const hasTimes = first !== Infinity;
    this.startTime = hasTimes ? first : 0;
    this.start = hasTimes ? origin.toEpoch(first) : 0;
    this.end = hasTimes ? origin.toEpoch(last) : 0;
    this.duration = hasTimes ? last - first : 0;
    this.isRunning = isRunning;

    this.#starts = new Float64Array(this.#rows.length);
    for (let position = 0; position < this.#rows.length; position++) {
      const start = starts[this.#rows[position]!]!;
      const parent = this.tree.parent[position]!;
      const known = Number.isNaN(start) ? (parent < 0 ? this.startTime : this.#starts[parent]!) : start;
      this.#starts[position] = known;
    }
  }

  /** What is not as it should be, with the trace or its source. Empty for a sound trace. */
  get problems(): readonly TraceProblem[] {
    // Where one of them is empty, the other serves as it is: a source may hold thousands of traces and of problems.
    return (this.#problems ??=
      this.#ownProblems.length === 0
        ? this.#sourceProblems
        : this.#sourceProblems.length === 0
          ? this.#ownProblems
          : [...this.#ownProblems, ...this.#sourceProblems]);
  }

  get roots(): Span[] {
    const roots: Span[] = [];
    for (let position = 0; position < this.#rows.length; position += this.tree.size[position]!) {
      roots.push(this.spanAt(position));
    }
    return roots;
  }

  /** The name that the container gives it, else that of its first root. */
  get name(): string {
    return this.#facts.name ?? (this.#rows.length ? this.table.names[this.#rows[0]!]! : '');
  }

  get sessionId(): string | undefined {
    return this.#facts.sessionId;
  }

  get userId(): string | undefined {
    return this.#facts.userId;
  }

  get tags(): readonly string[] {
    return [...this.#facts.tags];
  }

  get metadata(): unknown {
    return this.#facts.metadata;
  }

  /** Judgements of the trace as a whole; those of a span are on the span. */
  get scores(): readonly Score[] {
    return this.#facts.scores;
  }

  /** The name of the container format that it was read from. */
  get format(): string {
    return this.#rows.length ? this.table.readers[this.#rows[0]!]!.format : '';
  }

  /** Tokens of all calls, each counted once; `undefined` where no span states any. */
  get usage(): Readonly<Usage> | undefined {
    return this.rollUp.usage;
  }

  /** US dollars, as the trace states them, each call counted once; `undefined` where no span states any. */
  get cost(): number | undefined {
    return this.rollUp.totalCost;
  }

  /** Sums over subtrees, worked out when first asked for. */
  get rollUp(): RollUp {
    return (this.#rollUp ??= rollUp(this.table, this.tree, this.#rows));
  }

  span(id: string): Span | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.spanAt(this.#positions[place]!);
  }

  /** @internal */
  spanAt(position: number): Span {
    return (this.#spans[position] ??= new Span(this, position));
  }

  /** @internal The rows of the table that are its spans, in the order in which they came. */
  get rows(): Iterable<number> {
    return this.#positions.map((position) => this.#rows[position]!);
  }

  /** @internal */
  rowAt(position: number): number {
    return this.#rows[position]!;
  }

  /** @internal */
  idAt(position: number): string {
    return this.#madeIds.get(this.tree.nodes[position]!) ?? this.table.ids[this.#rows[position]!]!;
  }

  /** @internal From the table's origin; a span without a start has that of its parent. */
  startAt(position: number): number {
    return this.#starts[position]!;
  }

  #list(): SpanList {
    const { length } = this.#rows;
    const spanAt = (position: number): Span => this.spanAt(position);
    return {
      length,
      at: (position) => {
        const index = position < 0 ? length + position : position;
        return index >= 0 && index < length ? spanAt(index) : undefined;
      },
      *[Symbol.iterator]() {
        for (let position = 0; position < length; position++) yield spanAt(position);
      },
    };
  }
}
