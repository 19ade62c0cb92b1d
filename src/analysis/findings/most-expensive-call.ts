import { stepsOf } from '../../model/steps.js';
import type { Lint } from './finding.js';

const LEAST_SHARE = 0.5;

/** A call that cost as much as all others together. */
export const mostExpensiveCall: Lint = {
  name: 'most-expensive-call',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const { cost, costCounting, isCall } = look.rollUps;
    let whole = 0;
    let calls = 0;
    let dearest = -1;
    let most = 0;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const dollars = look.rollUps.added(position, cost, costCounting);
        if (Number.isNaN(dollars)) continue;
        whole += dollars;
        if (!isCall[position]) continue;
        calls++;
        if (dollars > most) {
          most = dollars;
          dearest = position;
        }
      }
    }
    if (calls < 3 || most === 0 || most < whole * LEAST_SHARE) return;
    yield {
      rule: mostExpensiveCall.name,
      severity: 'info',
      values: { cost: most, share: most / whole, name: table.names[look.trace.rowAt(dearest)]! },
      spans: look.spansAt([dearest]),
    };
  },
};
