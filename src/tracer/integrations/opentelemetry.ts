/** OpenTelemetry both ways: its instrumentation writes into the kit's tracer, its SDK into the kit's store. */
import { quietly } from '../quietly.js';
import { formatTraceparent } from '../trace-context.js';
import type { TracerSpan } from '../tracer-span.js';
import { activeContext, spanOf, withSpan } from './otel-context.js';
import { SpanAdapter, tracerSpanOf, type Scope } from './otel-span.js';
import { timeOf } from './otel-time.js';
import type {
  OtelContext,
  OtelSpan,
  OtelSpanContext,
  OtelSpanOptions,
  OtelTracer,
  OtelTracerProvider,
} from './otel-types.js';
import { starterOf, type TraceUnder } from './trace-under.js';

export { storeSpanProcessor, type StoreSpanProcessorOptions } from './otel-processor.js';
export type { OtelSpan, OtelSpanProcessor, OtelTracer, OtelTracerProvider } from './otel-types.js';
export type { TraceUnder } from './trace-under.js';

/**
 * The kit's tracer as a `TracerProvider` of @opentelemetry/api, for instrumentation that takes one, and for
 * `trace.setGlobalTracerProvider()`. What is written is kept as it is, and read by the kit's vocabularies (GenAI,
 * OpenInference and others) when a span ends: its kind, model, usage and messages.
 *
 * A span's parent is the span of the context that it is given, else of the active one. Managers of contexts in browsers
 * lose the active one at the first `await`; what has no parent is a root, or a child of `options.span`.
 */
export function otelTracerProvider(options: TraceUnder): OtelTracerProvider {
  return {
    getTracer: (name, version) => new TracerAdapter(options, { name, ...(version !== undefined && { version }) }),
  };
}

class TracerAdapter implements OtelTracer {
  readonly #under: TraceUnder;
  readonly #scope: Scope;

  constructor(under: TraceUnder, scope: Scope) {
    this.#under = under;
    this.#scope = scope;
  }

  startSpan(name: string, given: OtelSpanOptions = {}, context: OtelContext | undefined = activeContext()): OtelSpan {
    const options = quietly(() => ({ ...given, startTime: timeOf(given.startTime) })) ?? { startTime: undefined };
    const { startTime, attributes, links } = options;
    const span = this.#start(name, startTime, options.root === true ? undefined : quietly(() => spanOf(context)));
    const adapter = new SpanAdapter(span, name, this.#scope, startTime);
    if (attributes) adapter.setAttributes(attributes);
    return links ? adapter.addLinks(links) : adapter;
  }

  #start(name: string, startTime: number | undefined, parent: OtelSpan | undefined): TracerSpan {
    const options = startTime === undefined ? {} : { startTime };
    const own = parent && tracerSpanOf(parent);
    if (own) return own.start(name, options);
    // A span of another tracer, or of another service.
    const traceparent = parent && quietly(() => traceparentOf(parent.spanContext()));
    return starterOf(this.#under).start(name, { ...options, traceparent });
  }

  /** `never` stands for every result that the overloads promise: it is what the function gives. */
  startActiveSpan(name: string, ...rest: readonly unknown[]): never {
    const work = rest.at(-1) as (span: OtelSpan) => never;
    const options = rest.length > 1 ? (rest[0] as OtelSpanOptions) : {};
    const context = rest.length > 2 ? (rest[1] as OtelContext) : activeContext();
    const span = this.startSpan(name, options, context);
    return withSpan(context, span, work);
  }
}

const traceparentOf = ({ traceId, spanId, traceFlags }: OtelSpanContext): string =>
  formatTraceparent({ traceId, spanId, isSampled: (traceFlags & 1) === 1 });
