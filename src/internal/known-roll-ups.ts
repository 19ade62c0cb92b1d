import { rollUpSpans, type PriceSource, type RollUps } from '../analysis/index.js';
import type { Trace } from '../model/index.js';

const known = new WeakMap<Trace, { readonly rollUps: RollUps; readonly prices: PriceSource | undefined }>();

/** The roll-ups of a trace, which several elements of a view show: worked out when one first asks, and once. */
export function rollUpsOf(trace: Trace, prices: PriceSource | undefined): RollUps {
  let entry = known.get(trace);
  if (!entry || entry.prices !== prices) known.set(trace, (entry = { rollUps: rollUpSpans(trace, prices), prices }));
  return entry.rollUps;
}
