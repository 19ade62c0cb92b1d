/** What a trace is: the words that everything else speaks. */
export { buildTraces } from './build-at-once.js';
export { emptyTrace, tracesInSteps } from './build-traces.js';
export { compactTable } from './compact-table.js';
export { GrowingTraces } from './growing-traces.js';
export type * from './detail.js';
export { SPAN_KINDS, type SpanKind, type SpanStatus } from './kinds.js';
export type * from './message.js';
export { previewOf } from './preview.js';
export type { ProblemCode, ProblemValues, TraceProblem } from './problem.js';
export {
  addRecordedSpan,
  recordOf,
  type RecordedEvent,
  type RecordedLink,
  type RecordedSpan,
} from './recorded-span.js';
export type { RollUp } from './roll-up.js';
export { emptyOutline, type SpanOutline } from './span-outline.js';
export { SpanTable, type WrittenStructure } from './span-table.js';
export type { SpanTree } from './span-tree.js';
export { Span } from './span.js';
export type { TraceFacts } from './trace-facts.js';
export { TimeOrigin } from './time-origin.js';
export { Trace, type SpanList } from './trace.js';
export { addUsage, totalTokens, USAGE_FIELDS, type Usage } from './usage.js';
export { atOnce } from './steps.js';
export { sameValue } from './same-value.js';
