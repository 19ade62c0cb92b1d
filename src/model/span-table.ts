import type { SpanReader } from './detail.js';
import { IdColumn } from './id-column.js';
import type { SpanKind, SpanStatus } from './kinds.js';
import { CountColumn, NumberColumn } from './number-column.js';
import type { TraceProblem } from './problem.js';
import { SharedColumn } from './shared-column.js';
import { TimeOrigin } from './time-origin.js';
import { saysAnything, Testimony, type SpanClaims, type TraceFacts } from './trace-facts.js';
import { USAGE_FIELDS, type Usage } from './usage.js';

/**
 * The little that a trace needs to know of each span before somebody looks at it. A format fills one of these per span
 * and may fill the same object again for the next: the table copies it.
 */
export interface SpanOutline {
  /** Normalised; empty where the record has none. */
  traceId: string;
  /** Normalised; empty where the record has none. */
  id: string;
  /** Empty for a root. */
  parentId: string;
  name: string;
  /** The tool, agent or function, where the name may not say. */
  label: string | undefined;
  kind: SpanKind;
  /** Milliseconds from the table's origin (see `TimeOrigin`); `NaN` where the record has no time. */
  start: number;
  end: number;
  status: SpanStatus;
  statusMessage: string | undefined;
  service: string | undefined;
  model: string | undefined;
  provider: string | undefined;
  usage: Usage | undefined;
  /** US dollars. */
  cost: number | undefined;
  /** Milliseconds. */
  timeToFirstToken: number | undefined;
  sessionId: string | undefined;
  userId: string | undefined;
  tags: readonly string[] | undefined;
  metadata: unknown;
}

/**
 * All spans of one or more traces, in the order in which they came, a column a fact. Texts are those of the raw records,
 * numbers stand in typed arrays.
 */
export class SpanTable {
  readonly origin = new TimeOrigin();
  /** Empty where the record has none. */
  readonly traceIds = new SharedColumn<string>();
  readonly ids = new IdColumn();
  /** Empty for a root. With the same seed, so that parents are found by their numbers. */
  readonly parentIds = new IdColumn(this.ids.seed);
  readonly names: string[] = [];
  readonly labels: (string | undefined)[] = [];
  readonly kinds: SpanKind[] = [];
  readonly statuses: SpanStatus[] = [];
  readonly statusMessages = new SharedColumn<string>();
  readonly services = new SharedColumn<string>();
  readonly models: (string | undefined)[] = [];
  readonly providers = new SharedColumn<string>();
  readonly raws: unknown[] = [];
  readonly readers = new SharedColumn<SpanReader>();
  readonly #starts = new NumberColumn();
  readonly #ends = new NumberColumn();
  /** A column for each part, so that a figure takes a few bytes, and none where no span states it. */
  readonly #usage = {
    input: new CountColumn(),
    output: new CountColumn(),
    total: new CountColumn(),
    cacheRead: new CountColumn(),
    cacheWrite: new CountColumn(),
    reasoning: new CountColumn(),
    audioInput: new CountColumn(),
    audioOutput: new CountColumn(),
  } satisfies Record<keyof Usage, CountColumn>;
  readonly #costs = new NumberColumn();
  readonly #timesToFirstToken = new NumberColumn();
  /** Findings about the source that belong to no span. */
  readonly problems: TraceProblem[] = [];
  readonly #testimonies = new Map<string, Testimony>();
  /** What rows without a trace id say, by row: which trace they say it of is known when all rows are there. */
  readonly #claims = new Map<number, SpanClaims>();
  #homelessCount = 0;

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

  /** The tokens that a row states; `undefined` where it states none. */
  usageAt(row: number): Usage | undefined {
    let usage: Usage | undefined;
    for (const field of USAGE_FIELDS) {
      const tokens = this.#usage[field].at(row);
      if (tokens !== undefined) (usage ??= {})[field] = tokens;
    }
    return usage;
  }

  /** One figure of a row's tokens; for the total as `totalTokens` gives it. */
  tokensAt(row: number, field: keyof Usage = 'total'): number | undefined {
    const stated = this.#usage[field].at(row);
    if (stated !== undefined || field !== 'total') return stated;
    const input = this.#usage.input.at(row);
    const output = this.#usage.output.at(row);
    return input === undefined ? output : input + (output ?? 0);
  }

  /** A figure of the tokens by row, as it is stated; `NaN` where it is not. May be shorter or longer than the table. */
  tokensOf(field: keyof Usage): Float32Array | Float64Array {
    return this.#usage[field].values;
  }

  /** Whether any row states this figure. */
  hasTokens(field: keyof Usage): boolean {
    return this.#usage[field].values.length > 0;
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

  setUsage(row: number, usage: Usage | undefined): void {
    for (const field of USAGE_FIELDS) {
      const tokens = usage?.[field];
      if (tokens !== undefined) this.#usage[field].set(row, tokens);
      else if (this.#usage[field].at(row) !== undefined) this.#usage[field].set(row, NaN);
    }
  }

  /** US dollars by row, as `tokensOf`. */
  get costs(): Float64Array {
    return this.#costs.values;
  }

  /** US dollars; `undefined` where the row states none. */
  costAt(row: number): number | undefined {
    return this.#costs.at(row);
  }

  setCost(row: number, cost: number | undefined): void {
    this.#costs.set(row, cost ?? NaN);
  }

  /** Milliseconds. */
  timeToFirstTokenAt(row: number): number | undefined {
    return this.#timesToFirstToken.at(row);
  }

  /** Makes room for so many rows more that will come: to grow step by step copies what is there again and again. */
  expect(count: number): void {
    const rows = this.length + count;
    for (const column of [this.ids, this.parentIds, this.#starts, this.#ends]) column.expect(rows);
  }

  add(outline: SpanOutline, raw: unknown, reader: SpanReader): void {
    const row = this.ids.length;
    this.traceIds.set(row, outline.traceId);
    this.ids.push(outline.id);
    this.parentIds.push(outline.parentId);
    this.names.push(outline.name);
    this.labels.push(outline.label);
    this.kinds.push(outline.kind);
    this.#starts.set(row, outline.start);
    this.#ends.set(row, outline.end);
    this.statuses.push(outline.status);
    this.statusMessages.set(row, outline.statusMessage);
    this.services.set(row, outline.service);
    this.models.push(outline.model);
    this.providers.set(row, outline.provider);
    this.raws.push(raw);
    this.readers.set(row, reader);
    const { usage, cost, timeToFirstToken } = outline;
    if (usage) this.#addUsage(row, usage);
    if (cost !== undefined) this.#costs.set(row, cost);
    if (timeToFirstToken !== undefined) this.#timesToFirstToken.set(row, timeToFirstToken);
    if (outline.traceId === '') this.#homelessCount++;
    if (!saysAnything(outline)) return;
    if (outline.traceId !== '') this.#testimony(outline.traceId).hear(outline);
    else {
      const { parentId, sessionId, userId, tags, metadata } = outline;
      this.#claims.set(row, { parentId, sessionId, userId, tags, metadata });
    }
  }

  /** Gives back what was taken for rows that did not come. More may come all the same. */
  trim(): void {
    const { length } = this;
    this.ids.trim();
    this.parentIds.trim();
    for (const column of [this.traceIds, this.statusMessages, this.services, this.providers, this.readers]) {
      column.trim(length);
    }
    const numbers = [this.#starts, this.#ends, this.#costs, this.#timesToFirstToken];
    for (const column of [...numbers, ...Object.values(this.#usage)]) column.trim(length);
  }

  /** By name: a key that varies is slow to look up, and this is done for every span. */
  #addUsage(row: number, usage: Usage): void {
    const { input, output, total } = usage;
    const { cacheRead, cacheWrite, reasoning, audioInput, audioOutput } = usage;
    const columns = this.#usage;
    if (input !== undefined) columns.input.set(row, input);
    if (output !== undefined) columns.output.set(row, output);
    if (total !== undefined) columns.total.set(row, total);
    if (cacheRead !== undefined) columns.cacheRead.set(row, cacheRead);
    if (cacheWrite !== undefined) columns.cacheWrite.set(row, cacheWrite);
    if (reasoning !== undefined) columns.reasoning.set(row, reasoning);
    if (audioInput !== undefined) columns.audioInput.set(row, audioInput);
    if (audioOutput !== undefined) columns.audioOutput.set(row, audioOutput);
  }

  /**
   * Adds rows of another table behind the rows of this one, and what is said of their traces. Where no rows are named,
   * adds all of them, and what is said of any trace.
   */
  append(other: SpanTable, rows?: Iterable<number>): void {
    // Where neither table has a time, the origin stays open for the first one that comes.
    this.origin.epoch ??= other.origin.epoch;
    const shift = other.origin.toEpoch(0) - this.origin.toEpoch(0);
    const traceIds = new Set<string>();
    for (const row of rows ?? other.#allRows()) {
      const traceId = other.traceIds.at(row)!;
      const claims = other.#claims.get(row);
      traceIds.add(traceId);
      this.add(
        {
          traceId,
          id: other.ids.at(row),
          parentId: other.parentIds.at(row),
          name: other.names[row]!,
          label: other.labels[row],
          kind: other.kinds[row]!,
          start: other.starts[row]! + shift,
          end: other.ends[row]! + shift,
          status: other.statuses[row]!,
          statusMessage: other.statusMessages.at(row),
          service: other.services.at(row),
          model: other.models[row],
          provider: other.providers.at(row),
          usage: other.usageAt(row),
          cost: other.costAt(row),
          timeToFirstToken: other.timeToFirstTokenAt(row),
          sessionId: claims?.sessionId,
          userId: claims?.userId,
          tags: claims?.tags,
          metadata: claims?.metadata,
        },
        other.raws[row],
        other.readers.at(row)!,
      );
    }
    for (const [traceId, theirs] of other.#testimonies) {
      if (!rows || traceIds.has(traceId)) this.#testimony(traceId).take(theirs);
    }
    for (const problem of other.problems) this.problems.push(problem);
  }

  *#allRows(): Generator<number> {
    for (let row = 0; row < this.length; row++) yield row;
  }

  /**
   * What the container and the spans with that trace id say of the trace as a whole; made empty when first asked for.
   * Under the empty id is what the container says of spans without a trace id.
   */
  facts(traceId: string): TraceFacts {
    return this.#testimony(traceId).facts;
  }

  /**
   * What is said of a trace, also by those of its rows that have no trace id. What the container says of spans without
   * a trace id counts where all of them are in this trace.
   */
  factsOf(traceId: string, rows: Uint32Array): TraceFacts {
    if (this.#homelessCount === 0) return this.facts(traceId);
    const homeless = rows.filter((row) => this.traceIds.at(row) === '');
    if (homeless.length === 0) return this.facts(traceId);
    const all = new Testimony();
    if (traceId !== '' && homeless.length === this.#homelessCount) all.take(this.#testimony(''));
    for (const row of homeless) {
      const claims = this.#claims.get(row);
      if (claims) all.hear(claims);
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
