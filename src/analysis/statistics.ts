import type { Span, SpanKind, Trace } from '../model/index.js';
import { atOnce, stepsOf } from '../model/steps.js';
import type { PriceSource } from './call-cost.js';
import { Largest } from './largest.js';
import { spreadInSteps, type Spread } from './percentile.js';
import { rollUpSpans, type RollUps } from './roll-ups.js';

/** What spans are put together by: name and kind, the model they call, the tool they run, the service they ran in. */
export type StatisticsBy = 'operation' | 'model' | 'tool' | 'service';

/** The figures of spans that belong together. What none of them states is absent, never 0. */
export interface StatisticsRow {
  readonly name: string;
  /** That of its spans; absent where they are of several kinds. */
  readonly kind: SpanKind | undefined;
  readonly count: number;
  /** Milliseconds from start to end, of the spans that have both. */
  readonly duration: Spread | undefined;
  /** Spans that are running, lack a time, or end before they start: they are not in `duration`. */
  readonly untimed: number;
  /** Milliseconds in which nothing inside the spans ran, summed. */
  readonly selfTime: number | undefined;
  /** Tokens, and US dollars; each call is counted in one row only, so that all rows add up to the trace. */
  readonly tokens: number | undefined;
  readonly cost: number | undefined;
  /** The part of the cost that is an estimate. */
  readonly estimatedCost: number;
  readonly errors: number;
  /** Errors by count. */
  readonly errorRate: number;
  /** Some of the spans: those that took the longest, the longest first. */
  readonly slowest: readonly Span[];
}

/** How many of a row's spans are named. */
const MOST_NAMED = 10;

/** The spans of one row, while they are collected. */
class Group {
  readonly name: string;
  kind: SpanKind | undefined;
  count = 0;
  untimed = 0;
  errors = 0;
  selfTime = NaN;
  tokens = NaN;
  cost = NaN;
  estimatedCost = 0;
  readonly durations: number[] = [];
  readonly slowest = new Largest<{ trace: Trace; position: number }>(MOST_NAMED);

  constructor(name: string, kind: SpanKind) {
    this.name = name;
    this.kind = kind;
  }
}

/** The figures of the spans of traces, by what they are; the row that took the most time of its own comes first. */
export function statistics(traces: Iterable<Trace>, by: StatisticsBy, prices?: PriceSource): StatisticsRow[] {
  const all = Array.from(traces, (trace) => rollUpSpans(trace, prices));
  return atOnce(statisticsInSteps(all, by));
}

/** As `statistics`, of traces whose sums are known, with chances to rest. */
export function* statisticsInSteps(traces: Iterable<RollUps>, by: StatisticsBy): Generator<undefined, StatisticsRow[]> {
  const groups = new Map<string, Map<SpanKind | '', Group>>();
  for (const rollUps of traces) yield* collect(rollUps, by, groups);
  const rows: StatisticsRow[] = [];
  for (const kinds of groups.values()) {
    for (const group of kinds.values()) {
      yield;
      rows.push(yield* rowOf(group));
    }
  }
  return rows.sort((one, other) => (other.selfTime ?? -1) - (one.selfTime ?? -1) || other.count - one.count);
}

/** The words that a span is put under; `undefined` for one that is in no row. */
function nameIn(trace: Trace, row: number, by: StatisticsBy): string | undefined {
  const { table } = trace;
  switch (by) {
    case 'operation':
      return table.names[row];
    case 'model':
      return table.models[row];
    case 'service':
      return table.services.at(row);
    case 'tool':
      return table.kinds[row] === 'tool' ? (table.labels[row] ?? table.names[row]) : undefined;
  }
}

function* collect(
  rollUps: RollUps,
  by: StatisticsBy,
  groups: Map<string, Map<SpanKind | '', Group>>,
): Generator<undefined, void> {
  // Worked out when they are first asked for.
  rollUps.tokens();
  yield;
  rollUps.selfTimes.at(0);
  for (const [from, to] of stepsOf(rollUps.trace.spans.length)) {
    yield;
    collectSome(rollUps, by, groups, from, to);
  }
}

function collectSome(
  rollUps: RollUps,
  by: StatisticsBy,
  groups: Map<string, Map<SpanKind | '', Group>>,
  from: number,
  to: number,
): void {
  const { trace, cost, estimatedCost, selfTimes } = rollUps;
  const { table } = trace;
  const tokens = rollUps.tokens();
  for (let position = from; position < to; position++) {
    const row = trace.rowAt(position);
    const name = nameIn(trace, row, by);
    if (name === undefined) continue;
    const kind = table.kinds[row]!;
    // Only operations of the same name are told apart by their kind.
    const key = by === 'operation' ? kind : '';
    let kinds = groups.get(name);
    if (!kinds) groups.set(name, (kinds = new Map<SpanKind | '', Group>()));
    let group = kinds.get(key);
    if (!group) kinds.set(key, (group = new Group(name, kind)));
    if (group.kind !== kind) group.kind = undefined;
    group.count++;
    if (table.statuses[row] === 'error') group.errors++;
    group.selfTime = plus(group.selfTime, selfTimes[position]!);
    group.tokens = plus(group.tokens, rollUps.added(position, tokens, rollUps.tokensCounting));
    const dollars = rollUps.added(position, cost, rollUps.costCounting);
    group.cost = plus(group.cost, dollars);
    // Only a cost that the trace does not state is an estimate.
    if (estimatedCost[position]! > 0 && !Number.isNaN(dollars) && table.costAt(row) === undefined) {
      group.estimatedCost += dollars;
    }
    const duration = table.ends[row]! - table.starts[row]!;
    if (duration >= 0) {
      group.durations.push(duration);
      if (group.slowest.takes(duration)) group.slowest.add({ trace, position }, duration);
    } else group.untimed++;
  }
}

/** A sum to which nothing known adds nothing. */
const plus = (sum: number, more: number): number => (Number.isNaN(more) ? sum : Number.isNaN(sum) ? more : sum + more);

const known = (figure: number): number | undefined => (Number.isNaN(figure) ? undefined : figure);

function* rowOf(group: Group): Generator<undefined, StatisticsRow> {
  const { name, kind, count, untimed, errors, durations } = group;
  return {
    name,
    kind,
    count,
    untimed,
    errors,
    errorRate: errors / count,
    duration: yield* spreadInSteps(new Float64Array(durations)),
    selfTime: known(group.selfTime),
    tokens: known(group.tokens),
    cost: known(group.cost),
    estimatedCost: group.estimatedCost,
    slowest: group.slowest.items.map(({ trace, position }) => trace.spanAt(position)),
  };
}
