import { stepsOf } from '../../model/steps.js';
import { Largest } from '../largest.js';
import { MOST_NAMED, type Lint } from './finding.js';

/** Milliseconds. People turn to something else after ten seconds (Nielsen's response times); half of it is long. */
const SLOW = 5000;

/** Calls that took long to begin their answer. */
export const slowFirstToken: Lint = {
  name: 'slow-first-token',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const slow = new Largest(MOST_NAMED);
    let count = 0;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const wait = table.timeToFirstTokenAt(look.trace.rowAt(position));
        if (wait === undefined || !(wait >= SLOW) || !look.rollUps.isCall[position]) continue;
        count++;
        slow.add(position, wait);
      }
    }
    if (slow.largest === undefined) return;
    yield {
      rule: slowFirstToken.name,
      severity: 'warning',
      values: { count, time: slow.largest },
      spans: look.spansAt(slow.items),
    };
  },
};
