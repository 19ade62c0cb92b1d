import type {
  Payload,
  PromptTemplate,
  Score,
  SpanException,
  SpanReader,
  ToolDefinition,
  TraceDocument,
} from './detail.js';
import type { SpanKind, SpanStatus } from './kinds.js';
import type { Message } from './message.js';
import type { SpanOutline, SpanTable } from './span-table.js';
import type { Span } from './span.js';
import type { Usage } from './usage.js';

/**
 * A span in the model's own words, as the tracer records it and the store keeps it: plain JSON. Times are milliseconds
 * since the epoch, with a fraction. A span without an end is running, or was when its page died.
 */
export interface RecordedSpan {
  /** 32 hex digits. */
  traceId: string;
  /** 16 hex digits. */
  id: string;
  parentId?: string;
  name: string;
  kind: SpanKind;
  start: number;
  end?: number;
  status?: SpanStatus;
  statusMessage?: string;
  service?: string;
  model?: string;
  provider?: string;
  usage?: Usage;
  /** US dollars. */
  cost?: number;
  /** Milliseconds. */
  timeToFirstToken?: number;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  metadata?: unknown;
  input?: Payload;
  output?: Payload;
  messages?: readonly Message[];
  tools?: readonly ToolDefinition[];
  documents?: readonly TraceDocument[];
  inputDocuments?: readonly TraceDocument[];
  parameters?: Readonly<Record<string, unknown>>;
  prompt?: PromptTemplate;
  exceptions?: readonly SpanException[];
  scores?: readonly Score[];
  events?: readonly RecordedEvent[];
  links?: readonly RecordedLink[];
  attributes?: Readonly<Record<string, unknown>>;
}

export interface RecordedEvent {
  name: string;
  /** Milliseconds since the epoch. */
  time: number;
  attributes?: Readonly<Record<string, unknown>>;
}

export interface RecordedLink {
  traceId: string;
  spanId: string;
  attributes?: Readonly<Record<string, unknown>>;
}

const NONE: readonly never[] = [];

const mapOf = (entries: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, unknown> =>
  new Map(entries && Object.entries(entries));

/** Reads a `RecordedSpan` when somebody looks at it. */
const recordedReader: SpanReader = {
  format: 'llm-trace-kit',
  record(raw) {
    const span = raw as RecordedSpan;
    return {
      attributes: mapOf(span.attributes),
      events: span.events?.map(({ attributes, ...event }) => ({ ...event, attributes: mapOf(attributes) })) ?? NONE,
      links: span.links?.map(({ attributes, ...link }) => ({ ...link, attributes: mapOf(attributes) })) ?? NONE,
      resource: mapOf(span.service === undefined ? undefined : { 'service.name': span.service }),
      scope: { name: 'llm-trace-kit' },
    };
  },
  meaning(_record, raw) {
    const { parameters, ...span } = raw as RecordedSpan;
    return { ...span, ...(parameters && { parameters: mapOf(parameters) }) };
  },
};

/** What a span was recorded as; `undefined` for a span of any other source. */
export const recordOf = ({ trace, index, raw }: Span): RecordedSpan | undefined =>
  trace.table.readers.at(trace.rowAt(index)) === recordedReader ? (raw as RecordedSpan) : undefined;

/**
 * Puts a recorded span into a table.
 *
 * @param exact what is known better than the span says: its times from the table's origin, what it was about
 */
export function addRecordedSpan(
  table: SpanTable,
  span: RecordedSpan,
  exact?: Pick<SpanOutline, 'start' | 'end' | 'label'>,
): void {
  const { origin } = table;
  table.add(
    {
      traceId: span.traceId,
      id: span.id,
      parentId: span.parentId ?? '',
      name: span.name,
      label: undefined,
      kind: span.kind,
      start: origin.fromMillis(span.start),
      end: span.end === undefined ? NaN : origin.fromMillis(span.end),
      status: span.status ?? 'unset',
      statusMessage: span.statusMessage,
      service: span.service,
      model: span.model,
      provider: span.provider,
      usage: span.usage,
      cost: span.cost,
      timeToFirstToken: span.timeToFirstToken,
      sessionId: span.sessionId,
      userId: span.userId,
      tags: span.tags,
      metadata: span.metadata,
      ...exact,
    },
    span,
    recordedReader,
  );
}
