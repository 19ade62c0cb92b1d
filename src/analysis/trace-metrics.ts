import { totalTokens, type Score, type Span, type Trace, type Usage } from '../model/index.js';
import { failureOf } from './retries.js';
import { spreadOf, type Spread } from './percentile.js';
import type { PriceSource } from './call-cost.js';
import { RESOURCES, resourceUse, type Resource, type ResourceUse } from './resource-use.js';
import { rollUpSpans } from './roll-ups.js';

/**
 * The figures of one trace that a summary of many needs. A summary as the store lists it is one. What is absent is not
 * known, and is counted as such.
 */
export interface TraceFigures {
  readonly id: string;
  /** Milliseconds since the epoch; 0 where no span has a time. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly isRunning?: boolean;
  readonly errorCount?: number;
  /** What failed, a word for each failure: a class of exceptions, an HTTP status. */
  readonly errorTypes?: readonly string[];
  readonly usage?: Readonly<Usage>;
  /** US dollars. */
  readonly cost?: number;
  /** Whether some of the cost is an estimate. */
  readonly isEstimate?: boolean;
  /** Milliseconds to the first token, of each call that states it. */
  readonly timesToFirstToken?: readonly number[];
  readonly models?: readonly ModelFigures[];
  readonly scores?: readonly Score[];
  /** The most that it took of its machine. */
  readonly resources?: ResourceUse;
}

/** What calls of one model add to a trace. */
export interface ModelFigures {
  readonly model: string;
  readonly calls: number;
  readonly tokens?: number;
  /** US dollars. */
  readonly cost?: number;
}

/** Failures of a trace whose kind is looked up. */
const MOST_FAILURES = 8;

/** The figures of a trace that was read. Of its spans' details only those of failures are read, and few of them. */
export function traceFigures(trace: Trace, prices?: PriceSource): TraceFigures {
  const { table } = trace;
  const rollUps = rollUpSpans(trace, prices);
  const { usage, cost, estimatedCost, errors } = rollUps.total;
  const { errors: errorsInside } = rollUps;
  const tokens = rollUps.tokens();
  const times: number[] = [];
  const errorTypes: string[] = [];
  const models = new Map<string, { model: string; calls: number; tokens?: number; cost?: number }>();
  for (let position = 0; position < trace.spans.length; position++) {
    const row = trace.rowAt(position);
    const wait = table.timeToFirstTokenAt(row);
    if (wait !== undefined && wait >= 0 && !isRepeated(trace, position)) times.push(wait);
    if (table.statuses[row] === 'error' && errorTypes.length < MOST_FAILURES && errorsInside[position] === 1) {
      errorTypes.push(errorTypeOf(trace.spanAt(position)));
    }
    const model = table.models[row];
    if (model === undefined) continue;
    let figures = models.get(model);
    if (!figures) models.set(model, (figures = { model, calls: 0 }));
    if (rollUps.isCall[position]) figures.calls++;
    const added = rollUps.added(position, tokens, rollUps.tokensCounting);
    if (!Number.isNaN(added)) figures.tokens = (figures.tokens ?? 0) + added;
    const dollars = rollUps.added(position, rollUps.cost, rollUps.costCounting);
    if (!Number.isNaN(dollars)) figures.cost = (figures.cost ?? 0) + dollars;
  }
  const resources = resourceUse(trace);
  return {
    id: trace.id,
    start: trace.start,
    duration: trace.duration,
    isRunning: trace.isRunning,
    errorCount: errors,
    errorTypes,
    timesToFirstToken: times,
    models: [...models.values()],
    scores: trace.scores,
    ...(usage && { usage }),
    ...(cost !== undefined && { cost, isEstimate: estimatedCost > 0 }),
    ...(resources && { resources }),
  };
}

/** Whether the span around a call tells of the same first token. */
function isRepeated(trace: Trace, position: number): boolean {
  const parent = trace.tree.parent[position]!;
  if (parent < 0) return false;
  const row = trace.rowAt(parent);
  return trace.table.kinds[row] === 'llm' && trace.table.timeToFirstTokenAt(row) !== undefined;
}

/** A word for how a span failed: the class of its exception, else the HTTP status, else `error`. */
export function errorTypeOf(span: Span): string {
  const stated = span.attributes.get('error.type') ?? span.exceptions.find(({ type }) => type !== undefined)?.type;
  if (typeof stated === 'string' && stated !== '') return stated;
  const failure = failureOf(span);
  if (failure?.status !== undefined) return `${failure.status}`;
  return failure?.isRateLimit ? 'rate limit' : 'error';
}

/** A stretch of time, and the traces that began in it. */
export interface TimeBucket {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Those that began in it; none where a backend worked the figures out. */
  readonly traces: readonly TraceFigures[];
  readonly duration: Spread | undefined;
  readonly timeToFirstToken: Spread | undefined;
  /** Traces with an error. */
  readonly failed: number;
  readonly tokens: number | undefined;
  readonly cost: number | undefined;
  readonly models: readonly ModelFigures[];
  readonly scores: readonly ScoreFigures[];
  /** Those that traces state. */
  readonly resources: ReadonlyMap<Resource, ResourceFigures>;
}

/** What traces took of one resource, each at the most. */
export interface ResourceFigures {
  /** Traces that state it. */
  readonly count: number;
  readonly mean: number;
  readonly most: number;
}

/** Scores of one name. */
export interface ScoreFigures {
  readonly name: string;
  readonly count: number;
  /** The mean of those that are numbers, yes counting as 1 and no as 0; absent where none is. */
  readonly mean: number | undefined;
  /** How often each other value was given. */
  readonly values: ReadonlyMap<string, number>;
}

/** The figures of many traces. What none of them states is absent, never 0. */
export interface TraceMetrics {
  readonly count: number;
  /** The time from the first start to the last one, in milliseconds since the epoch; absent where none is known. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
  /** Traces an hour over that time; absent for less than two. */
  readonly perHour: number | undefined;
  readonly duration: Spread | undefined;
  readonly timeToFirstToken: Spread | undefined;
  readonly failed: number;
  /** By count of traces. */
  readonly errorRate: number | undefined;
  /** How many traces each type of error occurred in, the most frequent first. */
  readonly errorTypes: ReadonlyMap<string, number>;
  readonly tokens: number | undefined;
  readonly cost: number | undefined;
  /** Whether some of the cost is an estimate. */
  readonly isEstimate: boolean;
  /** The model that cost the most, or took the most tokens, first. */
  readonly models: readonly ModelFigures[];
  readonly scores: readonly ScoreFigures[];
  readonly resources: ReadonlyMap<Resource, ResourceFigures>;
  /** Of equal length, one after the other, also empty ones. */
  readonly buckets: readonly TimeBucket[];
  readonly leftOut: {
    /** Traces that are still running, and those without a time: they have no duration. */
    readonly untimed: number;
    /** Traces without a start: they are in no bucket. */
    readonly undated: number;
    /** Traces outside the range that was asked for: they are counted nowhere. */
    readonly outside: number;
    readonly withoutTokens: number;
    readonly withoutCost: number;
  };
}

export interface TraceMetricsOptions {
  /** Milliseconds since the epoch: traces that began from here… */
  from?: number;
  /** …and before here. */
  to?: number;
  /** How many buckets there may be at most; there are fewer, so that each has a length that people use. */
  buckets?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Lengths of time that people use. */
const LENGTHS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((days) => days * DAY),
];

/** Adds up the figures of many traces, and puts them in order by when they began. */
export function traceMetrics(traces: Iterable<TraceFigures>, options: TraceMetricsOptions = {}): TraceMetrics {
  const { from = -Infinity, to = Infinity, buckets: most = 60 } = options;
  const all: TraceFigures[] = [];
  let outside = 0;
  let undated = 0;
  let first = Infinity;
  let last = -Infinity;
  const isRange = options.from !== undefined || options.to !== undefined;
  for (const trace of traces) {
    const { start } = trace;
    const isDated = start !== 0 && Number.isFinite(start);
    if (isDated ? start < from || start >= to : isRange) {
      outside++;
      continue;
    }
    all.push(trace);
    if (!isDated) undated++;
    else {
      if (start < first) first = start;
      if (start > last) last = start;
    }
  }
  const whole = new Sums();
  for (const trace of all) whole.add(trace);
  const { duration, timeToFirstToken, failed, tokens, cost, models, scores, resources } = whole.figures();
  const isDated = first !== Infinity;
  return {
    count: all.length,
    range: isDated ? { start: first, end: last } : undefined,
    perHour: last > first ? ((all.length - undated) * HOUR) / (last - first) : undefined,
    duration,
    timeToFirstToken,
    failed,
    errorRate: all.length ? failed / all.length : undefined,
    errorTypes: new Map([...whole.errorTypes].sort(([, one], [, other]) => other - one)),
    tokens,
    cost,
    isEstimate: whole.isEstimate,
    models,
    scores,
    resources,
    buckets: isDated ? bucketsOf(all, first, last, Math.max(1, Math.floor(most))) : [],
    leftOut: {
      untimed: all.length - whole.timed,
      undated,
      outside,
      withoutTokens: whole.withoutTokens,
      withoutCost: whole.withoutCost,
    },
  };
}

const countOf = (first: number, last: number, length: number): number =>
  Math.floor(last / length) - Math.floor(first / length) + 1;

/** The length of time, one that people use, of which at most so many follow one another from the first moment to the last. */
export const bucketLength = (first: number, last: number, most: number): number =>
  LENGTHS.find((candidate) => countOf(first, last, candidate) <= most) ??
  // Traces of several centuries: years, as many as it takes.
  LENGTHS.at(-1)! * Math.ceil((last - first) / LENGTHS.at(-1)! / Math.max(1, most - 1));

function bucketsOf(traces: readonly TraceFigures[], first: number, last: number, most: number): TimeBucket[] {
  const length = bucketLength(first, last, most);
  const start = Math.floor(first / length) * length;
  const members = Array.from({ length: countOf(first, last, length) }, (): TraceFigures[] => []);
  for (const trace of traces) {
    if (trace.start !== 0) members[Math.floor((trace.start - start) / length)]?.push(trace);
  }
  return members.map((inside, index): TimeBucket => {
    const sums = new Sums();
    for (const trace of inside) sums.add(trace);
    return {
      start: start + index * length,
      end: start + (index + 1) * length,
      count: inside.length,
      traces: inside,
      ...sums.figures(),
    };
  });
}

/** What is collected of traces. */
class Sums {
  failed = 0;
  timed = 0;
  withoutTokens = 0;
  withoutCost = 0;
  isEstimate = false;
  readonly errorTypes = new Map<string, number>();
  readonly #durations: number[] = [];
  readonly #waits: number[] = [];
  readonly #models = new Map<string, { model: string; calls: number; tokens?: number; cost?: number }>();
  readonly #scores = new Map<string, ScoreSums>();
  readonly #resources = new Map<Resource, { count: number; sum: number; most: number }>();
  #tokens: number | undefined;
  #cost: number | undefined;

  add(trace: TraceFigures): void {
    if (trace.isRunning !== true && trace.start !== 0) {
      this.timed++;
      this.#durations.push(trace.duration);
    }
    for (const wait of trace.timesToFirstToken ?? []) this.#waits.push(wait);
    const types = trace.errorTypes ?? [];
    if ((trace.errorCount ?? 0) > 0 || types.length > 0) this.failed++;
    types.forEach((type, at) => {
      // Once for each trace.
      if (types.indexOf(type) === at) this.errorTypes.set(type, (this.errorTypes.get(type) ?? 0) + 1);
    });
    const { usage } = trace;
    const tokens = usage && totalTokens(usage);
    if (tokens === undefined) this.withoutTokens++;
    else this.#tokens = (this.#tokens ?? 0) + tokens;
    if (trace.cost === undefined) this.withoutCost++;
    else this.#cost = (this.#cost ?? 0) + trace.cost;
    if (trace.isEstimate) this.isEstimate = true;
    for (const { model, calls, tokens: modelTokens, cost } of trace.models ?? []) {
      let sums = this.#models.get(model);
      if (!sums) this.#models.set(model, (sums = { model, calls: 0 }));
      sums.calls += calls;
      if (modelTokens !== undefined) sums.tokens = (sums.tokens ?? 0) + modelTokens;
      if (cost !== undefined) sums.cost = (sums.cost ?? 0) + cost;
    }
    if (trace.resources) this.#addResources(trace.resources);
    for (const score of trace.scores ?? []) {
      let sums = this.#scores.get(score.name);
      if (!sums) this.#scores.set(score.name, (sums = new ScoreSums()));
      sums.add(score);
    }
  }

  #addResources(use: ResourceUse): void {
    for (const resource of RESOURCES) {
      const amount = use[resource];
      if (amount === undefined) continue;
      let sums = this.#resources.get(resource);
      if (!sums) this.#resources.set(resource, (sums = { count: 0, sum: 0, most: 0 }));
      sums.count++;
      sums.sum += amount;
      sums.most = Math.max(sums.most, amount);
    }
  }

  figures(): Omit<TimeBucket, 'start' | 'end' | 'count' | 'traces'> {
    return {
      duration: spreadOf(Float64Array.from(this.#durations)),
      timeToFirstToken: spreadOf(Float64Array.from(this.#waits)),
      failed: this.failed,
      tokens: this.#tokens,
      cost: this.#cost,
      models: [...this.#models.values()].sort(
        (one, other) => (other.cost ?? 0) - (one.cost ?? 0) || (other.tokens ?? 0) - (one.tokens ?? 0),
      ),
      scores: Array.from(this.#scores, ([name, sums]) => sums.figures(name)),
      resources: new Map(
        Array.from(this.#resources, ([resource, { count, sum, most }]) => [
          resource,
          { count, mean: sum / count, most },
        ]),
      ),
    };
  }
}

class ScoreSums {
  #count = 0;
  #numbers = 0;
  #sum = 0;
  readonly #values = new Map<string, number>();

  add({ value, label }: Score): void {
    this.#count++;
    const number = typeof value === 'boolean' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) {
      this.#numbers++;
      this.#sum += number;
      return;
    }
    const word = typeof value === 'string' ? value : label;
    if (word !== undefined) this.#values.set(word, (this.#values.get(word) ?? 0) + 1);
  }

  figures(name: string): ScoreFigures {
    return {
      name,
      count: this.#count,
      mean: this.#numbers ? this.#sum / this.#numbers : undefined,
      values: this.#values,
    };
  }
}
