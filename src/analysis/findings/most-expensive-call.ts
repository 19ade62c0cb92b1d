import type { Lint } from './finding.js';

const LEAST_SHARE = 0.5;

/** A call that cost as much as all others together. */
export const mostExpensiveCall: Lint = {
  name: 'most-expensive-call',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const { cost, costCounting, isCall, total } = look.rollUps;
    const whole = total.cost;
    if (whole === undefined || whole <= 0) return;
    let calls = 0;
    let dearest = -1;
    let most = 0;
    for (let position = 0; position < look.trace.spans.length; position++) {
      if (!isCall[position]) continue;
      const dollars = look.rollUps.added(position, cost, costCounting);
      if (Number.isNaN(dollars)) continue;
      calls++;
      if (dollars > most) {
        most = dollars;
        dearest = position;
      }
    }
    if (calls < 3 || most < whole * LEAST_SHARE) return;
    yield {
      rule: mostExpensiveCall.name,
      severity: 'info',
      values: { cost: most, share: most / whole, name: table.names[look.trace.rowAt(dearest)]! },
      spans: look.spansAt([dearest]),
    };
  },
};
