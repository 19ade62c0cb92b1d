import { placesIn } from '../../../internals/logprobs/find.js';
import { answerOf } from '../answer-text.js';
import { isOlmoTrace, olmoTraceSources } from '../olmo-trace.js';
import type { SourceReader } from '../source-reader.js';
import { draftOf } from './stated.js';

/** Where a request has the answer that it asks about. */
const ASKED: readonly string[] = ['response', 'modelResponse', 'model_response'];

/** An answer of OLMoTrace that a span was given, as the call of a tool. */
export const olmoTraceSpans: SourceReader = {
  read(span) {
    for (const place of placesIn(span.output)) {
      if (!isOlmoTrace(place)) continue;
      const sources = olmoTraceSources(place, askedOf(span.input));
      if (sources) return draftOf(sources, sources.answer || answerOf(span).text, 'OLMoTrace');
    }
    return undefined;
  },
};

function askedOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const asked = ASKED.map((name) => (input as Readonly<Record<string, unknown>>)[name]);
  return asked.find((text) => typeof text === 'string');
}
