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
