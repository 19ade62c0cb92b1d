import type { RecordedEvent, RecordedSpan, Score, SpanException, SpanKind, SpanStatus } from '../model/index.js';
import type { Exact } from './attribute-draft.js';
import { otlpAttributes } from './otlp-attributes.js';
import { hexId, keyValues, nanosOf, SPAN_ID, TRACE_ID } from './otlp-values.js';

export interface OtlpOptions {
  /** Whether OpenInference's attributes are written beside OpenTelemetry's, for what reads no other, such as Phoenix. */
  openInference?: boolean;
}

/** OTLP's numbers for what kind of work a span is. Calls of a model or of a search go to somebody else. */
const INTERNAL = 1;
const CLIENT = 3;
const CALLS: ReadonlySet<SpanKind> = new Set(['llm', 'embedding', 'retriever', 'reranker']);
const STATUS: Readonly<Record<SpanStatus, number>> = { unset: 0, ok: 1, error: 2 };

/**
 * Spans as a document of OTLP JSON (opentelemetry-proto, "JSON Protobuf Encoding"; `ExportTraceServiceRequest`) with the
 * attributes of OpenTelemetry's GenAI conventions. `readTraces` reads it back equal; what the conventions have no words for
 * is in one attribute, `llm_trace.span`. Not kept: times below a nanosecond and before 1970, `-0`, and lists, objects and
 * status messages that are empty.
 */
export function toOtlp(spans: Iterable<RecordedSpan>, options: OtlpOptions = {}): { resourceSpans: object[] } {
  const services = new Map<string | undefined, object[]>();
  for (const span of spans) {
    const group = services.get(span.service);
    const written = otlpSpan(span, options.openInference ?? false);
    if (group) group.push(written);
    else services.set(span.service, [written]);
  }
  return {
    resourceSpans: Array.from(services, ([service, group]) => ({
      resource: { attributes: keyValues([['service.name', service]]) },
      scopeSpans: [{ scope: { name: 'llm-trace-kit' }, spans: group }],
    })),
  };
}

function otlpSpan(span: RecordedSpan, openInference: boolean): object {
  const exact: Exact = {};
  const { traceId, id, parentId, links } = span;
  const ids = {
    traceId: hexId(traceId, TRACE_ID),
    spanId: hexId(id, SPAN_ID),
    parentSpanId: parentId === undefined ? undefined : hexId(parentId, SPAN_ID),
  };
  if (ids.traceId !== traceId || ids.spanId !== id || ids.parentSpanId !== parentId) {
    Object.assign(exact, { traceId, id, parentId });
  }
  const events = otlpEvents(span, exact);
  const linked = links?.map((link) => otlpLink(link, exact, links));
  return {
    ...ids,
    name: span.name,
    kind: CALLS.has(span.kind) ? CLIENT : INTERNAL,
    startTimeUnixNano: nanosOf(span.start) ?? '0',
    // A span without an end is running: some collectors refuse it, none would read another end as "not yet".
    endTimeUnixNano: nanosOf(span.end),
    attributes: keyValues(otlpAttributes(span, openInference, exact)),
    events,
    links: linked,
    status: { code: STATUS[span.status ?? 'unset'], message: span.statusMessage },
  };
}

type Link = NonNullable<RecordedSpan['links']>[number];

function otlpLink({ traceId, spanId, attributes }: Link, exact: Exact, all: readonly Link[]): object {
  const ids = { traceId: hexId(traceId, TRACE_ID), spanId: hexId(spanId, SPAN_ID) };
  if (ids.traceId !== traceId || ids.spanId !== spanId) exact.links = all;
  return { ...ids, attributes: attributes && keyValues(Object.entries(attributes)) };
}

/** The span's own events, and those that the conventions have for exceptions and scores. */
function otlpEvents({ events = [], exceptions, scores, start, end }: RecordedSpan, exact: Exact): object[] {
  const written = events.map(({ name, time, attributes }: RecordedEvent) => event(name, time, attributes ?? {}));
  const ownEvents: string[] = [];
  const add = (name: string, made: readonly object[]): boolean => {
    const hasOwn = events.some((own) => own.name === name);
    if (hasOwn) ownEvents.push(name);
    else written.push(...made);
    return !hasOwn;
  };
  if (!add('exception', exceptions?.map(exceptionEvent) ?? []) && exceptions) exact.exceptions = exceptions;
  const isAdded = add('gen_ai.evaluation.result', scores?.map((score) => scoreEvent(score, end ?? start)) ?? []);
  if (scores && !(isAdded && scores.every(isPlainScore))) exact.scores = scores;
  if (ownEvents.length) exact.ownEvents = ownEvents;
  return written;
}

const event = (name: string, time: number | undefined, attributes: Readonly<Record<string, unknown>>): object => ({
  name,
  timeUnixNano: nanosOf(time),
  attributes: keyValues(Object.entries(attributes)),
});

const exceptionEvent = ({ type, message, stacktrace, time }: SpanException): object =>
  event('exception', time, {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stacktrace,
  });

const scoreEvent = ({ name, value, label, explanation }: Score, time: number): object =>
  event('gen_ai.evaluation.result', time, {
    'gen_ai.evaluation.name': name,
    'gen_ai.evaluation.score.value': typeof value === 'boolean' ? Number(value) : numberOr(value),
    'gen_ai.evaluation.score.label': label ?? (typeof value === 'string' ? value : undefined),
    'gen_ai.evaluation.explanation': explanation,
  });

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Whether an event says all of a score: it has no word for its source, and numbers only. */
const isPlainScore = ({ value, source }: Score): boolean =>
  source === undefined && (value === undefined || typeof value === 'number');
