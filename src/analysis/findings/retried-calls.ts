import { stepsOf } from '../../model/steps.js';
import { tryOf } from '../retries.js';
import type { Lint } from './finding.js';

/** Calls that failed and were made again. */
export const retriedCalls: Lint = {
  name: 'retried-calls',
  reads: 'detail',
  *find(look) {
    const { table } = look.trace;
    const failed: number[] = [];
    let time = 0;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        if (table.statuses[look.trace.rowAt(position)] !== 'error') continue;
        yield;
        const span = look.detailOf(position);
        const next = span && tryOf(span)?.next;
        if (!next) continue;
        failed.push(position);
        // Up to the next try: what it took, and the wait.
        const lost = look.startOf(next.index) - look.startOf(position);
        if (lost > 0) time += lost;
      }
    }
    if (failed.length === 0) return;
    yield {
      rule: retriedCalls.name,
      severity: 'warning',
      values: { count: failed.length, time },
      spans: look.spansAt(failed),
    };
  },
};
