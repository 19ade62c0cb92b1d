import type { SpanReader } from './detail.js';
import { IdColumn } from './id-column.js';
import type { SpanKind, SpanStatus } from './kinds.js';
import { NumberColumn } from './number-column.js';
import type { TraceProblem } from './problem.js';
import { SharedColumn } from './shared-column.js';
import { emptyOutline, type SpanOutline, type SpanStatement } from './span-outline.js';
import { StatedColumns } from './stated-columns.js';
import { atOnce } from './steps.js';
import type { LaterPart } from './sums.js';
import { TimeOrigin } from './time-origin.js';
import { saysAnything, Testimony, type SpanClaims, type TraceFacts } from './trace-facts.js';
import type { Usage } from './usage.js';

export type { SpanOutline } from './span-outline.js';

/** The structure of a span as its source writes it. */
export interface WrittenStructure {
  /** Normalised; empty where the record has none. */
  traceId: string;
  /** As they are written. Absent for none. */
  id: unknown;
  parentId: unknown;
  /** Milliseconds from the table's origin; `NaN` where the record has no time. */
  start: number;
  end: number;
}

/** How many rows are settled between two chances to rest: about a millisecond's work. */
const SETTLED_A_STEP = 1024;

/** How many rows that somebody looked at are kept until all are settled. */
const MOST_PEEKED = 4096;

/**
 * All spans of one or more traces, in the order in which they came, a column a fact. Texts are those of the raw records,
 * numbers stand in typed arrays.
 *
 * A row may be added with its structure alone. What its span states is worked out by its reader when somebody asks: of one
 * row where it is asked by row, of all rows, in their order, where a column or a fact of a trace is asked for.
 */
export class SpanTable {
  readonly origin = new TimeOrigin();
  /** Empty where the record has none. */
  readonly traceIds = new SharedColumn<string>();
  readonly ids = new IdColumn();
  /** Empty for a root. With the same seed, so that parents are found by their numbers. */
  readonly parentIds = new IdColumn(this.ids.seed);
  readonly raws: unknown[] = [];
  readonly readers = new SharedColumn<SpanReader>();
  readonly #starts = new NumberColumn();
  readonly #ends = new NumberColumn();
  /** Of the rows that are settled: the first ones. */
  readonly #stated = new StatedColumns();
  /** What somebody asked for of rows that are not. */
  readonly #peeked = new Map<number, SpanStatement>();
  /** Filled in again and again. */
  #outline: SpanOutline | undefined;
  #unread = 0;
  /** Findings about the source that belong to no span. */
  readonly problems: TraceProblem[] = [];
  readonly #testimonies = new Map<string, Testimony>();
  /** What rows without a trace id say, by row: which trace they say it of is known when all rows are there. */
  readonly #claims = new Map<number, SpanClaims>();
  #homelessCount = 0;
  /** What has to be loaded before its rows are asked what they state. */
  needs: LaterPart | undefined;

  get length(): number {
    return this.ids.length;
  }

  /** Whether any row has no trace id. */
  get hasHomeless(): boolean {
    return this.#homelessCount > 0;
  }

  /** Milliseconds from the origin by row; `NaN` where the record has no time. May be longer than the table. */
  get starts(): Float64Array {
    return this.#starts.values;
  }

  /** As `starts`. */
  get ends(): Float64Array {
    return this.#ends.values;
  }

  hasId(row: number): boolean {
    return this.ids.hasId(row);
  }

  /** Whether a row is said to have a parent. */
  namesParent(row: number): boolean {
    return this.parentIds.hasId(row);
  }

  setParentId(row: number, id: string): void {
    this.parentIds.set(row, id);
  }

  // --- What spans state, by row -------------------------------------------------------------------------------------

  nameAt(row: number): string {
    return row < this.#stated.length ? this.#stated.names[row]! : this.#peek(row).name;
  }

  labelAt(row: number): string | undefined {
    return row < this.#stated.length ? this.#stated.labels[row] : this.#peek(row).label;
  }

  kindAt(row: number): SpanKind {
    return row < this.#stated.length ? this.#stated.kinds[row]! : this.#peek(row).kind;
  }

  statusAt(row: number): SpanStatus {
    return row < this.#stated.length ? this.#stated.statuses[row]! : this.#peek(row).status;
  }

  statusMessageAt(row: number): string | undefined {
    return row < this.#stated.length ? this.#stated.statusMessages.at(row) : this.#peek(row).statusMessage;
  }

  serviceAt(row: number): string | undefined {
    return row < this.#stated.length ? this.#stated.services.at(row) : this.#peek(row).service;
  }

  modelAt(row: number): string | undefined {
    return row < this.#stated.length ? this.#stated.models[row] : this.#peek(row).model;
  }

  providerAt(row: number): string | undefined {
    return row < this.#stated.length ? this.#stated.providers.at(row) : this.#peek(row).provider;
  }

  /** The tokens that a row states; `undefined` where it states none. */
  usageAt(row: number): Usage | undefined {
    return row < this.#stated.length ? this.#stated.usageAt(row) : this.#peek(row).usage;
  }

  /** US dollars; `undefined` where the row states none. */
  costAt(row: number): number | undefined {
    return row < this.#stated.length ? this.#stated.costs.at(row) : this.#peek(row).cost;
  }

  /** Milliseconds. */
  timeToFirstTokenAt(row: number): number | undefined {
    return row < this.#stated.length ? this.#stated.timesToFirstToken.at(row) : this.#peek(row).timeToFirstToken;
  }

  /** The name of its trace, as far as it is known, else its own. */
  traceNameAt(row: number): string {
    const known = this.facts(this.traceIds.at(row)!).name;
    return known ?? (row < this.#stated.length ? undefined : this.#peek(row).traceName) ?? this.nameAt(row);
  }

  // --- What spans state, a column a fact ----------------------------------------------------------------------------

  get names(): readonly string[] {
    return this.#all().names;
  }

  get labels(): readonly (string | undefined)[] {
    return this.#all().labels;
  }

  get kinds(): readonly SpanKind[] {
    return this.#all().kinds;
  }

  get statuses(): readonly SpanStatus[] {
    return this.#all().statuses;
  }

  get statusMessages(): SharedColumn<string> {
    return this.#all().statusMessages;
  }

  get services(): SharedColumn<string> {
    return this.#all().services;
  }

  get models(): readonly (string | undefined)[] {
    return this.#all().models;
  }

  get providers(): SharedColumn<string> {
    return this.#all().providers;
  }

  /** One figure of a row's tokens; for the total as `totalTokens` gives it. */
  tokensAt(row: number, field: keyof Usage = 'total'): number | undefined {
    const { usage } = this.#all();
    const stated = usage[field].at(row);
    if (stated !== undefined || field !== 'total') return stated;
    const input = usage.input.at(row);
    const output = usage.output.at(row);
    return input === undefined ? output : input + (output ?? 0);
  }

  /** A figure of the tokens by row, as it is stated; `NaN` where it is not. May be shorter or longer than the table. */
  tokensOf(field: keyof Usage): Float32Array | Float64Array {
    return this.#all().usage[field].values;
  }

  /** Whether any row states this figure. */
  hasTokens(field: keyof Usage): boolean {
    return this.#all().usage[field].values.length > 0;
  }

  /** US dollars by row, as `tokensOf`. */
  get costs(): Float64Array {
    return this.#all().costs.values;
  }

  setUsage(row: number, usage: Usage | undefined): void {
    this.#all().setUsage(row, usage);
  }

  setCost(row: number, cost: number | undefined): void {
    this.#all().costs.set(row, cost ?? NaN);
  }

  // --- Adding rows --------------------------------------------------------------------------------------------------

  /** Makes room for so many rows more that will come: to grow step by step copies what is there again and again. */
  expect(count: number): void {
    const rows = this.length + count;
    for (const column of [this.traceIds, this.ids, this.parentIds, this.#starts, this.#ends, this.readers]) {
      column.expect(rows);
    }
  }

  add(outline: SpanOutline, raw: unknown, reader: SpanReader): void {
    this.settle();
    const { traceId, start, end } = outline;
    const row = this.ids.length;
    this.ids.push(outline.id);
    this.parentIds.push(outline.parentId);
    this.#addRow(row, traceId, start, end, raw, reader);
    this.#state(row, outline);
  }

  /**
   * Adds a row of which nobody asks more yet than where it stands. Its reader has a `state`.
   *
   * @param normalised gives the id that the source means
   */
  addStructure(span: WrittenStructure, raw: unknown, reader: SpanReader, normalised: (id: unknown) => string): void {
    const row = this.ids.length;
    this.ids.pushWritten(span.id, normalised);
    this.parentIds.pushWritten(span.parentId, normalised);
    this.#addRow(row, span.traceId, span.start, span.end, raw, reader);
  }

  #addRow(row: number, traceId: string, start: number, end: number, raw: unknown, reader: SpanReader): void {
    this.traceIds.set(row, traceId);
    this.#starts.set(row, start);
    this.#ends.set(row, end);
    this.raws.push(raw);
    this.readers.set(row, reader);
    if (traceId === '') this.#homelessCount++;
  }

  /** Gives back what was taken for rows that did not come. More may come all the same. */
  trim(): void {
    const { length } = this;
    this.ids.trim();
    this.parentIds.trim();
    for (const column of [this.traceIds, this.readers, this.#starts, this.#ends]) column.trim(length);
    this.#stated.trim(this.#stated.length);
  }

  /**
   * Adds rows of another table behind the rows of this one, and what is said of their traces. Where no rows are named,
   * adds all of them, and what is said of any trace. Settles both.
   */
  append(other: SpanTable, rows?: Iterable<number>): void {
    // Where neither table has a time, the origin stays open for the first one that comes.
    this.origin.epoch ??= other.origin.epoch;
    const shift = other.origin.toEpoch(0) - this.origin.toEpoch(0);
    const traceIds = new Set<string>();
    this.settle();
    other.settle();
    for (const row of rows ?? other.#allRows()) {
      const traceId = other.traceIds.at(row)!;
      traceIds.add(traceId);
      const structure = {
        traceId,
        id: other.ids.at(row),
        parentId: other.parentIds.at(row),
        start: other.starts[row]! + shift,
        end: other.ends[row]! + shift,
      };
      const claims = other.#claims.get(row);
      this.add({ ...structure, ...other.#stated.at(row), ...claims }, other.raws[row], other.readers.at(row)!);
    }
    for (const [traceId, theirs] of other.#testimonies) {
      if (!rows || traceIds.has(traceId)) this.#testimony(traceId).take(theirs);
    }
    for (const problem of other.problems) this.problems.push(problem);
  }

  *#allRows(): Generator<number> {
    for (let row = 0; row < this.length; row++) yield row;
  }

  // --- Settling -----------------------------------------------------------------------------------------------------

  /** Whether it is known of all rows what they state. */
  get isSettled(): boolean {
    return this.#stated.length === this.ids.length;
  }

  /** Works out what rows state that have only their structure. */
  settle(): void {
    if (!this.isSettled) atOnce(this.settleInSteps());
  }

  /** As `settle`, with chances to rest. Rows may come meanwhile. */
  *settleInSteps(): Generator<undefined, void> {
    while (!this.isSettled) {
      this.#settleTo(Math.min(this.length, this.#stated.length + SETTLED_A_STEP));
      yield;
    }
  }

  #settleTo(end: number): void {
    const outline = (this.#outline ??= emptyOutline());
    this.#stated.expect(this.length);
    for (let row = this.#stated.length; row < end; row++) {
      if (!this.#read(row, outline)) this.#unread++;
      this.#state(row, outline);
    }
    if (!this.isSettled) return;
    this.#peeked.clear();
    this.#outline = undefined;
  }

  #all(): StatedColumns {
    this.settle();
    return this.#stated;
  }

  #peek(row: number): SpanStatement {
    const known = this.#peeked.get(row);
    if (known) return known;
    const outline = emptyOutline();
    // Beyond the last.
    if (row >= this.length) return outline;
    if (this.#peeked.size === MOST_PEEKED) this.#peeked.clear();
    this.#read(row, outline);
    this.#peeked.set(row, outline);
    return outline;
  }

  /** What a row states: nothing where that cannot be read. Gives whether it could. */
  #read(row: number, outline: SpanOutline): boolean {
    outline.start = this.starts[row]!;
    try {
      this.readers.at(row)!.state!(this.raws[row], outline, this.origin);
      return true;
    } catch {
      Object.assign(outline, emptyOutline());
      return false;
    }
  }

  /** Takes what the next row states, of itself and of its trace. */
  #state(row: number, outline: SpanOutline): void {
    this.#stated.push(outline);
    const { traceName } = outline;
    if (traceName !== undefined) this.facts(this.traceIds.at(row)!).name ??= traceName;
    if (!saysAnything(outline)) return;
    const traceId = this.traceIds.at(row)!;
    if (traceId !== '') this.#testimony(traceId).hear(outline, !this.namesParent(row));
    else {
      const { sessionId, userId, tags, metadata } = outline;
      this.#claims.set(row, { sessionId, userId, tags, metadata });
    }
  }

  /** Settled rows of which could not be read what they state. */
  get unreadCount(): number {
    return this.#unread;
  }

  // --- Facts of traces ----------------------------------------------------------------------------------------------

  /**
   * What the container and the spans with that trace id say of the trace as a whole, as far as they are settled; made empty
   * when first asked for. Under the empty id is what the container says of spans without a trace id.
   */
  facts(traceId: string): TraceFacts {
    return this.#testimony(traceId).facts;
  }

  /**
   * What is said of a trace, also by those of its rows that have no trace id. What the container says of spans without
   * a trace id counts where all of them are in this trace.
   */
  factsOf(traceId: string, rows: Uint32Array): TraceFacts {
    this.settle();
    if (this.#homelessCount === 0) return this.facts(traceId);
    const homeless = rows.filter((row) => this.traceIds.at(row) === '');
    if (homeless.length === 0) return this.facts(traceId);
    const all = new Testimony();
    if (traceId !== '' && homeless.length === this.#homelessCount) all.take(this.#testimony(''));
    for (const row of homeless) {
      const claims = this.#claims.get(row);
      if (claims) all.hear(claims, !this.namesParent(row));
    }
    all.take(this.#testimony(traceId));
    return all.facts;
  }

  #testimony(traceId: string): Testimony {
    let testimony = this.#testimonies.get(traceId);
    if (!testimony) this.#testimonies.set(traceId, (testimony = new Testimony()));
    return testimony;
  }
}
