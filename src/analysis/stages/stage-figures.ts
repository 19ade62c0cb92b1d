import { atOnce, type Span } from '../../model/index.js';
import { percentile } from '../percentile.js';
import { knownStage, stagePlace } from './stage-names.js';
import { LATENCIES, type Latency, type MeasuredBy } from './stage-record.js';
import { stagesOf } from './stages-of.js';

/** How a latency, or the length of a stage, is spread over many calls. Milliseconds. */
export interface StageFigure {
  readonly name: string;
  readonly measuredBy: MeasuredBy;
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /** The one that took longest. */
  readonly slowest: Span;
}

/** One stage among those of many spans. */
export interface StageMoment {
  readonly stage: string;
  /** Milliseconds from the start of the first span. */
  readonly start: number;
  readonly end: number;
  readonly span: Span;
}

export interface StageFigures {
  /** By latency, in the order of `LATENCIES`; each clock by itself. */
  readonly latencies: readonly (StageFigure & { readonly name: Latency })[];
  /** By stage, in the order in which they happen. */
  readonly stages: readonly StageFigure[];
  /** When stages ran, where that is known. */
  readonly moments: readonly StageMoment[];
  /** Calls that say something of their stages, and those that say nothing. */
  readonly told: number;
  readonly silent: number;
  readonly measuredBy: ReadonlySet<MeasuredBy>;
}

class Collected {
  readonly values: number[] = [];
  slowest: Span | undefined;
  #most = -Infinity;

  add(value: number, span: Span): void {
    this.values.push(value);
    if (value > this.#most) {
      this.#most = value;
      this.slowest = span;
    }
  }
}

/** Values by name and clock. */
class Collection {
  readonly #all = new Map<string, Map<MeasuredBy, Collected>>();

  add(name: string, measuredBy: MeasuredBy, value: number, span: Span): void {
    let byClock = this.#all.get(name);
    if (!byClock) this.#all.set(name, (byClock = new Map<MeasuredBy, Collected>()));
    let collected = byClock.get(measuredBy);
    if (!collected) byClock.set(measuredBy, (collected = new Collected()));
    collected.add(value, span);
  }

  *figures(): Generator<StageFigure> {
    for (const [name, byClock] of this.#all) {
      for (const [measuredBy, { values, slowest }] of byClock) {
        const sorted = Float64Array.from(values).sort();
        yield {
          name,
          measuredBy,
          count: sorted.length,
          p50: percentile(sorted, 0.5)!,
          p90: percentile(sorted, 0.9)!,
          p99: percentile(sorted, 0.99)!,
          max: sorted.at(-1)!,
          slowest: slowest!,
        };
      }
    }
  }
}

/** Stages that spans of a kind are: what the model is given is looked for before it is called. */
const STAGE_OF_KIND: ReadonlyMap<string, string> = new Map([
  ['retriever', 'rag.retrieve'],
  ['embedding', 'rag.embed'],
  ['reranker', 'rerank'],
  ['tool', 'tool'],
]);

interface WholeStage {
  readonly stage: string;
  readonly measuredBy: MeasuredBy;
}

/** The stage that a span as a whole is; Chrome traces of runtimes and simulators have one for each. */
function stageOfSpan(span: Span): WholeStage | undefined {
  const stage = STAGE_OF_KIND.get(span.kind) ?? (span.kind === 'llm' ? undefined : knownStage(span.name));
  if (stage !== undefined) return { stage, measuredBy: 'unknown' };
  if (span.trace.format !== 'chrome-trace') return undefined;
  const { attributes } = span;
  // Vidur: a batch on a stage of the pipeline. ONNX Runtime: an operator of the model.
  if (attributes.has('batch_id') && attributes.has('request_ids')) return { stage: 'batch', measuredBy: 'simulated' };
  return attributes.has('op_name') ? { stage: 'operator', measuredBy: 'unknown' } : undefined;
}

/** Spans that are read between two chances to rest. */
const SPANS_PER_STEP = 64;

/** As `stageFiguresInSteps`, without a rest. */
export const stageFigures = (spans: Iterable<Span>): StageFigures => atOnce(stageFiguresInSteps(spans));

/**
 * What the stages of many spans have taken. A call that another one is told of inside it, as a framework does beside the client that it
 * uses, counts once: the inner one.
 */
export function* stageFiguresInSteps(spans: Iterable<Span>): Generator<undefined, StageFigures> {
  const latencies = new Collection();
  const stages = new Collection();
  const moments: StageMoment[] = [];
  const clocks = new Set<MeasuredBy>();
  let origin = Infinity;
  let told = 0;
  let silent = 0;
  let read = 0;
  const add = (stage: string, measuredBy: MeasuredBy, [start, end]: readonly [number, number], span: Span): void => {
    clocks.add(measuredBy);
    stages.add(stage, measuredBy, end - start, span);
  };
  for (const span of spans) {
    if (++read % SPANS_PER_STEP === 0) yield;
    const begin = span.hasStart ? span.start : undefined;
    const whole = stageOfSpan(span);
    if (whole) {
      const { duration } = span;
      if (duration === undefined || duration < 0 || begin === undefined) continue;
      told++;
      origin = Math.min(origin, begin);
      add(whole.stage, whole.measuredBy, [0, duration], span);
      moments.push({ stage: whole.stage, start: begin, end: begin + duration, span });
      continue;
    }
    if (span.kind !== 'llm' && !span.internals?.stages) continue;
    if (span.kind === 'llm' && hasCallInside(span)) continue;
    const records = stagesOf(span);
    if (records.length) told++;
    else silent++;
    for (const { measuredBy, arePlaced, stages: parts, figures } of records) {
      clocks.add(measuredBy);
      for (const [latency, { value }] of figures) latencies.add(latency, measuredBy, value, span);
      for (const { stage, start, end } of parts) {
        add(stage, measuredBy, [start, end], span);
        if (arePlaced || begin === undefined) continue;
        origin = Math.min(origin, begin + start);
        moments.push({ stage, start: begin + start, end: begin + end, span });
      }
    }
  }
  const order = LATENCIES as readonly string[];
  return {
    latencies: [...latencies.figures()].sort(
      (one, other) => order.indexOf(one.name) - order.indexOf(other.name),
    ) as StageFigures['latencies'],
    stages: [...stages.figures()].sort((one, other) => stagePlace(one.name) - stagePlace(other.name)),
    moments: moments.map((moment) => ({ ...moment, start: moment.start - origin, end: moment.end - origin })),
    told,
    silent,
    measuredBy: clocks,
  };
}

function hasCallInside({ trace, index }: Span): boolean {
  const end = index + trace.tree.size[index]!;
  for (let position = index + 1; position < end; position++) {
    if (trace.table.kinds[trace.rowAt(position)] === 'llm') return true;
  }
  return false;
}
