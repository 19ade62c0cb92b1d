import { payloadOf, stated } from './attribute-values.js';
import type { Convention } from './convention.js';
import type { SpanMeaning } from '../model/index.js';

/** The keys that people use where they follow no convention. */
export const plainAttributes: Convention = {
  name: 'plain attributes',
  outline: new Map(),
  meaning: ({ attributes }) =>
    stated<SpanMeaning>({ input: payloadOf(attributes, 'input'), output: payloadOf(attributes, 'output') }),
};
