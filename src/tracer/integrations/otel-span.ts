import type { RecordedEvent, RecordedLink } from '../../model/index.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import { withoutContent } from './otel-content.js';
import { isTime, timeOf } from './otel-time.js';
import type { OtelAttributes, OtelLink, OtelSpan, OtelSpanContext, OtelStatus, OtelTime } from './otel-types.js';
import type { ToldSpan } from './read-otel-span.js';

/** Loaded with the first span: what attributes mean is several times the size of what records them. */
export const loadReader = (): Promise<typeof import('./read-otel-span.js')> => import('./read-otel-span.js');

/** The library that makes spans. */
export interface Scope {
  readonly name: string;
  readonly version?: string;
}

const spans = new WeakMap<object, TracerSpan>();

/** The kit's span behind one of the adapter. */
export const tracerSpanOf = (span: object): TracerSpan | undefined => spans.get(span);

const UNSET = 0;
const OK = 1;

/** A span of the kit with the methods that OpenTelemetry's instrumentation calls. */
export class SpanAdapter implements OtelSpan {
  readonly #span: TracerSpan;
  readonly #scope: Scope;
  readonly #start: number;
  #name: string;
  #isOk = false;
  #isEnded = false;
  readonly #attributes = new Map<string, unknown>();
  readonly #events: RecordedEvent[] = [];
  readonly #links: RecordedLink[] = [];

  constructor(span: TracerSpan, name: string, scope: Scope, start = span.now()) {
    this.#span = span;
    this.#name = name;
    this.#scope = scope;
    this.#start = start;
    spans.set(this, span);
    if (span.isRecording) loadReader().catch(() => {});
  }

  spanContext(): OtelSpanContext {
    const { traceId, spanId, isSampled } = this.#span.context;
    return { traceId, spanId, traceFlags: isSampled ? 1 : 0 };
  }

  isRecording(): boolean {
    return this.#span.isRecording && !this.#isEnded;
  }

  setAttribute(key: string, value: unknown): this {
    return this.setAttributes({ [key]: value });
  }

  setAttributes(attributes: OtelAttributes): this {
    return this.#record(() => {
      const told = this.#keptOf(attributes);
      for (const [key, value] of Object.entries(told)) this.#attributes.set(key, value);
      this.#span.setAttributes(told);
    });
  }

  addEvent(name: string, attributesOrTime?: OtelAttributes | OtelTime, time?: OtelTime): this {
    return this.#record(() => {
      const given = isTime(attributesOrTime) ? undefined : attributesOrTime;
      const at = timeOf(time ?? (isTime(attributesOrTime) ? attributesOrTime : undefined)) ?? this.#span.now();
      this.#events.push({ name, time: at, ...(given && { attributes: this.#keptOf(given) }) });
    });
  }

  addLink(link: OtelLink): this {
    return this.#record(() => {
      const { context, attributes } = link;
      const { traceId, spanId } = context;
      this.#links.push({ traceId, spanId, ...(attributes && { attributes: this.#keptOf(attributes) }) });
    });
  }

  addLinks(links: OtelLink[]): this {
    return this.#record(() => {
      for (const link of links) this.addLink(link);
    });
  }

  /** As the specification has it: what is ok stays so, and unset says nothing. */
  setStatus(status: OtelStatus): this {
    return this.#record(() => {
      const { code, message } = status;
      if (this.#isOk || code === UNSET) return;
      this.#isOk = code === OK;
      this.#span.setStatus(this.#isOk ? 'ok' : 'error', this.#isOk ? undefined : message);
    });
  }

  updateName(name: string): this {
    return this.#record(() => {
      this.#name = name;
      this.#span.update({ name });
    });
  }

  /** As an event, by the semantic conventions; it says nothing of the span's status. */
  recordException(exception: unknown, time?: OtelTime): void {
    this.#record(() => {
      const { code, name, message, stack } = (typeof exception === 'object' ? (exception ?? {}) : {}) as Partial<
        Error & { code: string | number }
      >;
      const type = code ?? name;
      const text = typeof exception === 'string' ? exception : message;
      this.addEvent(
        'exception',
        {
          ...(type && { 'exception.type': String(type) }),
          ...(text && { 'exception.message': text }),
          ...(stack && { 'exception.stacktrace': stack }),
        },
        time,
      );
    });
  }

  end(time?: OtelTime): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const [end, events, links] = [quietly(() => timeOf(time)) ?? this.#span.now(), this.#events, this.#links];
    const told: ToldSpan = {
      name: this.#name,
      start: this.#start,
      attributes: this.#attributes,
      events: events.map(({ attributes, ...event }) => ({ ...event, attributes: mapOf(attributes) })),
      links: [],
      resource: mapOf(undefined),
      scope: this.#scope,
    };
    this.#span.merge({ ...(events.length > 0 && { events }), ...(links.length > 0 && { links }) });
    this.#span.endAfter(async () => {
      try {
        this.#span.merge((await loadReader()).meaningOf(told));
      } finally {
        this.#span.end(end);
      }
    });
  }

  #keptOf(attributes: OtelAttributes): Record<string, unknown> {
    const copy = this.#span.snapshot(attributes) as Record<string, unknown>;
    return this.#span.keepsContent ? copy : withoutContent(copy);
  }

  #record(work: () => void): this {
    if (this.isRecording()) quietly(work);
    return this;
  }
}

export const mapOf = (entries: OtelAttributes | undefined): ReadonlyMap<string, unknown> =>
  new Map(entries && Object.entries(entries));
