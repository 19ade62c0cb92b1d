import type { SpanMeaning, SpanRecord } from '../model/index.js';
import { hasPrefix, payloadOf, stated } from './attribute-values.js';

export function laminarMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'lmnr.')) return {};
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'lmnr.span.input'),
    output: payloadOf(attributes, 'lmnr.span.output'),
  });
}
