/** Texts and numbers that a value holds, in order, without recursion; at most so many. Keys are not among them. */
export function* leavesOf(value: unknown, most = 2000): Generator<string | number | boolean> {
  const open: unknown[] = [value];
  const seen = new Set<object>();
  let left = most;
  while (open.length > 0 && left > 0) {
    const next = open.pop();
    if (typeof next === 'string' || typeof next === 'number' || typeof next === 'boolean') {
      left--;
      yield next;
    } else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next);
      const inner: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
      for (let at = Math.min(inner.length, left) - 1; at >= 0; at--) open.push(inner[at]);
    }
  }
}

/** Beyond these a value is too large to be compared by a key. */
const MOST_CHARACTERS = 100_000;
const LONGEST_PATH = 1000;

/**
 * A text that is the same for equal values, whatever the order of their keys; `undefined` for one that is too large to be
 * compared so.
 */
export function valueKey(value: unknown, most = 2000): string | undefined {
  const said: string[] = [];
  const open: [path: string, value: unknown][] = [['', value]];
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, inner] = next;
    if (said.length >= most || path.length > LONGEST_PATH) return undefined;
    const isObject = typeof inner === 'object' && inner !== null;
    const entries = isObject ? Object.entries(inner) : [];
    const line = `${path}=${isObject ? (Array.isArray(inner) ? '[]' : '{}') : JSON.stringify(inner)}`;
    said.push(line);
    characters += line.length;
    if (entries.length > most || characters > MOST_CHARACTERS) return undefined;
    for (const [key, item] of entries) open.push([`${path}/${JSON.stringify(key)}`, item]);
  }
  return said.sort().join('\n');
}
