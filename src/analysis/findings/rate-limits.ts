import { stepsOf } from '../../model/steps.js';
import { failureOf } from '../retries.js';
import type { Lint } from './finding.js';

/** Calls that a server refused because there were too many. */
export const rateLimits: Lint = {
  name: 'rate-limits',
  reads: 'detail',
  *find(look) {
    const { table, tree } = look.trace;
    const refused: number[] = [];
    let wait = 0;
    let last = -1;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        if (table.statuses[look.trace.rowAt(position)] !== 'error') continue;
        yield;
        const span = look.detailOf(position);
        const failure = span && failureOf(span);
        if (!failure?.isRateLimit) continue;
        // The failure of a call is mostly repeated by what is around it: the innermost counts.
        while (last >= 0 && last < position && position < last + tree.size[last]!) {
          refused.pop();
          last = refused.at(-1) ?? -1;
        }
        refused.push(position);
        last = position;
        wait = Math.max(wait, failure.askedToWait ?? 0);
      }
    }
    if (refused.length === 0) return;
    yield {
      rule: rateLimits.name,
      severity: 'warning',
      values: { count: refused.length, ...(wait > 0 && { time: wait }) },
      spans: look.spansAt(refused),
    };
  },
};
