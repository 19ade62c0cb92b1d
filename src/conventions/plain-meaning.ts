import type { SpanMeaning, SpanRecord } from '../model/index.js';
import { payloadOf, stated } from './attribute-values.js';

/** The keys that people use where they follow no convention. */
export const plainMeaning = ({ attributes }: SpanRecord): SpanMeaning =>
  stated<SpanMeaning>({ input: payloadOf(attributes, 'input'), output: payloadOf(attributes, 'output') });
