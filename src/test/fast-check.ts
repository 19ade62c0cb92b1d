/**
 * What tests get when they import `fast-check` (scripts/bundled-tests.mjs): the same, with one seed, so that a run that
 * was green is green again. `npm run test:properties` looks for what other seeds find.
 */
import original, { type Parameters } from 'fast-check';

declare const PROPERTY_SEED: number | undefined;
declare const PROPERTY_RUNS: number;

const DEFAULT_RUNS = 100;

if (PROPERTY_SEED !== undefined) original.configureGlobal({ seed: PROPERTY_SEED });

function withMoreRuns<Values>(parameters: Parameters<Values> = {}): Parameters<Values> {
  return { ...parameters, numRuns: (parameters.numRuns ?? DEFAULT_RUNS) * PROPERTY_RUNS };
}

export const assert: typeof original.assert = (property, parameters) =>
  original.assert(property, withMoreRuns(parameters)) as never;

export * from 'fast-check';
export default { ...original, assert };
