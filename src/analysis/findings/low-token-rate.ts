import { stepsOf } from '../../model/steps.js';
import { Largest } from '../largest.js';
import { MOST_NAMED, type Lint, type TraceLook } from './finding.js';

/** Tokens per second. Who reads along reads five or so; hosted models give several times as many. */
const SLOW = 10;
/** A short answer takes its time from elsewhere. */
const LEAST_TOKENS = 50;

/** Answers that came slowly. */
export const lowTokenRate: Lint = {
  name: 'low-token-rate',
  reads: 'outline',
  *find(look) {
    const slow = new Largest(MOST_NAMED);
    let count = 0;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const rate = rateOf(look, position);
        if (rate === undefined || rate >= SLOW) continue;
        count++;
        slow.add(position, -rate);
      }
    }
    if (slow.largest === undefined) return;
    yield {
      rule: lowTokenRate.name,
      severity: 'info',
      values: { count, rate: -slow.largest },
      spans: look.spansAt(slow.items),
    };
  },
};

/** Tokens per second from the first token on, or from the start where the first token's time is not known. */
function rateOf(look: TraceLook, position: number): number | undefined {
  const { table } = look.trace;
  const row = look.trace.rowAt(position);
  if (!look.rollUps.isCall[position] || table.kinds[row] !== 'llm' || table.statuses[row] === 'error') return undefined;
  const tokens = table.tokensAt(row, 'output');
  const wait = table.timeToFirstTokenAt(row) ?? 0;
  const time = look.durationOf(position) - (wait > 0 ? wait : 0);
  return tokens !== undefined && tokens >= LEAST_TOKENS && time > 0 ? (tokens / time) * 1000 : undefined;
}
