/** What a trace is: the words that everything else speaks. */
export { buildTraces } from './build-traces.js';
export type * from './detail.js';
export { SPAN_KINDS, type SpanKind, type SpanStatus } from './kinds.js';
export type * from './message.js';
export type { ProblemCode, TraceProblem } from './problem.js';
export { addRecordedSpan, type RecordedEvent, type RecordedLink, type RecordedSpan } from './recorded-span.js';
export type { RollUp } from './roll-up.js';
export { SpanTable, TimeOrigin, type SpanOutline, type TraceFacts } from './span-table.js';
export type { SpanTree } from './span-tree.js';
export { Span } from './span.js';
export { Trace, type SpanList } from './trace.js';
export { addUsage, totalTokens, type Usage } from './usage.js';
