import { isObject, type JsonObject } from '../payloads/json-value.js';

/** An object of ours: without prototype, since its keys are data. */
type Merged = Record<string, unknown>;

const copyOf = (object: JsonObject): Merged => Object.assign(Object.create(null) as Merged, object);

/**
 * Merges objects into a new one, level by level: where both have an object the two are merged, else the later value
 * stays. Objects may be nested to any depth, so there is no recursion. What was given is never changed, but for objects
 * that are `ours`, made by an earlier merge: they are written to, so that many merges into one cost no copy each.
 */
export function deepMerge(earlier: JsonObject, later: JsonObject, ours: WeakSet<object>): JsonObject {
  const own = (object: JsonObject): Merged => {
    if (ours.has(object)) return object;
    const copy = copyOf(object);
    ours.add(copy);
    return copy;
  };
  const result = own(earlier);
  const waiting: [Merged, JsonObject][] = [[result, later]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [target, source] = next;
    for (const [key, value] of Object.entries(source)) {
      const present = target[key];
      if (isObject(present) && isObject(value)) {
        const merged = own(present);
        target[key] = merged;
        waiting.push([merged, value]);
      } else target[key] = value;
    }
  }
  return result;
}
