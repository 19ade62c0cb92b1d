import type { Score, SpanReader } from '../../model/index.js';
import { either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { fieldsOf, recordOf } from '../row.js';
import { normalisedId } from '../span-ids.js';
import { opikMeaning, opikScores } from './opik-meaning.js';

/** The scores that a span or a trace states itself. */
export const scoresOfRow = (row: JsonObject): Score[] => [
  ...opikScores(either(row, 'feedback_scores', 'feedbackScores')),
  ...opikScores(either(row, 'guardrails_validations', 'guardrailsValidations')),
];

/** Shown as messages and payloads. */
const SHOWN: ReadonlySet<string> = new Set(['input', 'output']);

/** Reads spans and traces of Opik; `scores` are those that were sent apart, `gathered` the traces that are spans. */
export function opikReader(
  traces: ReadonlyMap<string, JsonObject>,
  scores: ReadonlyMap<string, readonly Score[]>,
  gathered: ReadonlySet<string>,
): SpanReader {
  // The scores of a trace that is a span are shown with the trace.
  const scoresOf = (row: JsonObject): Score[] => {
    const id = normalisedId(row['id']);
    return gathered.has(id) ? [] : [...scoresOfRow(row), ...(scores.get(id) ?? [])];
  };
  return {
    format: 'opik',
    record(raw) {
      const row = isObject(raw) ? raw : {};
      const attributes = fieldsOf(row, SHOWN);
      const traceId = normalisedId(either(row, 'trace_id', 'traceId'));
      const isRoot = normalisedId(either(row, 'parent_span_id', 'parentSpanId')) === '';
      const trace = isRoot && !gathered.has(traceId) ? traces.get(traceId) : undefined;
      if (trace) for (const [key, value] of fieldsOf(trace)) attributes.set(`trace.${key}`, value);
      return recordOf(attributes);
    },
    meaning: (_record, raw) => (isObject(raw) ? opikMeaning(raw, scoresOf(raw)) : {}),
  };
}
