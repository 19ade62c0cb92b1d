import { addRecordedSpan, buildTraces, SpanTable, type Trace } from '../model/index.js';
import type { StoredTrace } from './archive.js';

/** What a store has of a trace, as a trace; `undefined` where it has nothing. */
export function traceOf(id: string, { spans, damaged }: StoredTrace): Trace | undefined {
  if (spans.length === 0) return undefined;
  const table = new SpanTable();
  for (const span of spans) addRecordedSpan(table, span);
  if (damaged > 0) {
    table.problems.push({ code: 'unreadable-record', message: `${damaged} records of the store could not be read.` });
  }
  return buildTraces(table).find((trace) => trace.id === id);
}
