import { internalsOfPayload } from './logprobs/find.js';
import { INTERNALS_ATTRIBUTE, readInternals, type ReadInternals } from './read.js';

/** What went on inside the model in a span: what its attribute states, else the probabilities of tokens in its answer. */
export function internalsOfSpan(span: {
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly output: unknown;
}): ReadInternals {
  const stated = span.attributes.get(INTERNALS_ATTRIBUTE);
  return stated === undefined ? { internals: internalsOfPayload(span.output), problems: [] } : readInternals(stated);
}
