import { isObject } from '../payloads/json-value.js';

/**
 * Attributes whose dotted keys were made into nested objects and lists, under their dotted keys again. Nesting may go to
 * any depth, so there is no recursion. A list of plain values is a value; keys keep their order.
 */
export function flatAttributes(nested: unknown): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  if (!isObject(nested)) return flat;
  const waiting: [string, unknown][] = Object.entries(nested).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [key, value] = next;
    const isBranch = isObject(value) || (Array.isArray(value) && value.some(isObject));
    // So deep is no attribute; and each level makes a longer key.
    if (!isBranch || key.length > 500) flat.set(key, value);
    else for (const [inner, item] of Object.entries(value).reverse()) waiting.push([`${key}.${inner}`, item]);
  }
  return flat;
}
