import { unwrapped } from '../json-layers.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';

/** Attributes that are a value of their own when they are an object, by the last steps of their keys. */
const VALUES =
  /(^|\.)(metadata|variables|invocation_parameters|json_schema|vector|arguments|value|(tool|document)\.(parameters|metadata))$/;

/** So deep is no attribute; and each level makes a longer key. */
const LONGEST_KEY = 300;

/**
 * The attributes of a row under OpenInference's dotted keys. Phoenix gives them flat (`llm.model_name`), as nested objects
 * (`{llm: {model_name}}`), as columns of a dataframe (`attributes.llm.model_name`, whose lists hold dotted keys again), or,
 * over GraphQL, as JSON text of nested objects. Nesting may go to any depth, so there is no recursion. Without `lists`
 * only what the outline may need: no message and no document.
 */
export function phoenixAttributes(row: JsonObject, lists = true): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  const waiting: [string, unknown][] = [];
  const put = (entries: readonly [string, unknown][], prefix: string): void => {
    // From the last, so that the first is the next, and keys keep their order.
    for (let at = entries.length - 1; at >= 0; at--) waiting.push([prefix + entries[at]![0], entries[at]![1]]);
  };
  const whole = unwrapped(row['attributes']);
  if (isObject(whole)) put(Object.entries(whole), '');
  for (const [column, value] of Object.entries(row)) {
    if (column.startsWith('attributes.')) waiting.push([column.slice('attributes.'.length), value]);
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [key, value] = next;
    const isList = Array.isArray(value);
    const isBranch = isObject(value) || (isList && value.some(isObject));
    if (!isBranch || key.length > LONGEST_KEY || VALUES.test(key)) {
      // Columns are as wide as their widest row: empty ones are nothing that was said.
      if (value !== null && value !== undefined) flat.set(key, value);
    } else if (lists || !isList) put(Object.entries(value), `${key}.`);
  }
  return flat;
}
