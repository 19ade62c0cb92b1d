import { SPAN_KINDS } from '../model/kinds.js';
import type { Span, SpanKind, Trace, Usage } from '../model/index.js';
import { atOnce, stepsOf } from '../model/steps.js';
import { selfTimesInSteps } from './self-time.js';

/** The figures of one trace. What the trace does not state is absent, never 0. */
export interface TraceSummary {
  /** Milliseconds. */
  duration: number;
  isRunning: boolean;
  spanCount: number;
  /** Number of spans of each kind that occurs, in the order of `SPAN_KINDS`. */
  kinds: ReadonlyMap<SpanKind, number>;
  llmCalls: number;
  /** Names of the models that the LLM calls went to. */
  models: ReadonlySet<string>;
  usage: Readonly<Usage> | undefined;
  /** US dollars, as the trace states them. */
  cost: number | undefined;
  errors: number;
  /** The span that spent the most time outside its children, and how much, in ms. */
  slowest: { span: Span; time: number } | undefined;
  /** The span that states the highest cost for itself, among those that hold no other span with a cost. */
  mostExpensive: Span | undefined;
  /** The span that states the most tokens for itself, in the same sense. */
  mostTokens: Span | undefined;
}

export const summarise = (trace: Trace): TraceSummary => atOnce(summariseInSteps(trace));

/** As `summarise`, with chances to rest. */
export function* summariseInSteps(trace: Trace): Generator<undefined, TraceSummary> {
  const { table, tree, rollUp } = trace;
  const { kinds: kindOf, models: modelOf, statuses } = table;
  const { cost, tokens, costCounting, tokensCounting } = rollUp;
  const counts = new Map(SPAN_KINDS.map((kind) => [kind, { kind, count: 0 }]));
  const models = new Set<string>();
  const self = yield* selfTimesInSteps(trace);
  const count = tree.nodes.length;
  let lastModel: string | undefined;
  let errors = 0;
  let slowest = -1;
  let expensive = -1;
  let wordy = -1;
  // The most so far.
  let longest = 0;
  let dearest = 0;
  let wordiest = 0;
  /** Whether no child has a figure: it is the span's own, and not a sum. */
  const isOwn = (sums: Float32Array | Float64Array, position: number): boolean => {
    const end = position + tree.size[position]!;
    for (let child = position + 1; child < end; child += tree.size[child]!)
      if (!Number.isNaN(sums[child]!)) return false;
    return true;
  };
  const take = (from: number, to: number): void => {
    for (let position = from; position < to; position++) {
      const row = trace.rowAt(position);
      const kind = kindOf[row]!;
      const counted = counts.get(kind);
      if (counted) counted.count++;
      const model = kind === 'llm' ? modelOf[row] : undefined;
      // Calls one after the other mostly go to the same one.
      if (model !== undefined && model !== lastModel) models.add((lastModel = model));
      if (statuses[row] === 'error') errors++;
      if (self[position]! > longest) longest = self[(slowest = position)]!;
      if (cost[position]! > dearest && costCounting[position]! > 0 && isOwn(cost, position)) {
        dearest = cost[(expensive = position)]!;
      }
      if (tokens[position]! > wordiest && tokensCounting[position]! > 0 && isOwn(tokens, position)) {
        wordiest = tokens[(wordy = position)]!;
      }
    }
  };
  for (const [from, to] of stepsOf(count)) {
    take(from, to);
    yield;
  }
  const kinds = new Map<SpanKind, number>();
  for (const { kind, count } of counts.values()) if (count > 0) kinds.set(kind, count);
  return {
    duration: trace.duration,
    isRunning: trace.isRunning,
    spanCount: count,
    kinds,
    llmCalls: counts.get('llm')!.count,
    models,
    usage: rollUp.usage,
    cost: rollUp.totalCost,
    errors,
    slowest: slowest < 0 ? undefined : { span: trace.spanAt(slowest), time: longest },
    mostExpensive: expensive < 0 ? undefined : trace.spanAt(expensive),
    mostTokens: wordy < 0 ? undefined : trace.spanAt(wordy),
  };
}

/** The next span after a position, in tree order and round the end, that has a property; `undefined` for none. */
export function nextSpan(trace: Trace, after: number, matches: (span: Span) => boolean): Span | undefined {
  const { length } = trace.spans;
  for (let step = 1; step <= length; step++) {
    const span = trace.spanAt((after + step + length) % length);
    if (matches(span)) return span;
  }
  return undefined;
}
