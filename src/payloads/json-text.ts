/** What JSON text of an object or a list holds; any other value, and text that is not JSON, as it is. */
export function jsonOrText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const first = value.trimStart()[0];
  if (first !== '{' && first !== '[') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Text that is itself the JSON text of a text. */
const QUOTED = /^\s*".*"\s*$/s;

/** The text that JSON text of a text holds; anything else as it is. */
export function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !QUOTED.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
