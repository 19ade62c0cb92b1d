import { jsonOrText } from '../payloads/json-text.js';

/** Text that is itself the JSON text of a text. */
const QUOTED = /^\s*".*"\s*$/s;

/** JSON text of JSON text of an object or a list. */
const QUOTED_JSON = /^\s*"\s*[[{]/;

/** The text that JSON text of a text holds; anything else as it is. */
export function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !QUOTED.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/**
 * The object or list that JSON text holds, also where it was written as JSON twice. Any other text stays as it is, with
 * its quotes if it has some: a model may have written them.
 */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = QUOTED_JSON.test(value) ? unquoted(value) : value;
  const held = jsonOrText(text);
  return held === text ? value : held;
}
