import type { Score } from '../../model/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import type { JoinedScores } from '../joined-scores.js';
import { tagged } from './datadog-tags.js';

/** Whether a value is an evaluation of Datadog's (docs.datadoghq.com/llm_observability/setup/api, Evaluations API). */
export const isMetric = (value: JsonObject | undefined): boolean =>
  value !== undefined &&
  typeof value['metric_type'] === 'string' &&
  typeof value['label'] === 'string' &&
  (value['join_on'] !== undefined || value['span_id'] !== undefined);

/** Notes an evaluation for its span. */
export function addScore(scores: JoinedScores, metric: JsonObject): void {
  const join = isObject(metric['join_on']) ? metric['join_on'] : {};
  const span = isObject(join['span']) ? join['span'] : metric;
  const value = either(metric, 'score_value', 'categorical_value', 'boolean_value', 'json_value');
  const explanation = firstText(metric, 'reasoning');
  const assessment = firstText(metric, 'assessment');
  const source = tagged(metric['tags'], 'source');
  const score: Score = {
    name: asText(metric['label']),
    ...((typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') && { value }),
    ...(isObject(value) && { value: textOrJson(value) }),
    ...(assessment !== undefined && { label: assessment }),
    ...(explanation !== undefined && { explanation }),
    ...(source !== undefined && { source }),
  };
  scores.add(span['trace_id'], span['span_id'], score);
}
