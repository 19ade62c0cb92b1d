import { buildTraces, compactTable, recordOf, type Score, type SpanReader, type Trace } from '../../model/index.js';
import type { SpanScore } from './evaluate.js';

/**
 * The trace with more scores on its spans: they are shown and exported like those that it came with. Scores of other traces,
 * and of spans that are not in it, are left out. A trace does not change: this is another one, of the same records.
 */
export function withScores(trace: Trace, scores: Iterable<SpanScore>): Trace {
  const added = new Map<string, Score[]>();
  for (const { traceId, spanId, score } of scores) {
    if (traceId !== trace.id) continue;
    const known = added.get(spanId);
    if (known) known.push(score);
    else added.set(spanId, [score]);
  }
  if (added.size === 0) return trace;
  const table = compactTable(trace.table, [trace]);
  // The rows of the compact table are those of the trace, in the same order.
  const places = new Map([...trace.rows].map((row, place) => [row, place]));
  for (const [spanId, more] of added) {
    const span = trace.span(spanId);
    if (!span) continue;
    const place = places.get(trace.rowAt(span.index))!;
    const record = recordOf(span);
    if (record) table.raws[place] = { ...record, scores: [...(record.scores ?? []), ...more] };
    else table.readers.set(place, scoredReader(table.readers.at(place)!, more));
  }
  return buildTraces(table)[0]!;
}

const scoredReader = (reader: SpanReader, more: readonly Score[]): SpanReader => ({
  format: reader.format,
  record: (raw) => reader.record(raw),
  meaning: (record, raw) => {
    const meaning = reader.meaning(record, raw);
    return { ...meaning, scores: [...(meaning.scores ?? []), ...more] };
  },
});
