import type { internalsOfSpan } from '../internals/of-span.js';
import type { ReadInternals } from '../internals/read.js';

let read: typeof internalsOfSpan | undefined;

/** What reads internals from now on. `buildTraces` has it from the start. */
export function readInternalsWith(reading: typeof internalsOfSpan): void {
  read = reading;
}

/** Loads what reads internals, which the outline of a trace does without. */
export async function loadInternals(): Promise<void> {
  read ??= (await import('../internals/of-span.js')).internalsOfSpan;
}

/** @throws where what reads them is not loaded: `readTraces` waits for it, and a view before it shows a detail */
export function internalsIn(span: Parameters<typeof internalsOfSpan>[0]): ReadInternals {
  if (!read) throw new Error('What reads the inside of a model is not loaded yet.');
  return read(span);
}

export const hasInternals = (): boolean => read !== undefined;
