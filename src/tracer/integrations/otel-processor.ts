import type { RecordedSpan } from '../../model/index.js';
import { quietly } from '../quietly.js';
import { Recorder } from '../recorder.js';
import type { SpanSink } from '../span-sink.js';
import type { TracerOptions } from '../tracer.js';
import { withoutContent } from './otel-content.js';
import { loadReader, mapOf } from './otel-span.js';
import { millisOf } from './otel-time.js';
import type { OtelAttributes, OtelReadableSpan, OtelSpanProcessor } from './otel-types.js';

/** How much is recorded (`content`, `mask`) is said as to a tracer. */
export interface StoreSpanProcessorOptions extends Pick<TracerOptions, 'content' | 'mask'> {
  /** Where spans are kept: what `openTraceStore()` gives. */
  store: SpanSink;
}

/**
 * A `SpanProcessor` for an SDK of OpenTelemetry (`new WebTracerProvider({ spanProcessors: [storeSpanProcessor({ store })] })`)
 * whose spans then are in the store, beside those of the kit's own tracer. Attributes are kept as they are written, without
 * secrets, and read by the kit's vocabularies (GenAI, OpenInference and others).
 */
export const storeSpanProcessor = (options: StoreSpanProcessorOptions): OtelSpanProcessor =>
  new StoreSpanProcessor(new Recorder(options));

const ERROR = 2;
const OK = 1;

class StoreSpanProcessor implements OtelSpanProcessor {
  readonly #recorder: Recorder;
  #reader: Awaited<ReturnType<typeof loadReader>> | undefined;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  onStart(span: OtelReadableSpan): void {
    if (!this.#reader) this.#load().catch(() => {});
    if (isSampled(span)) this.#recorder.guard(() => this.#recorder.started(this.#begun(span)));
  }

  onEnd(span: OtelReadableSpan): void {
    if (!isSampled(span)) return;
    const end = (): void => this.#recorder.guard(() => this.#recorder.ended(this.#ended(span)));
    // At once where it can be: the page may be going away.
    if (this.#reader) end();
    else this.#recorder.late(() => this.#load(), end);
  }

  async forceFlush(): Promise<void> {
    await this.#recorder.flush();
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  async #load(): Promise<void> {
    this.#reader ??= await loadReader();
  }

  #begun(span: OtelReadableSpan): RecordedSpan {
    const { traceId, spanId } = span.spanContext();
    const parentId = span.parentSpanContext?.spanId;
    const service = span.resource.attributes['service.name'];
    const { name, startTime, attributes } = span;
    return {
      traceId,
      id: spanId,
      ...(parentId !== undefined && { parentId }),
      name: this.#recorder.text('name', name),
      kind: 'span',
      start: millisOf(startTime),
      ...(typeof service === 'string' && service !== '' && { service: this.#recorder.text('service', service) }),
      ...this.#attributes(attributes),
    };
  }

  #ended(span: OtelReadableSpan): RecordedSpan {
    const { status, endTime, events, links } = span;
    return {
      ...this.#begun(span),
      end: millisOf(endTime),
      ...(status.code === OK && { status: 'ok' }),
      ...(status.code === ERROR && { status: 'error' }),
      ...(status.message !== undefined && { statusMessage: this.#recorder.text('statusMessage', status.message) }),
      ...(events.length > 0 && {
        events: events.map(({ name, time, attributes }) => ({
          name: this.#recorder.text('events', name),
          time: millisOf(time),
          ...this.#attributes(attributes),
        })),
      }),
      ...(links.length > 0 && {
        links: links.map(({ context: { traceId, spanId }, attributes }) => ({
          traceId,
          spanId,
          ...this.#attributes(attributes),
        })),
      }),
      ...quietly(() => this.#meaning(span)),
    };
  }

  /** What its attributes mean: nothing where what reads them could not be loaded. */
  #meaning(span: OtelReadableSpan): Partial<RecordedSpan> {
    const meaning = this.#reader?.meaningOf({
      name: span.name,
      start: millisOf(span.startTime),
      attributes: mapOf(span.attributes),
      events: span.events.map(({ name, time, attributes }) => ({
        name,
        time: millisOf(time),
        attributes: mapOf(attributes),
      })),
      links: [],
      resource: mapOf(span.resource.attributes),
      scope: span.instrumentationScope,
    });
    const told = Object.entries(meaning ?? {}).map(
      ([field, value]) => [field, this.#recorder.copy(field, value)] as const,
    );
    return Object.fromEntries(told.filter(([, value]) => value !== undefined));
  }

  #attributes(attributes: OtelAttributes | undefined): { attributes?: Record<string, unknown> } {
    if (!attributes || Object.keys(attributes).length === 0) return {};
    const kept = this.#recorder.options.content === 'none' ? withoutContent(attributes) : attributes;
    return { attributes: this.#recorder.copy('attributes', kept) as Record<string, unknown> };
  }
}

const isSampled = (span: OtelReadableSpan): boolean => (span.spanContext().traceFlags & 1) === 1;
