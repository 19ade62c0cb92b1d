import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan, type Trace } from '../model/index.js';

/** For tests: the trace of recorded spans, of which only what matters is given. Times are milliseconds from the first moment. */
export function recordedTrace(...spans: readonly (Partial<RecordedSpan> & { id: string })[]): Trace {
  const traces = recordedTraces(...spans);
  if (traces.length !== 1) throw new Error(`The spans make ${traces.length} traces.`);
  return traces[0]!;
}

export function recordedTraces(...spans: readonly (Partial<RecordedSpan> & { id: string })[]): Trace[] {
  const table = new SpanTable();
  for (const span of spans) {
    const { start = 0, end } = span;
    addRecordedSpan(table, {
      traceId: 'a'.repeat(32),
      name: span.id,
      kind: 'llm',
      ...span,
      start: FIRST_MOMENT + start,
      ...(end !== undefined && { end: FIRST_MOMENT + end }),
    });
  }
  return buildTraces(table);
}

const FIRST_MOMENT = Date.UTC(2026, 0, 1, 12);

/** A call of a model that answered a question. */
export const answered = (
  id: string,
  answer: string,
  question = 'Where is my parcel?',
  more: Partial<RecordedSpan> = {},
): RecordedSpan & { id: string } => ({
  traceId: 'a'.repeat(32),
  id,
  name: 'chat',
  kind: 'llm',
  start: 0,
  end: 100,
  messages: [
    { role: 'user', origin: 'input', parts: [{ type: 'text', text: question }] },
    { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: answer }] },
  ],
  ...more,
});
