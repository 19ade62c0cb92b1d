import { furtherOutlines } from '../conventions/outlines.js';
import { hasMeaning, loadMeaning } from '../conventions/meaning.js';
import { hasInternals, loadInternals } from '../model/span-internals.js';
import { hasSums, loadSums } from '../model/sums.js';

/**
 * Loads what reads the details of spans, their meaning and the inside of models, and what sums them up. The outline of a trace does without. `readTraces`
 * waits for it; who reads with a `Format` itself waits for it before the details of a span are asked for.
 */
export async function loadDetails(): Promise<void> {
  await Promise.all([loadMeaning(), loadInternals(), loadSums(), furtherOutlines.load()]);
}

/** Whether that is there. */
export const hasDetails = (): boolean => hasMeaning() && hasInternals() && hasSums();
