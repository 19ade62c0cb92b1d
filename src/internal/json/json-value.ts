import { beginning } from '../text.js';

/** What a JSON value is to somebody who reads it. */
export type JsonKind = 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null' | 'bytes';

/** Longer strings are cut in a row; they open into their lines. */
export const ROW_TEXT = 200;
/** Shorter ones are read whole, whatever they consist of. */
const SHORTEST_BASE64 = 256;
/** Characters that are looked at to tell base64. */
const BASE64_SAMPLE = 2048;
const PREVIEW_ITEMS = 5;
const PREVIEW_TEXT = 24;

export function kindOf(value: unknown): JsonKind {
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value === null) return 'null';
      return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? 'bytes' : 'object';
    default:
      return 'null';
  }
}

export function isContainer(value: unknown): value is object {
  const kind = kindOf(value);
  return kind === 'object' || kind === 'list';
}

/** Keys are asked for at each row that is rendered; listing those of a large object takes milliseconds. */
const knownKeys = new WeakMap<object, readonly string[]>();

/** Keys of an object or a `Map`, in their order; `undefined` for a list. */
export function keysOf(container: object): readonly string[] | undefined {
  if (Array.isArray(container)) return undefined;
  let keys = knownKeys.get(container);
  if (!keys) {
    keys = container instanceof Map ? [...container.keys()].map(String) : Object.keys(container);
    knownKeys.set(container, keys);
  }
  return keys;
}

/** How many values an object or a list holds. */
export const sizeOf = (container: object): number =>
  keysOf(container)?.length ?? (container as readonly unknown[]).length;

export function childOf(container: object, key: string | number): unknown {
  return container instanceof Map ? container.get(key) : (container as Readonly<Record<string | number, unknown>>)[key];
}

/** Whether a string is data and not for reading. Its characters never come into the page: they say nothing. */
export function isBase64(value: string): boolean {
  if (/^data:[\w.+/-]{0,100}(?:;[\w=.-]{0,100}){0,5};base64,/.test(value)) return true;
  if (value.length < SHORTEST_BASE64) return false;
  const sample = value.slice(0, BASE64_SAMPLE);
  // A long word in one case and without digits is a word.
  return /^[\w+/-]+={0,2}$/.test(sample) && /[0-9]/.test(sample) && /[a-z]/.test(sample) && /[A-Z]/.test(sample);
}

/** Bytes that a base64 text stands for: four characters are three. */
export function base64Bytes(value: string): number {
  const start = value.startsWith('data:') ? value.indexOf(',') + 1 : 0;
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor(((value.length - start) * 3) / 4) - padding);
}

/** Whether a string looks like the text of an object or a list. Whether it is one, only parsing tells. */
export function looksLikeJson(value: string): boolean {
  const first = /[^\s]/.exec(value)?.[0];
  if (first !== '{' && first !== '[') return false;
  const last = /[^\s]\s{0,100}$/.exec(value.slice(-101))?.[0][0];
  return last === (first === '{' ? '}' : ']');
}

/** The object or list that a string is the text of. */
export function parsedContainer(value: string): object | undefined {
  if (!looksLikeJson(value)) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A plain value as it stands in a row: a string in quotes, on one line, its beginning only. */
export function scalarText(value: unknown, limit = ROW_TEXT): string {
  if (typeof value === 'string') {
    const quoted = JSON.stringify(beginning(value, limit));
    return value.length > limit ? `${quoted.slice(0, -1)}…"` : quoted;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return 'null';
}

/** What a closed object or list begins with: `{ city: "Oslo", days: 3 }`. */
export function previewText(container: object): string {
  const isList = Array.isArray(container);
  const pieces: string[] = [];
  let count = 0;
  for (const key of isList ? container.keys() : keysOf(container)!) {
    if (++count > PREVIEW_ITEMS) break;
    const item = childOf(container, key);
    const text =
      typeof item === 'object' && item !== null
        ? Array.isArray(item)
          ? item.length
            ? '[…]'
            : '[]'
          : '{…}'
        : scalarText(item, PREVIEW_TEXT);
    pieces.push(isList ? text : `${beginning(String(key), PREVIEW_TEXT)}: ${text}`);
  }
  if (!pieces.length) return isList ? '[]' : '{}';
  if (count > PREVIEW_ITEMS) pieces.push('…');
  return isList ? `[${pieces.join(', ')}]` : `{ ${pieces.join(', ')} }`;
}
