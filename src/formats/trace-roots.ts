import type { SpanTable } from '../model/index.js';

/** What the spans of a trace span in time, on the table's clock. */
export interface Extent {
  start: number;
  end: number;
}

interface Roots extends Extent {
  count: number;
}

/**
 * Opik and Langfuse keep a trace as a record of its own above its spans, with a name, times, input and output, and show it as
 * the first row of the tree; several spans may have no parent. Puts the roots of each such trace below a span with the
 * trace's id, and gives those traces: the caller has to add that span. It is no span of the application, but a record of
 * the source that nothing else could show: what went into the trace as a whole went into none of the roots. A trace
 * with one root stays as it is, since the root says what the trace's record says.
 */
export function gatherRoots(table: SpanTable, hasRecord: (traceId: string) => boolean): ReadonlyMap<string, Extent> {
  const traces = new Map<string, Roots>();
  for (let row = 0; row < table.length; row++) {
    const traceId = table.traceIds.at(row)!;
    let known = traces.get(traceId);
    if (!known) traces.set(traceId, (known = { count: 0, start: NaN, end: NaN }));
    if (table.parentIds.at(row) === '') known.count++;
    // Not `Math.min`: a time that is not known is no bound.
    if (!(known.start <= table.starts[row]!)) known.start = table.starts[row]!;
    if (!(known.end >= table.ends[row]!)) known.end = table.ends[row]!;
  }
  const ids = new Set(table.ids);
  for (const [traceId, { count }] of traces) {
    if (count < 2 || !hasRecord(traceId) || ids.has(traceId)) traces.delete(traceId);
  }
  for (let row = 0; row < table.length; row++) {
    if (table.parentIds.at(row) === '' && traces.has(table.traceIds.at(row)!))
      table.setParentId(row, table.traceIds.at(row)!);
  }
  return traces;
}
