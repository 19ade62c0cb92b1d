import type { SpanMeaning, SpanRecord } from '../model/index.js';
import { payloadOf, stated } from './attribute-values.js';

export const genkitMeaning = ({ attributes }: SpanRecord): SpanMeaning =>
  stated<SpanMeaning>({
    input: payloadOf(attributes, 'genkit:input'),
    output: payloadOf(attributes, 'genkit:output'),
  });
