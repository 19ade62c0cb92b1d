import { stated } from '../../conventions/attribute-values.js';
import { mlflowValue } from '../../conventions/mlflow.js';
import type { Score } from '../../model/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';

const SOURCES: ReadonlyMap<unknown, string> = new Map([
  ['HUMAN', 'human'],
  ['LLM_JUDGE', 'llm'],
  ['AI_JUDGE', 'llm'],
  ['CODE', 'code'],
]);

/** An assessment: what a judge said (`feedback`), or what a person expected (`expectation`). */
export function assessmentScore(item: JsonObject): Score {
  const feedback = isObject(item['feedback']) ? item['feedback'] : undefined;
  const expectation = isObject(item['expectation']) ? item['expectation'] : {};
  const error = feedback?.['error'];
  const serialized = isObject(expectation['serialized_value']) ? expectation['serialized_value']['value'] : undefined;
  const value = feedback ? feedback['value'] : (expectation['value'] ?? mlflowValue(serialized));
  const source = isObject(item['source']) ? item['source'] : {};
  const failure = isObject(error) ? firstText(error, 'error_message', 'error_code') : undefined;
  return {
    name: firstText(item, 'assessment_name', 'name') ?? 'assessment',
    ...stated<Omit<Score, 'name'>>({
      value: scalar(value),
      // An assessment that was replaced by a later one stays in the list.
      label: failure !== undefined ? 'error' : item['valid'] === false ? 'replaced' : undefined,
      explanation: firstText(item, 'rationale') ?? failure,
      source: SOURCES.get(source['source_type']) ?? firstText(source, 'source_type'),
    }),
  };
}

function scalar(value: unknown): Score['value'] {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? value : textOrJson(value);
}
