import type { Score } from './detail.js';
import type { TraceProblem } from './problem.js';
import type { RollUp } from './roll-up.js';
import type { SpanPlaces } from './distinct-rows.js';
import type { SpanProblems } from './span-problems.js';
import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { Span } from './span.js';
import { atOnce } from './steps.js';
import { sumsInSteps } from './sums.js';
import type { TraceFacts } from './trace-facts.js';
import type { Usage } from './usage.js';

/** The spans of a trace in tree order: parents before children, siblings by start. Spans are made when asked for. */
export interface SpanList extends Iterable<Span> {
  readonly length: number;
  /** Negative positions count from the end, as in an array. */
  at(position: number): Span | undefined;
}

/** @internal When a trace takes place, from the table's origin. */
export interface Extent {
  /** The first moment that any span states; infinite where none does. */
  first: number;
  last: number;
  /** Spans that have a start but no end. */
  running: number;
  /** Spans that have no start. */
  unstarted: number;
}

/** @internal What `buildTraces` worked out. */
export interface TraceParts {
  id: string;
  table: SpanTable;
  tree: SpanTree;
  /** Row of the table at each position of the tree. */
  rows: Uint32Array;
  /** Finds places by span id. A trace that has grown out of this one has more of them, and this one does not care. */
  places: SpanPlaces;
  /** Position in the tree of each place. */
  positions: Uint32Array;
  extent: Extent;
  /** What is said of it, where that is not all that is said under its id. */
  facts: TraceFacts | undefined;
  problems: SpanProblems;
  /** Findings about the source: one list for all traces of it. */
  sourceProblems: readonly TraceProblem[];
}

/**
 * One trace: a tree of spans, and what is said of it as a whole. It does not change: where spans are appended, another one
 * with the same id takes its place, whose spans are other objects. A trace that nothing was appended to stays the same
 * object, unless it is said of all traces how many there are.
 */
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
  /** @internal Row of the table at each position of the tree. */
  readonly rowsByPosition: Uint32Array;
  readonly #places: SpanPlaces;
  readonly #positions: Uint32Array;
  #facts: TraceFacts | undefined;
  readonly #ownProblems: SpanProblems;
  readonly #sourceProblems: readonly TraceProblem[];
  /** Starts of the parents of spans without one, by position. */
  readonly #inheritedStarts = new Map<number, number>();
  /** By position; those that were asked for. */
  readonly #spans = new Map<number, Span>();
  #problems: readonly TraceProblem[] | undefined;
  /** Spans that were known to be unread when the problems were listed. */
  #unread = 0;
  #rollUp: RollUp | undefined;
  #summing: Generator<void, RollUp> | undefined;

  /** @internal Traces come from `readTraces` or `buildTraces`. */
  constructor(parts: TraceParts) {
    this.id = parts.id;
    this.table = parts.table;
    this.tree = parts.tree;
    this.#ownProblems = parts.problems;
    this.#sourceProblems = parts.sourceProblems;
    this.#places = parts.places;
    this.#positions = parts.positions;
    this.#facts = parts.facts;
    this.rowsByPosition = parts.rows;
    this.spans = this.#list();

    const { first, last, running, unstarted } = parts.extent;
    const { starts, origin } = this.table;
    const hasTimes = first !== Infinity;
    this.startTime = hasTimes ? first : 0;
    this.start = hasTimes ? origin.toEpoch(first) : 0;
    this.end = hasTimes ? origin.toEpoch(last) : 0;
    this.duration = hasTimes ? last - first : 0;
    this.isRunning = running > 0;
    if (unstarted === 0) return;
    this.rowsByPosition.forEach((row, position) => {
      const parent = this.tree.parent[position]!;
      if (Number.isNaN(starts[row]!) && parent >= 0) this.#inheritedStarts.set(position, this.startAt(parent));
    });
  }

  /** What is not as it should be, with the trace or its source. Empty for a sound trace. */
  get problems(): readonly TraceProblem[] {
    const { unreadCount } = this.table;
    if (this.#problems && this.#unread === unreadCount) return this.#problems;
    this.#unread = unreadCount;
    // Where there are none of its own, those of the source serve as they are: there may be thousands of traces.
    const isOfSource = this.#ownProblems.length === 0 && unreadCount === 0;
    return (this.#problems = isOfSource ? this.#sourceProblems : this.#listProblems());
  }

  get roots(): Span[] {
    const roots: Span[] = [];
    for (let position = 0; position < this.rowsByPosition.length; position += this.tree.size[position]!) {
      roots.push(this.spanAt(position));
    }
    return roots;
  }

  /** The name that the container gives it, else that of its first root. */
  get name(): string {
    return this.#said.name ?? (this.rowsByPosition.length ? this.table.nameAt(this.rowsByPosition[0]!) : '');
  }

  /** @internal The same; while not all spans were asked, what its first one calls it. */
  get nameAtFirst(): string {
    if (this.table.isSettled) return this.name;
    return this.rowsByPosition.length ? this.table.traceNameAt(this.rowsByPosition[0]!) : '';
  }

  get sessionId(): string | undefined {
    return this.#said.sessionId;
  }

  get userId(): string | undefined {
    return this.#said.userId;
  }

  get tags(): readonly string[] {
    return [...this.#said.tags];
  }

  get metadata(): unknown {
    return this.#said.metadata;
  }

  /** Judgements of the trace as a whole; those of a span are on the span. */
  get scores(): readonly Score[] {
    return this.#said.scores;
  }

  /** The name of the container format that it was read from. */
  get format(): string {
    return this.rowsByPosition.length ? this.table.readers.at(this.rowsByPosition[0]!)!.format : '';
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
    if (!this.#rollUp) atOnce(this.sumInSteps());
    return this.#rollUp!;
  }

  /** @internal Whether it is known what its spans state, and what that comes to. */
  get isSummed(): boolean {
    return this.#rollUp !== undefined && this.table.isSettled;
  }

  /** @internal Works out what the spans state, and the sums, and yields now and then, where the work may rest. */
  *sumInSteps(): Generator<undefined, void> {
    yield* this.table.settleInSteps();
    while (!this.#rollUp) {
      // One work, however many go on with it in turns.
      this.#summing ??= sumsInSteps(this.table, this.tree, this.rowsByPosition);
      const step = this.#summing.next();
      if (step.done) this.#rollUp = step.value;
      else yield;
    }
    this.#summing = undefined;
  }

  span(id: string): Span | undefined {
    const place = this.#places.find(id);
    // Behind the last: of a trace that has grown out of this one.
    return place < 0 || place >= this.#positions.length ? undefined : this.spanAt(this.#positions[place]!);
  }

  /** @internal */
  spanAt(position: number): Span {
    let span = this.#spans.get(position);
    if (!span) this.#spans.set(position, (span = new Span(this, position)));
    return span;
  }

  /** @internal The rows of the table that are its spans, in the order in which they came. */
  get rows(): Iterable<number> {
    const rows = new Uint32Array(this.rowsByPosition.length);
    this.tree.nodes.forEach((node, position) => (rows[node] = this.rowsByPosition[position]!));
    return rows;
  }

  /** @internal */
  rowAt(position: number): number {
    return this.rowsByPosition[position]!;
  }

  /** @internal */
  idAt(position: number): string {
    const row = this.rowsByPosition[position]!;
    return this.#places.madeIds.get(row) ?? this.table.ids.at(row);
  }

  /** @internal From the table's origin; a span without a start has that of its parent. */
  startAt(position: number): number {
    const start = this.table.starts[this.rowsByPosition[position]!]!;
    return Number.isNaN(start) ? (this.#inheritedStarts.get(position) ?? this.startTime) : start;
  }

  #listProblems(): TraceProblem[] {
    const problems = this.#ownProblems
      .list({
        table: this.table,
        rowOf: (place) => this.rowsByPosition[this.#positions[place]!]!,
        idOf: (place) => this.idAt(this.#positions[place]!),
      })
      .concat(this.#sourceProblems);
    const count = this.#unread;
    if (count > 0) {
      const message = `What ${count} ${count === 1 ? 'span states' : 'spans state'} could not be read.`;
      problems.push({ code: 'unreadable-record', message });
    }
    return problems;
  }

  /** What is said of the trace as a whole, by the source and by its spans. */
  get #said(): TraceFacts {
    return (this.#facts ??= this.table.factsOf(this.id, this.rowsByPosition));
  }

  #list(): SpanList {
    const { length } = this.rowsByPosition;
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
