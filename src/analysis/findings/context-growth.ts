import type { Lint, TraceLook } from './finding.js';

/** Tokens from which on a context is one that costs. */
const LARGE = 8000;
const GROWN = 3;
const LEAST_CALLS = 4;

/** An agent whose calls were given more and more, up to several times of what the first one was. */
export const contextGrowth: Lint = {
  name: 'context-growth',
  reads: 'outline',
  orderedBy: 'otherTokens',
  *find(look) {
    for (const calls of look.callsByAgent.values()) {
      yield;
      const grown = growthOf(look, calls);
      if (!grown) continue;
      const { from, to, positions } = grown;
      yield {
        rule: contextGrowth.name,
        severity: 'info',
        values: { count: positions.length, tokens: from, otherTokens: to },
        spans: look.spansAt([positions.at(-1)!, ...positions.slice(0, -1)]),
      };
    }
  },
};

interface Growth {
  readonly from: number;
  readonly to: number;
  readonly positions: readonly number[];
}

/** The longest stretch of calls of which each was given at least as much as the one before. */
function growthOf(look: TraceLook, calls: readonly number[]): Growth | undefined {
  const { table } = look.trace;
  const inputOf = (position: number): number | undefined => table.tokensAt(look.trace.rowAt(position), 'input');
  const known = calls.filter((position) => inputOf(position) !== undefined);
  let best: readonly number[] = [];
  for (let from = 0; from < known.length;) {
    let to = from + 1;
    while (to < known.length && inputOf(known[to]!)! >= inputOf(known[to - 1]!)!) to++;
    if (to - from > best.length) best = known.slice(from, to);
    from = to;
  }
  if (best.length < LEAST_CALLS) return undefined;
  const from = inputOf(best[0]!)!;
  const to = inputOf(best.at(-1)!)!;
  return to >= LARGE && to >= GROWN * from ? { from, to, positions: best } : undefined;
}
