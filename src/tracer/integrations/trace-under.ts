import type { SpanStarter } from '../span-starter.js';
import type { Tracer } from '../tracer.js';
import type { TracerSpan } from '../tracer-span.js';

export type { SpanStarter } from '../span-starter.js';

/** Where the spans of an integration go: roots of a tracer, or children of a span. */
export type TraceUnder = { tracer: Tracer; span?: undefined } | { span: TracerSpan; tracer?: undefined };

export const starterOf = ({ tracer, span }: TraceUnder): SpanStarter => span ?? tracer;
