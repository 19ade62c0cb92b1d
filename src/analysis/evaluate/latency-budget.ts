import { isRoot, passed, shortNumber, type Evaluator, type EvaluatorOptions } from './evaluator.js';

export interface LatencyBudgetOptions extends EvaluatorOptions {
  /** Milliseconds. */
  max: number;
  /** What must not take longer: all of it (where not said otherwise), or the time to the first token. */
  of?: 'duration' | 'timeToFirstToken';
}

/** Whether a span, where not said otherwise the root, took no longer than it may. One that is running has no verdict yet. */
export const latencyBudget = ({
  name = 'latency budget',
  isFor = isRoot,
  max,
  of = 'duration',
}: LatencyBudgetOptions): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ span }) => {
    const took = span[of];
    // A span that ended before it began says nothing of how long it took.
    if (took === undefined || took < 0) return undefined;
    return passed(took <= max, `${shortNumber(took)} ms of ${shortNumber(max)} ms`);
  },
});
