import { stepsOf } from '../../model/steps.js';
import { COUNTINGS } from '../../model/counted-once.js';
import type { Lint } from './finding.js';

/** Spans that repeat the tokens of others. The sums of the kit count them once; those of other tools may not. */
export const usageCountedTwice: Lint = {
  name: 'usage-counted-twice',
  reads: 'outline',
  *find(look) {
    const { table } = look.trace;
    const repeating: number[] = [];
    let tokens = 0;
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const counted = COUNTINGS[look.rollUps.tokensCounting[position]!]!;
        if (counted === 'unstated' || counted === 'own') continue;
        const stated = table.tokensAt(look.trace.rowAt(position)) ?? 0;
        const added = look.rollUps.added(position, look.rollUps.tokens(), look.rollUps.tokensCounting);
        const repeated = stated - (Number.isNaN(added) ? 0 : added);
        if (repeated <= 0) continue;
        tokens += repeated;
        repeating.push(position);
      }
    }
    if (repeating.length === 0) return;
    yield {
      rule: usageCountedTwice.name,
      severity: 'info',
      values: { count: repeating.length, tokens },
      spans: look.spansAt(repeating),
    };
  },
};
