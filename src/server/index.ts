/** What a server writes into a page, so that a trace can be read before a script runs, or without one. */
export { renderTrace, type ServedTraceOptions } from './render-trace.js';
