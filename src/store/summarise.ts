import { addUsage, type RecordedSpan, type Usage } from '../model/index.js';
import type { TraceIndexRecord } from './schema.js';

const CALLS_MODEL: ReadonlySet<string> = new Set(['llm', 'embedding', 'reranker']);

const emptyRecord = (span: RecordedSpan): TraceIndexRecord => ({
  summary: {
    id: span.traceId,
    name: span.name,
    start: span.start,
    duration: 0,
    spanCount: 0,
    status: 'unset',
    errorCount: 0,
    isRunning: false,
  },
  start: span.start,
  size: 0,
  chunks: 0,
  hasRoot: false,
});

/** A trace's line in the index after more of its spans have ended. */
export function withSpans(before: TraceIndexRecord | undefined, spans: readonly RecordedSpan[]): TraceIndexRecord {
  const record = structuredCloneOf(before ?? emptyRecord(spans[0]!));
  const { summary } = record;
  for (const span of spans) {
    const end = Math.max(summary.start + summary.duration, span.end ?? span.start);
    summary.start = Math.min(summary.start, span.start);
    summary.duration = end - summary.start;
    summary.spanCount++;
    if (span.status === 'error') summary.errorCount++;
    if (span.sessionId !== undefined) summary.sessionId ??= span.sessionId;
    if (span.userId !== undefined) summary.userId ??= span.userId;
    if (span.tags) summary.tags = [...new Set([...(summary.tags ?? []), ...span.tags])];
    // A span that only holds others repeats what they state.
    if (CALLS_MODEL.has(span.kind)) {
      if (span.usage) addUsage((summary.usage ??= {}), span.usage);
      if (span.cost !== undefined) summary.cost = (summary.cost ?? 0) + span.cost;
    }
    if (span.parentId === undefined) {
      record.hasRoot = true;
      summary.name = span.name;
      summary.status = span.status ?? 'unset';
    }
  }
  record.start = summary.start;
  return record;
}

/** A trace of which nothing has ended yet. */
export function withOpenSpan(before: TraceIndexRecord | undefined, span: RecordedSpan): TraceIndexRecord {
  const record = structuredCloneOf(before ?? emptyRecord(span));
  record.summary.isRunning = true;
  if (span.parentId === undefined && !record.hasRoot) record.summary.name = span.name;
  record.summary.start = record.start = Math.min(record.summary.start, span.start);
  return record;
}

const structuredCloneOf = (record: TraceIndexRecord): TraceIndexRecord => ({
  ...record,
  summary: { ...record.summary, ...(record.summary.usage && { usage: { ...record.summary.usage } satisfies Usage }) },
});
