import { interpret, OutlineDraft } from '../../conventions/index.js';
import { SpanTable, type RecordedSpan, type SpanOutline, type SpanRecord } from '../../model/index.js';

/** A span as its instrumentation told it. Times are milliseconds since the epoch. */
export interface ToldSpan extends SpanRecord {
  readonly name: string;
  readonly start: number;
}

const draft = new OutlineDraft();

/** What the attributes and events of a span mean, by all vocabularies that the kit knows. */
export function meaningOf(span: ToldSpan): Partial<RecordedSpan> {
  const table = new SpanTable();
  // The draft fills in the rest.
  const outline = { traceId: '', name: span.name, start: table.origin.fromMillis(span.start) } as SpanOutline;
  draft.reset();
  for (const [key, value] of span.attributes) draft.attribute(key, value);
  draft.writeTo(outline, table.origin);
  const { name, kind, service, model, provider, usage, cost, timeToFirstToken } = outline;
  const { sessionId, userId, tags, metadata } = outline;
  const { parameters, ...meaning } = interpret(span);
  const facts = {
    name,
    kind,
    service,
    model,
    provider,
    usage,
    cost,
    timeToFirstToken,
    sessionId,
    userId,
    tags,
    metadata,
  };
  const stated = Object.entries({ ...facts, ...meaning }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(stated), ...(parameters && { parameters: Object.fromEntries(parameters) }) };
}
