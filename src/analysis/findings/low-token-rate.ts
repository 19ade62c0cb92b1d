import type { Lint, TraceLook } from './finding.js';

/** Tokens per second. Who reads along reads five or so; hosted models give several times as many. */
const SLOW = 10;
/** A short answer takes its time from elsewhere. */
const LEAST_TOKENS = 50;

/** Answers that came slowly. */
export const lowTokenRate: Lint = {
  name: 'low-token-rate',
  reads: 'outline',
  *find(look) {
    const slow: number[] = [];
    const rates = new Map<number, number>();
    for (let position = 0; position < look.trace.spans.length; position++) {
      const rate = rateOf(look, position);
      if (rate === undefined || rate >= SLOW) continue;
      slow.push(position);
      rates.set(position, rate);
    }
    if (slow.length === 0) return;
    slow.sort((one, other) => rates.get(one)! - rates.get(other)!);
    yield {
      rule: lowTokenRate.name,
      severity: 'info',
      values: { count: slow.length, rate: rates.get(slow[0]!)! },
      spans: look.spansAt(slow),
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
