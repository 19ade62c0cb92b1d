import type { RollUp, rollUpInSteps } from './roll-up.js';

let sum: typeof rollUpInSteps | undefined;

/** What sums figures up from now on. `buildTraces` has it from the start. */
export function sumWith(summing: typeof rollUpInSteps): void {
  sum = summing;
}

/** Loads what sums up what spans state, which their rows do without at first. */
export async function loadSums(): Promise<void> {
  sum ??= (await import('./roll-up.js')).rollUpInSteps;
}

/** @throws where what sums up is not loaded: `readTraces` waits for it, and a view before it shows sums */
export function sumsInSteps(...of: Parameters<typeof rollUpInSteps>): Generator<void, RollUp> {
  if (!sum) throw new Error('What sums figures up is not loaded yet.');
  return sum(...of);
}

export const hasSums = (): boolean => sum !== undefined;
