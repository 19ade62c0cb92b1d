import type { PriceSource, RollUps } from '../analysis/index.js';
import type { Trace } from '../model/index.js';

/** Roll-ups that were worked out, by `known-roll-ups.ts`, which the first rows of a trace do without. */
export const known = new WeakMap<Trace, { readonly rollUps: RollUps; readonly prices: PriceSource | undefined }>();

/** Errors in the subtree at each position of a trace, if somebody has worked them out. */
export const knownErrors = (trace: Trace): Uint32Array | undefined => known.get(trace)?.rollUps.errors;
