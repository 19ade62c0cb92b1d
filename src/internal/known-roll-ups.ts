import { rollUpSpansInSteps } from '../analysis/roll-ups.js';
import type { PriceSource, RollUps } from '../analysis/index.js';
import type { Trace } from '../model/index.js';
import { atOnce } from '../model/steps.js';
import { known } from './known-errors.js';

/** The roll-ups of a trace, which several elements of a view show: worked out when one first asks, and once. */
export const rollUpsOf = (trace: Trace, prices: PriceSource | undefined): RollUps =>
  atOnce(rollUpsInSteps(trace, prices));

/** As `rollUpsOf`, with chances to rest. */
export function* rollUpsInSteps(trace: Trace, prices: PriceSource | undefined): Generator<undefined, RollUps> {
  const entry = known.get(trace);
  if (entry && entry.prices === prices) return entry.rollUps;
  const rollUps = yield* rollUpSpansInSteps(trace, prices);
  known.set(trace, { rollUps, prices });
  return rollUps;
}
