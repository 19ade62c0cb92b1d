import {
  Span,
  type RecordedEvent,
  type RecordedSpan,
  type Score,
  type SpanException,
  type SpanKind,
  type SpanStatus,
  type Trace,
} from '../model/index.js';
import { grouped } from '../model/grouped.js';
import type { Exact } from './attribute-draft.js';
import { otlpAttributes } from './otlp-attributes.js';
import { exactNanos, hexId, keyValues, nanosOf, SPAN_ID, TRACE_ID } from './otlp-values.js';
import { recordedSpanOf } from './recorded-span.js';
import { Slices, type SlowWork } from './slices.js';

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
export const toOtlp = (spans: Iterable<RecordedSpan>, options: OtlpOptions = {}): OtlpSpans =>
  documentOf(unmarked(spans), options);

/**
 * Traces of whatever format as a document of OTLP JSON: as `toOtlp`, and times to the nanosecond. `readTraces` reads it back to the
 * same spans. Not kept: attributes of the resource, other than the name of the service, and of the scope.
 */
export const tracesToOtlp = (traces: Iterable<Trace>, options: OtlpOptions = {}): OtlpSpans =>
  documentOf(spansOf(traces), options);

/** Characters of the pieces of a long text. */
const PIECE = 1 << 20;

/**
 * The JSON text of `tracesToOtlp`, in pieces: of a large trace, it is longer than a text may be. Done in slices.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function otlpText(traces: readonly Trace[], work: SlowWork = {}): Promise<string[]> {
  const slices = new Slices(
    work,
    traces.reduce((count, { spans }) => count + spans.length, 0),
  );
  const pieces: string[] = [];
  let piece = '{"resourceSpans":[';
  let service: string | undefined;
  let isFirst = true;
  for (const [span, exact, times] of spansOf(traces)) {
    const written = JSON.stringify({ ...otlpSpan(span, false, exact), ...times });
    if (!isFirst && span.service === service) piece += `,${written}`;
    else {
      const group = JSON.stringify(groupOf(span.service, []));
      // The list of spans is the last that a group says.
      piece += `${isFirst ? '' : `${GROUP_END},`}${group.slice(0, -GROUP_END.length)}${written}`;
      service = span.service;
      isFirst = false;
    }
    if (piece.length > PIECE) {
      pieces.push(piece);
      piece = '';
    }
    await slices.step();
  }
  return [...pieces, `${piece}${isFirst ? '' : GROUP_END}]}`];
}

const GROUP_END = ']}]}';

const groupOf = (service: string | undefined, spans: readonly object[]): object => ({
  resource: { attributes: keyValues([['service.name', service]]) },
  scopeSpans: [{ scope: { name: 'llm-trace-kit' }, spans }],
});

interface OtlpSpans {
  resourceSpans: object[];
}

/** What is written over what a recorded span says: its exact times. */
interface Times {
  startTimeUnixNano: string;
  endTimeUnixNano: string | undefined;
}

type Written = readonly [span: RecordedSpan, exact: Exact, times?: Times];

/** Spans of one service together. */
function* unmarked(spans: Iterable<RecordedSpan>): Generator<Written> {
  for (const group of grouped(spans, ({ service }) => service).values()) for (const span of group) yield [span, {}];
}

/** In the order in which they were read, so that what has no times stays in its order, and clocks count from the same moment. */
function* spansOf(traces: Iterable<Trace>): Generator<Written> {
  for (const [table, group] of grouped(traces, (trace) => trace.table)) {
    const places = group.flatMap((trace) =>
      Array.from({ length: trace.spans.length }, (_, index) => ({ trace, index, row: trace.rowAt(index) })),
    );
    places.sort((one, other) => one.row - other.row);
    for (const { trace: home, index, row } of places) {
      // A span of its own: what is read of it is not kept.
      const span = new Span(home, index);
      const { label, kind, name, trace } = span;
      const exact: Exact = {};
      // Attributes that the exporter writes may say what nobody has said.
      if (label !== undefined || kind === 'tool' || kind === 'agent') exact.label = label ?? '';
      if (span.index === 0 && trace.name !== name) exact.traceName = trace.name;
      const startTimeUnixNano = exactNanos(table.origin.epoch, table.starts[row]!) ?? '0';
      const endTimeUnixNano = exactNanos(table.origin.epoch, table.ends[row]!);
      yield [recordedSpanOf(span), exact, { startTimeUnixNano, endTimeUnixNano }];
    }
  }
}

function documentOf(spans: Iterable<Written>, options: OtlpOptions): OtlpSpans {
  const groups: { service: string | undefined; spans: object[] }[] = [];
  for (const [span, exact, times] of spans) {
    // In the order in which they come: of spans without times, it is the only one there is.
    let group = groups.at(-1);
    if (group?.service !== span.service || !group) groups.push((group = { service: span.service, spans: [] }));
    group.spans.push({ ...otlpSpan(span, options.openInference ?? false, exact), ...times });
  }
  return {
    resourceSpans: groups.map(({ service, spans: written }) => groupOf(service, written)),
  };
}

function otlpSpan(span: RecordedSpan, openInference: boolean, exact: Exact): object {
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
