import type { RecordedSpan, Score } from '../model/index.js';
// Not by way of the index: bundlers would load the whole model with what writes.
import { CALLS_MODEL } from '../model/kinds.js';
import { previewOf } from '../model/preview.js';
import { addUsage, totalTokens } from '../model/usage.js';
import type { TraceIndexRecord, TraceSummaryRecord } from './schema.js';

const emptyRecord = ({ traceId: id, name, start }: RecordedSpan): TraceIndexRecord => ({
  summary: { id, name, start, duration: 0, spanCount: 0, status: 'unset', errorCount: 0, isRunning: false },
  start,
  size: 0,
  hasRoot: false,
});

/** A line stays small, however much a trace does. */
const MOST_MODELS = 20;
const MOST_TIMES = 100;
const MOST_ERROR_TYPES = 8;
const MOST_SCORES = 50;

/** Adds what figures of many traces need of a call. */
function addCall(summary: TraceSummaryRecord, { model, usage, cost, timeToFirstToken }: RecordedSpan): void {
  if (timeToFirstToken !== undefined && (summary.timesToFirstToken?.length ?? 0) < MOST_TIMES) {
    (summary.timesToFirstToken ??= []).push(timeToFirstToken);
  }
  if (model === undefined) return;
  const models = (summary.models ??= []);
  let figures = models.find((known) => known.model === model);
  if (!figures) {
    if (models.length >= MOST_MODELS) return;
    models.push((figures = { model, calls: 0 }));
  }
  figures.calls++;
  const tokens = usage && totalTokens(usage);
  if (tokens !== undefined) figures.tokens = (figures.tokens ?? 0) + tokens;
  if (cost !== undefined) figures.cost = (figures.cost ?? 0) + cost;
}

function addErrorType(summary: TraceSummaryRecord, { exceptions }: RecordedSpan): void {
  const type = exceptions?.find((exception) => exception.type !== undefined)?.type;
  if (type === undefined) return;
  const types = (summary.errorTypes ??= []);
  if (types.length < MOST_ERROR_TYPES && !types.includes(type)) types.push(type);
}

/** Adds what figures of many traces need of a judgement. */
export function addScore(summary: TraceSummaryRecord, { name, value, label, source }: Score): void {
  const scores = (summary.scores ??= []);
  if (scores.length >= MOST_SCORES) return;
  scores.push({
    name,
    ...(value !== undefined && { value }),
    ...(label !== undefined && { label }),
    ...(source !== undefined && { source }),
  });
}

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
    if (span.status === 'error') {
      summary.errorCount++;
      addErrorType(summary, span);
    }
    // A span that only holds others repeats what they state.
    if (CALLS_MODEL.has(span.kind)) {
      if (span.usage) addUsage((summary.usage ??= {}), span.usage);
      if (span.cost !== undefined) summary.cost = (summary.cost ?? 0) + span.cost;
      addCall(summary, span);
    }
    for (const score of span.scores ?? []) addScore(summary, score);
    if (span.parentId === undefined) {
      result.hasRoot = true;
      summary.name = span.name;
      summary.status = span.status ?? 'unset';
      const preview = previewOf(span.input);
      if (preview !== undefined) summary.preview = preview;
    }
  }
  for (const span of open) {
    take(span);
    if (span.parentId === undefined && !result.hasRoot) {
      summary.name = span.name;
      const preview = previewOf(span.input);
      if (preview !== undefined) summary.preview = preview;
    }
  }
  return result;
}
