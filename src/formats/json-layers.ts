import { jsonOrText, unquoted } from '../payloads/json-text.js';

/** JSON text of JSON text of an object or a list. */
const QUOTED_JSON = /^\s*"\s*[[{]/;

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
