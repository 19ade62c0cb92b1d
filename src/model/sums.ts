import type { RollUp, rollUpInSteps } from './roll-up.js';

/** Something that is loaded after the first rows. */
export interface LaterPart {
  readonly isThere: boolean;
  load(): Promise<void>;
}

const parts = new Set<LaterPart>();

/** What has to be there as well before all spans are asked: what says what they state. */
export const alsoNeeded = (part: LaterPart): unknown => parts.add(part);

let sum: typeof rollUpInSteps | undefined;

/** What sums figures up from now on. `buildTraces` has it from the start. */
export function sumWith(summing: typeof rollUpInSteps): void {
  sum = summing;
}

/** Loads what sums up what spans state, and all that is needed for it, which their rows do without at first. */
export async function loadSums(): Promise<void> {
  const loads = Array.from(parts, (part) => part.load());
  sum ??= (await import('./roll-up.js')).rollUpInSteps;
  await Promise.all(loads);
}

/** @throws where what sums up is not loaded: `readTraces` waits for it, and a view before it shows sums */
export function sumsInSteps(...of: Parameters<typeof rollUpInSteps>): Generator<void, RollUp> {
  if (!sum) throw new Error('What sums figures up is not loaded yet.');
  return sum(...of);
}

export const hasSums = (): boolean => sum !== undefined && Array.from(parts).every(({ isThere }) => isThere);
