/** Shorter lists of numbers are read as they are. */
const SHORTEST = 16;
/** Values that are looked at, and vectors that are found, at the most. */
const MOST_LOOKED_AT = 20_000;
const MOST_FOUND = 2000;

/** Whether a value is a vector as embeddings are: a long list of numbers. Only its beginning and its end are looked at. */
export function isVector(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length < SHORTEST) return false;
  const isNumber = (item: unknown): boolean => typeof item === 'number';
  return value.slice(0, SHORTEST).every(isNumber) && value.slice(-SHORTEST).every(isNumber);
}

/** The vectors in a value, in their order, however deep they are: in what embedding models answer, one for each text. */
export function vectorsIn(value: unknown): (readonly number[])[] {
  const found: (readonly number[])[] = [];
  const waiting: unknown[] = [value];
  for (let looked = 0; waiting.length && looked < MOST_LOOKED_AT && found.length < MOST_FOUND; looked++) {
    const item = waiting.pop();
    if (isVector(item)) found.push(item);
    else if (typeof item === 'object' && item !== null) {
      const inside: readonly unknown[] = item instanceof Map ? [...item.values()] : Object.values(item);
      for (let at = Math.min(inside.length, MOST_LOOKED_AT) - 1; at >= 0; at--) waiting.push(inside[at]);
    }
  }
  return found;
}
