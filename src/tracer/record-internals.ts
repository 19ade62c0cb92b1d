import { INTERNALS_ATTRIBUTE, maskedInternals, type Internals } from '../internals/index.js';
import type { TracerSpan } from './tracer-span.js';

/**
 * Records what went on inside the model: the tokens and their probabilities, attention, stages. Secrets in the tokens are masked like
 * those in any text, also where they are spread over several. Arrays are packed before (`packArray`). Where the tracer records
 * no content, this is not recorded.
 */
export const recordInternals = (span: TracerSpan, internals: Internals): void =>
  void span.setMasked(INTERNALS_ATTRIBUTE, (mask) => JSON.stringify(maskedInternals(internals, mask)));
