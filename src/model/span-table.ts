import type { SpanReader } from './detail.js';
import type { SpanKind, SpanStatus } from './kinds.js';
import type { TraceProblem } from './problem.js';
import { saysAnything, Testimony, type SpanClaims, type TraceFacts } from './trace-facts.js';
import type { Usage } from './usage.js';

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

/** The last moment that a `Date` can hold, and the first one with a minus. */
const LAST_DATE = 8.64e15;

/**
 * Turns the clocks of traces into milliseconds that keep their nanoseconds. An epoch time in milliseconds leaves a
 * double only a quarter of a microsecond; counted from an origin near the trace it has more than enough.
 */
export class TimeOrigin {
  /** Whole milliseconds since the epoch that times are counted from; set by the first time that is read. */
  epoch: number | undefined;

  /** Nanoseconds since the epoch, as decimal digits, `bigint` or number. 0, less, empty and nonsense give `NaN`. */
  fromNanos(nanos: unknown): number {
    const digits =
      typeof nanos === 'string'
        ? nanos
        : typeof nanos === 'bigint' || (typeof nanos === 'number' && Number.isInteger(nanos))
          ? BigInt(nanos).toString()
          : '';
    if (!/^\d+$/.test(digits)) return typeof nanos === 'number' && nanos > 0 ? this.fromMillis(nanos / 1e6) : NaN;
    return this.fromMillis(digits.length > 6 ? Number(digits.slice(0, -6)) : 0, Number(digits.slice(-6)) / 1e6);
  }

  /**
   * Milliseconds since the epoch, and a fraction of one that would not survive the addition. What is beyond any date is
   * no time: as the first of a table it would leave no digits for the others.
   */
  fromMillis(millis: number, fraction = 0): number {
    if (!(Math.abs(millis) <= LAST_DATE) || millis + fraction === 0) return NaN;
    this.epoch ??= Math.floor(millis);
    return millis - this.epoch + fraction;
  }

  /** Milliseconds since the epoch of a time that is counted from the origin. */
  toEpoch(time: number): number {
    return (this.epoch ?? 0) + time;
  }
}

/** All spans of one or more traces, in the order in which they came, a column a fact. */
export class SpanTable {
  readonly origin = new TimeOrigin();
  readonly traceIds: string[] = [];
  readonly ids: string[] = [];
  readonly parentIds: string[] = [];
  readonly names: string[] = [];
  readonly labels: (string | undefined)[] = [];
  readonly kinds: SpanKind[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly statuses: SpanStatus[] = [];
  readonly statusMessages: (string | undefined)[] = [];
  readonly services: (string | undefined)[] = [];
  readonly models: (string | undefined)[] = [];
  readonly providers: (string | undefined)[] = [];
  readonly usages: (Usage | undefined)[] = [];
  readonly costs: (number | undefined)[] = [];
  readonly timesToFirstToken: (number | undefined)[] = [];
  readonly raws: unknown[] = [];
  readonly readers: SpanReader[] = [];
  /** Findings about the source that belong to no span. */
  readonly problems: TraceProblem[] = [];
  readonly #testimonies = new Map<string, Testimony>();
  /** What rows without a trace id say, by row: which trace they say it of is known when all rows are there. */
  readonly #claims = new Map<number, SpanClaims>();
  #homelessCount = 0;

  get length(): number {
    return this.ids.length;
  }

  add(outline: SpanOutline, raw: unknown, reader: SpanReader): void {
    this.traceIds.push(outline.traceId);
    this.ids.push(outline.id);
    this.parentIds.push(outline.parentId);
    this.names.push(outline.name);
    this.labels.push(outline.label);
    this.kinds.push(outline.kind);
    this.starts.push(outline.start);
    this.ends.push(outline.end);
    this.statuses.push(outline.status);
    this.statusMessages.push(outline.statusMessage);
    this.services.push(outline.service);
    this.models.push(outline.model);
    this.providers.push(outline.provider);
    this.usages.push(outline.usage);
    this.costs.push(outline.cost);
    this.timesToFirstToken.push(outline.timeToFirstToken);
    this.raws.push(raw);
    this.readers.push(reader);
    if (outline.traceId === '') this.#homelessCount++;
    if (!saysAnything(outline)) return;
    if (outline.traceId !== '') this.#testimony(outline.traceId).hear(outline);
    else {
      const { parentId, sessionId, userId, tags, metadata } = outline;
      this.#claims.set(this.length - 1, { parentId, sessionId, userId, tags, metadata });
    }
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
      const traceId = other.traceIds[row]!;
      const claims = other.#claims.get(row);
      traceIds.add(traceId);
      this.add(
        {
          traceId,
          id: other.ids[row]!,
          parentId: other.parentIds[row]!,
          name: other.names[row]!,
          label: other.labels[row],
          kind: other.kinds[row]!,
          start: other.starts[row]! + shift,
          end: other.ends[row]! + shift,
          status: other.statuses[row]!,
          statusMessage: other.statusMessages[row],
          service: other.services[row],
          model: other.models[row],
          provider: other.providers[row],
          usage: other.usages[row],
          cost: other.costs[row],
          timeToFirstToken: other.timesToFirstToken[row],
          sessionId: claims?.sessionId,
          userId: claims?.userId,
          tags: claims?.tags,
          metadata: claims?.metadata,
        },
        other.raws[row],
        other.readers[row]!,
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
  factsOf(traceId: string, rows: readonly number[]): TraceFacts {
    const homeless = rows.filter((row) => this.traceIds[row] === '');
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
