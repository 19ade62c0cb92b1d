import { summariseInSteps } from '../../analysis/summary.js';
import type { PriceSource, TraceSummary } from '../../analysis/index.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import type { Trace } from '../../model/index.js';
import { atOnce } from '../../model/steps.js';
import { countedOnce, type CountedOnce } from './counted-once.js';

/** What is shown of one trace. */
export interface FiguresOfTrace {
  readonly summary: TraceSummary;
  readonly counted: CountedOnce;
}

const summaries = new WeakMap<Trace, TraceSummary>();

/** The figures of a trace; what does not depend on prices is worked out once. */
export const figuresOfTrace = (trace: Trace, prices: PriceSource | undefined): FiguresOfTrace =>
  atOnce(figuresInSteps(trace, prices));

/** As `figuresOfTrace`, with chances to rest. */
export function* figuresInSteps(trace: Trace, prices: PriceSource | undefined): Generator<undefined, FiguresOfTrace> {
  const rollUps = yield* rollUpsInSteps(trace, prices);
  let summary = summaries.get(trace);
  if (!summary) summaries.set(trace, (summary = yield* summariseInSteps(trace)));
  return { summary, counted: countedOnce(rollUps) };
}
