import type { Format } from './format.js';
import { otlp } from './otlp/otlp.js';

/**
 * The containers that are tried first, in this order. Open: a page may add its own. When none of them knows an input,
 * the further ones are loaded and tried.
 */
export const formats: Format[] = [otlp];

/** The containers that are loaded when they are needed. */
export const loadFurtherFormats = async (): Promise<readonly Format[]> =>
  (await import('./further-formats.js')).furtherFormats;
