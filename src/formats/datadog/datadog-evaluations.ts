import type { Score, SpanTable } from '../../model/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { normalisedId } from '../span-ids.js';

/** Whether a value is an evaluation of Datadog's (docs.datadoghq.com/llm_observability/setup/api, Evaluations API). */
export const isMetric = (value: JsonObject | undefined): boolean =>
  value !== undefined &&
  typeof value['metric_type'] === 'string' &&
  typeof value['label'] === 'string' &&
  (value['join_on'] !== undefined || value['span_id'] !== undefined);

/** What joins an evaluation to its span. */
export const scoreKey = (traceId: unknown, spanId: unknown): string =>
  `${normalisedId(traceId)}/${normalisedId(spanId)}`;

/** Notes an evaluation under the key of its span. */
export function addScore(scores: Map<string, Score[]>, metric: JsonObject): void {
  const join = isObject(metric['join_on']) ? metric['join_on'] : {};
  const span = isObject(join['span']) ? join['span'] : metric;
  const value = either(metric, 'score_value', 'categorical_value', 'boolean_value', 'json_value');
  const explanation = firstText(metric, 'reasoning');
  const assessment = firstText(metric, 'assessment');
  const score: Score = {
    name: asText(metric['label']),
    ...((typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') && { value }),
    ...(isObject(value) && { value: textOrJson(value) }),
    ...(assessment !== undefined && { label: assessment }),
    ...(explanation !== undefined && { explanation }),
  };
  const key = scoreKey(span['trace_id'], span['span_id']);
  const others = scores.get(key);
  if (others) others.push(score);
  else scores.set(key, [score]);
}

/** An evaluation of a span that is not here is said of its trace, if that is here; else it is reported. */
export function reportHomeless(scores: ReadonlyMap<string, readonly Score[]>, table: SpanTable): void {
  if (scores.size === 0) return;
  const spans = new Set(table.ids.map((id, row) => `${table.traceIds[row]}/${id}`));
  const traces = new Set(table.traceIds);
  for (const [key, list] of scores) {
    if (spans.has(key)) continue;
    const traceId = key.slice(0, key.indexOf('/'));
    if (traces.has(traceId)) for (const score of list) table.facts(traceId).scores.push(score);
    else {
      const message = `${list.length} evaluations are of a trace that is not here and were left out.`;
      table.problems.push({ code: 'unreadable-record', message });
    }
  }
}
