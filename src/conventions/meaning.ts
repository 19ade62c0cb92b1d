import type { SpanMeaning, SpanRecord } from '../model/index.js';

let interpret: ((record: SpanRecord) => SpanMeaning) | undefined;

/** Loads what says what records mean: a good part of the kit, which the outline of a trace does without. */
export async function loadMeaning(): Promise<void> {
  interpret ??= (await import('./interpret.js')).interpret;
}

/**
 * What a record means, all conventions taken together.
 *
 * @throws where `loadMeaning` is not through: `readTraces` waits for it, and a view before it shows a detail
 */
export function meaningOf(record: SpanRecord): SpanMeaning {
  if (!interpret) throw new Error('What spans mean is not loaded yet.');
  return interpret(record);
}

export const hasMeaning = (): boolean => interpret !== undefined;
