import { SpanTable } from './span-table.js';
import type { Trace } from './trace.js';

/**
 * A new table with only the rows that traces of a table use, and what is said of those traces: without repetitions, and
 * without records of running spans that have ended since. Traces that are built of it have the same spans and ids.
 */
export function compactTable(table: SpanTable, traces: Iterable<Trace>): SpanTable {
  const rows = new Set<number>();
  for (const trace of traces) for (const row of trace.rows) rows.add(row);
  const compact = new SpanTable();
  compact.append(table, rows);
  return compact;
}
