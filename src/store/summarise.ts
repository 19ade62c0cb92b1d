import type { RecordedSpan } from '../model/index.js';
// Not by way of the index: bundlers would load the whole model with what writes.
import { addUsage } from '../model/usage.js';
import type { TraceIndexRecord } from './schema.js';

const CALLS_MODEL: ReadonlySet<string> = new Set(['llm', 'embedding', 'reranker']);

const emptyRecord = ({ traceId: id, name, start }: RecordedSpan): TraceIndexRecord => ({
  summary: { id, name, start, duration: 0, spanCount: 0, status: 'unset', errorCount: 0, isRunning: false },
  start,
  size: 0,
  hasRoot: false,
});

/**
 * A trace's line in the index after more of its spans have ended or begun.
 *
 * @param record the line so far, which is changed
 */
export function summarise(
  record: TraceIndexRecord | undefined,
  ended: readonly RecordedSpan[],
  open: readonly RecordedSpan[],
): TraceIndexRecord {
  const result = record ?? emptyRecord((ended[0] ?? open[0])!);
  const { summary } = result;
  const take = ({ start, sessionId, userId, tags }: RecordedSpan): void => {
    if (sessionId !== undefined) summary.sessionId ??= sessionId;
    if (userId !== undefined) summary.userId ??= userId;
    if (tags) summary.tags = [...new Set([...(summary.tags ?? []), ...tags])];
    const end = summary.start + summary.duration;
    summary.start = result.start = Math.min(summary.start, start);
    summary.duration = end - summary.start;
  };
  for (const span of ended) {
    take(span);
    summary.duration = Math.max(summary.duration, (span.end ?? span.start) - summary.start);
    summary.spanCount++;
    if (span.status === 'error') summary.errorCount++;
    // A span that only holds others repeats what they state.
    if (CALLS_MODEL.has(span.kind)) {
      if (span.usage) addUsage((summary.usage ??= {}), span.usage);
      if (span.cost !== undefined) summary.cost = (summary.cost ?? 0) + span.cost;
    }
    if (span.parentId === undefined) {
      result.hasRoot = true;
      summary.name = span.name;
      summary.status = span.status ?? 'unset';
    }
  }
  for (const span of open) {
    take(span);
    if (span.parentId === undefined && !result.hasRoot) summary.name = span.name;
  }
  return result;
}
