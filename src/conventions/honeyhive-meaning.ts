import type { Payload, SpanMeaning, SpanRecord } from '../model/index.js';
import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { hasPrefix, parametersOf, payloadOf, stated, type Attributes } from './attribute-values.js';
import { unflatten } from './flattened.js';

export function honeyHiveSpansMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'honeyhive_')) return {};
  const config = jsonOrText(attributes.get('honeyhive_config'));
  return stated<SpanMeaning>({
    input: sideOf(attributes, 'honeyhive_inputs', '_params_'),
    output: sideOf(attributes, 'honeyhive_outputs', 'result'),
    parameters: isRecord(config)
      ? new Map(Object.entries(config))
      : parametersOf(attributes, new Map(), 'honeyhive_config.'),
  });
}

/** One side: its JSON text, or its flattened fields; what a function was given, or gave, stands below one key of it. */
function sideOf(attributes: Attributes, key: string, below: string): Payload | undefined {
  const whole = payloadOf(attributes, key, `${key}.${below}`);
  if (whole !== undefined) return isRecord(whole) ? (whole[below] ?? whole) : whole;
  const branch = unflatten(attributes, key);
  const fields = (branch.at(below) ?? branch).children;
  if (fields.size === 0) return undefined;
  return Object.fromEntries(
    [...fields].flatMap(([name, field]) => (field.value === undefined ? [] : [[name, jsonOrText(field.value)]])),
  );
}
