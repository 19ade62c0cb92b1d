import type { Span } from '../../model/index.js';
import { isRoot, type Evaluator, type EvaluatorOptions } from './evaluator.js';

export interface CostBudgetOptions extends EvaluatorOptions {
  /** US dollars. */
  max: number;
}

/**
 * Whether a span, where not said otherwise the root, cost no more than it may with everything inside, each call counted
 * once. Without any stated cost there is no verdict. Where some calls state none, what is known may be too much already;
 * else the verdict is open: it has no value.
 */
export const costBudget = ({ name = 'cost budget', isFor = isRoot, max }: CostBudgetOptions): Evaluator => ({
  name,
  source: 'code',
  isFor,
  judge: ({ span }) => {
    const cost = span.trace.rollUp.cost[span.index]!;
    if (Number.isNaN(cost)) return undefined;
    const spent = `$${Number(cost.toPrecision(4))} of $${Number(max.toPrecision(4))}`;
    if (cost > max) return { value: 0, label: 'fail', explanation: spent };
    const unknown = callsWithoutCost(span);
    if (unknown === 0) return { value: 1, label: 'pass', explanation: spent };
    return { label: 'open', explanation: `${spent}; ${unknown} calls of a model state no cost` };
  },
});

/** Calls of a model inside a span of which neither they nor a span around them states a cost. */
function callsWithoutCost({ trace, index }: Span): number {
  const { size } = trace.tree;
  const end = index + size[index]!;
  let count = 0;
  for (let position = index; position < end;) {
    const span = trace.spanAt(position);
    if (span.cost !== undefined) {
      position += size[position]!;
      continue;
    }
    if (span.kind === 'llm' && Number.isNaN(trace.rollUp.cost[position]!)) count++;
    position++;
  }
  return count;
}
