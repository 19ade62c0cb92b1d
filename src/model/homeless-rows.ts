import type { SpanTable } from './span-table.js';

/**
 * For rows without a trace id, the trace that their next relative is in: up the line of parents, or of children that
 * name them. Empty for rows that are related to no span of a trace.
 */
export function tracesOfHomeless(table: SpanTable, homeless: readonly number[]): ReadonlyMap<number, string> {
  const rowOfId = new Map<string, number>();
  for (const row of homeless) if (table.ids.at(row) !== '') rowOfId.set(table.ids.at(row), row);
  const found = new Map<number, string>();
  /** Gives a trace to a homeless span and to its homeless ancestors, up to one that has got one. */
  const claim = (spanId: string, traceId: string): void => {
    for (
      let row = rowOfId.get(spanId);
      row !== undefined && !found.has(row);
      row = rowOfId.get(table.parentIds.at(row))
    ) {
      found.set(row, traceId);
    }
  };
  const traceOfId = new Map<string, string>();
  for (let row = 0; row < table.length; row++) {
    const traceId = table.traceIds.at(row)!;
    const id = table.ids.at(row);
    if (traceId !== '' && id !== '' && !traceOfId.has(id)) traceOfId.set(id, traceId);
  }
  // Parents speak before children.
  for (const row of homeless) {
    const traceId = traceOfId.get(table.parentIds.at(row));
    if (traceId !== undefined) found.set(row, traceId);
  }
  for (let row = 0; row < table.length; row++) {
    if (table.traceIds.at(row) !== '') claim(table.parentIds.at(row), table.traceIds.at(row)!);
  }
  for (const row of homeless) {
    const line = new Set<number>();
    let at: number | undefined = row;
    for (; at !== undefined && !found.has(at) && !line.has(at); at = rowOfId.get(table.parentIds.at(at))) line.add(at);
    const traceId = (at === undefined ? undefined : found.get(at)) ?? '';
    for (const member of line) found.set(member, traceId);
  }
  return found;
}
