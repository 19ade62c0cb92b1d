/** What can be worked out from a trace. Pure functions, without a DOM. */
export { selfTimes } from './self-time.js';
export { nextSpan, summarise, type TraceSummary } from './summary.js';
