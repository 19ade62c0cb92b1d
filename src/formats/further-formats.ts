import { attributeMap } from './attribute-map.js';
import type { Format } from './format.js';

/**
 * Every other container, in the order in which they are tried: those that are told by a telling shape first. The last
 * one takes what looks like the attributes of a span.
 */
export const furtherFormats: readonly Format[] = [attributeMap];
