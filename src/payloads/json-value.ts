/** A JSON object. Its keys are data: read named ones only, and never write to it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Bytes are none, though they are objects of the language: to list their keys would take longer than to read them. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** The first object of a list, or the value itself: what a format is told by. */
export function firstObject(value: unknown): JsonObject | undefined {
  const first = Array.isArray(value) ? (value as unknown[]).find(isObject) : value;
  return isObject(first) ? first : undefined;
}

export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The value under the first of several names that is there. */
export function either(object: JsonObject, ...names: readonly string[]): unknown {
  for (const name of names) if (object[name] !== undefined) return object[name];
  return undefined;
}
