/** Reading: from bytes of any known format to traces. */
export { loadDetails } from './details.js';
export * from './errors.js';
export { SPANS_PER_STEP, type Format } from './format.js';
export { readSpans, readTraces, type ReadOptions } from './read-traces.js';
export { formats, loadFurtherFormats } from './registry.js';
