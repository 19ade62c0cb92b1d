import type { Lint } from './finding.js';

/** Milliseconds. People turn to something else after ten seconds (Nielsen's response times); half of it is long. */
const SLOW = 5000;

/** Calls that took long to begin their answer. */
export const slowFirstToken: Lint = {
  name: 'slow-first-token',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const slow: number[] = [];
    let slowest = 0;
    for (let position = 0; position < look.trace.spans.length; position++) {
      const wait = table.timeToFirstTokenAt(look.trace.rowAt(position));
      if (wait === undefined || !(wait >= SLOW) || !look.rollUps.isCall[position]) continue;
      slow.push(position);
      slowest = Math.max(slowest, wait);
    }
    if (slow.length === 0) return;
    const waitOf = (position: number): number => table.timeToFirstTokenAt(look.trace.rowAt(position))!;
    slow.sort((one, other) => waitOf(other) - waitOf(one));
    yield {
      rule: slowFirstToken.name,
      severity: 'warning',
      values: { count: slow.length, time: slowest },
      spans: look.spansAt(slow),
    };
  },
};
