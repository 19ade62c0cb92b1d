import { stated } from '../../conventions/attribute-values.js';
import type { Score } from '../../model/index.js';
import { firstText } from '../../payloads/json-record.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import type { JoinedScores } from '../joined-scores.js';
import { isIngestionEvent } from './langfuse-batch.js';

const SOURCES: ReadonlyMap<unknown, string> = new Map([
  ['ANNOTATION', 'human'],
  ['EVAL', 'llm'],
]);

/** Whether a value is a score rather than an observation or a trace. */
export const isScore = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  (either(value, 'dataType', 'data_type') !== undefined || ('value' in value && !('type' in value))) &&
  ('value' in value || 'stringValue' in value || 'string_value' in value);

/**
 * A score of Langfuse (fern/apis/server/definition/commons.yml). Categories and corrections are texts; a boolean is
 * written as 0 or 1 and, beside it, as a word.
 */
export function langfuseScore(row: JsonObject): Score {
  const type = either(row, 'dataType', 'data_type');
  const text = firstText(row, 'stringValue', 'string_value');
  const given = row['value'];
  const number = typeof given === 'number' ? given : undefined;
  const value =
    type === 'BOOLEAN' && number !== undefined
      ? number === 1
      : type === 'NUMERIC' || type === undefined || type === null
        ? (number ?? text)
        : (text ?? number);
  return {
    name: asText(row['name']),
    ...stated<Omit<Score, 'name'>>({
      value: value ?? (typeof given === 'string' || typeof given === 'boolean' ? given : undefined),
      label: text !== undefined && text !== value ? text : undefined,
      explanation: firstText(row, 'comment'),
      source: SOURCES.get(row['source']) ?? firstText(row, 'source'),
    }),
  };
}

/** Notes a score for what it judges; one without an observation is the trace's. */
export const addScore = (
  scores: JoinedScores,
  row: JsonObject,
  traceId: unknown = either(row, 'traceId', 'trace_id'),
): void => scores.add(traceId, either(row, 'observationId', 'observation_id'), langfuseScore(row));

/** Notes the scores of an ingestion batch; returns how many of its events are none. A later one with an id stands for it. */
export function addBatchedScores(batch: JsonObject, scores: JoinedScores): number {
  const byId = new Map<unknown, JsonObject>();
  let others = 0;
  for (const event of asArray(batch['batch'])) {
    const body = isObject(event) && isIngestionEvent(event) ? event['body'] : undefined;
    if (isObject(body) && isScore(body)) byId.set(body['id'] ?? body, body);
    // The SDK's own log is sent along, and is no part of a trace.
    else if (!isObject(event) || event['type'] !== 'sdk-log') others++;
  }
  for (const body of byId.values()) addScore(scores, body);
  return others;
}
