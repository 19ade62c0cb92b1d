import type { RecordedSpan } from '../model/index.js';
import { grouped } from '../model/grouped.js';
import type { ScoreRecord } from './schema.js';

/** Spans with the judgements that came after they were written. */
export function withScores(spans: RecordedSpan[], records: readonly ScoreRecord[]): RecordedSpan[] {
  if (records.length === 0) return spans;
  const scores = grouped(records, ({ key }) => key[0]);
  return spans.map((span) => {
    const later = scores.get(span.id);
    return later ? { ...span, scores: [...(span.scores ?? []), ...later.map(({ score }) => score)] } : span;
  });
}
