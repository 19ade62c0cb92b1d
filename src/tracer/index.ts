/** Recording what an application in the browser does. */
export type { MaskHook } from './masking.js';
export type { FlushResult, SpanSink } from './span-sink.js';
export { parseTraceparent, type TraceContext } from './trace-context.js';
export { createTracer, type Tracer, type TracerOptions, type TracerStatus } from './tracer.js';
export type { SpanOptions, SpanUpdate, TracerSpan } from './tracer-span.js';
