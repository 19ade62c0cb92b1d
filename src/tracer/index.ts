/** Recording what an application in the browser does. */
export type { MaskHook } from './masking.js';
export type { FlushResult, SpanSink } from './span-sink.js';
export { parseTraceparent, type TraceContext } from './trace-context.js';
export type { TracerStatus } from './recorder.js';
export { createTracer, type Tracer, type TracerOptions } from './tracer.js';
export type { SpanOptions, SpanUpdate } from './span-facts.js';
export type { SpanStarter } from './span-starter.js';
export { recordGradients, type GradientStep } from './record-gradients.js';
export { recordInternals } from './record-internals.js';
export type { TracerSpan } from './tracer-span.js';
