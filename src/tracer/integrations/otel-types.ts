/**
 * The parts of OpenTelemetry's interfaces that the adapter keeps and uses (@opentelemetry/api 1.x, sdk-trace 2.x), written
 * down here so that neither package is needed.
 */

/** `SpanContext`. */
export interface OtelSpanContext {
  traceId: string;
  spanId: string;
  /** Bits; the first one says that the trace is recorded (W3C Trace Context). */
  traceFlags: number;
}

/** `HrTime`: seconds since the epoch, and nanoseconds. */
export type OtelMoment = [seconds: number, nanoseconds: number];

/** `TimeInput`: a moment, milliseconds since the epoch, `performance.now()`, or a date. */
export type OtelTime = OtelMoment | number | Date;

export type OtelAttributes = Readonly<Record<string, unknown>>;

/** `Link`. */
export interface OtelLink {
  context: OtelSpanContext;
  attributes?: OtelAttributes;
}

/** `SpanStatus`: 0 is unset, 1 is ok, 2 is an error. */
export interface OtelStatus {
  code: number;
  message?: string;
}

/** `Context`. */
export interface OtelContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OtelContext;
}

/** `SpanOptions`. */
export interface OtelSpanOptions {
  attributes?: OtelAttributes;
  links?: OtelLink[];
  startTime?: OtelTime;
  /** Whether it begins a trace, whatever the context. */
  root?: boolean;
}

/** `Span`. */
export interface OtelSpan {
  spanContext(): OtelSpanContext;
  setAttribute(key: string, value: unknown): this;
  setAttributes(attributes: OtelAttributes): this;
  addEvent(name: string, attributesOrTime?: OtelAttributes | OtelTime, time?: OtelTime): this;
  addLink(link: OtelLink): this;
  addLinks(links: OtelLink[]): this;
  setStatus(status: OtelStatus): this;
  updateName(name: string): this;
  end(time?: OtelTime): void;
  isRecording(): boolean;
  recordException(exception: unknown, time?: OtelTime): void;
}

/** `Tracer`. */
export interface OtelTracer {
  startSpan(name: string, options?: OtelSpanOptions, context?: OtelContext): OtelSpan;
  startActiveSpan<Work extends (span: OtelSpan) => unknown>(name: string, work: Work): ReturnType<Work>;
  startActiveSpan<Work extends (span: OtelSpan) => unknown>(
    name: string,
    options: OtelSpanOptions,
    work: Work,
  ): ReturnType<Work>;
  startActiveSpan<Work extends (span: OtelSpan) => unknown>(
    name: string,
    options: OtelSpanOptions,
    context: OtelContext,
    work: Work,
  ): ReturnType<Work>;
}

/** `TracerProvider`. */
export interface OtelTracerProvider {
  getTracer(name: string, version?: string): OtelTracer;
}

/** `ReadableSpan`, as far as a processor reads it. */
export interface OtelReadableSpan {
  readonly name: string;
  readonly parentSpanContext?: OtelSpanContext;
  readonly startTime: OtelMoment;
  readonly endTime: OtelMoment;
  readonly status: OtelStatus;
  readonly attributes: OtelAttributes;
  readonly links: readonly OtelLink[];
  readonly events: readonly {
    readonly name: string;
    readonly time: OtelMoment;
    readonly attributes?: OtelAttributes;
  }[];
  readonly resource: { readonly attributes: OtelAttributes };
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
  spanContext(): OtelSpanContext;
}

/** `SpanProcessor`. */
export interface OtelSpanProcessor {
  onStart(span: OtelReadableSpan): void;
  onEnd(span: OtelReadableSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
