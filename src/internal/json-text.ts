/** The beginning of a value's JSON text, indented for people. */
export interface JsonText {
  text: string;
  /** Whether the text is the whole value. */
  isWhole: boolean;
}

interface Open {
  /** Keys of an object; `undefined` for a list. */
  keys: readonly string[] | undefined;
  value: Readonly<Record<string, unknown>> | readonly unknown[];
  next: number;
  count: number;
}

/** What fits on one line is written on one. */
const INLINE_ITEMS = 6;
const INLINE_LENGTH = 64;

/** Deeper levels are not moved further in: nobody could read them. */
const MOST_INDENT = 40;

/** What may be shown of a plain value that is called `name`. */
export type ReadableValue = (text: string, name: string) => string;

/**
 * JSON text of a value, up to about `limit` characters. `JSON.stringify` would write out 50 MB to show a screenful, and
 * overflows the stack of some engines on deep values.
 *
 * @param readable masks plain values by what they are called
 */
export function jsonText(value: unknown, limit: number, readable?: ReadableValue): JsonText {
  const pieces: string[] = [];
  let length = 0;
  const write = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const open: Open[] = [];
  const begin = (item: unknown, name: string): void => {
    if (typeof item !== 'object' || item === null) {
      write(scalar(item, limit, name, readable));
      return;
    }
    if (item instanceof Map) {
      begin(Object.fromEntries(item), name);
      return;
    }
    const isList = Array.isArray(item);
    const keys = isList ? undefined : Object.keys(item);
    const count = keys ? keys.length : (item as readonly unknown[]).length;
    const line = count <= INLINE_ITEMS ? inline(item, readable) : undefined;
    if (line !== undefined) write(line);
    else {
      write(isList ? '[' : '{');
      open.push({ keys, value: item as Open['value'], next: 0, count });
    }
  };
  begin(value, '');
  while (open.length && length < limit) {
    const at = open[open.length - 1]!;
    if (at.next === at.count) {
      open.pop();
      write(`\n${indent(open.length)}${at.keys ? '}' : ']'}`);
      continue;
    }
    write(`${at.next ? ',' : ''}\n${indent(open.length)}`);
    const key = at.keys ? at.keys[at.next]! : at.next;
    if (at.keys) write(`${JSON.stringify(key)}: `);
    at.next++;
    begin((at.value as Readonly<Record<string | number, unknown>>)[key], at.keys ? String(key) : '');
  }
  const text = pieces.join('');
  return open.length || text.length > limit ? { text: cut(text, limit), isWhole: false } : { text, isWhole: true };
}

/** A small object or list of plain values on one line; `undefined` for a larger one. */
function inline(container: object, readable: ReadableValue | undefined): string | undefined {
  const isList = Array.isArray(container);
  const pieces: string[] = [];
  let length = 0;
  for (const [key, item] of Object.entries(container)) {
    if (typeof item === 'object' && item !== null && !isEmpty(item as object)) return undefined;
    if (typeof item === 'string' && item.length > INLINE_LENGTH) return undefined;
    const value =
      typeof item === 'object' && item !== null
        ? Array.isArray(item)
          ? '[]'
          : '{}'
        : scalar(item, INLINE_LENGTH, isList ? '' : key, readable);
    const piece = isList ? value : `${JSON.stringify(key)}: ${value}`;
    length += piece.length + 2;
    if (length > INLINE_LENGTH) return undefined;
    pieces.push(piece);
  }
  if (pieces.length === 0) return isList ? '[]' : '{}';
  return isList ? `[${pieces.join(', ')}]` : `{ ${pieces.join(', ')} }`;
}

const isEmpty = (container: object): boolean =>
  container instanceof Map ? container.size === 0 : Object.keys(container).length === 0;

/** The beginning of a text, without half of a character at its end. */
const cut = (text: string, limit: number): string => text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');

const indent = (level: number): string => '  '.repeat(Math.min(level, MOST_INDENT));

function scalar(value: unknown, limit: number, name: string, readable: ReadableValue | undefined): string {
  if (typeof value === 'string') {
    // One character more than is wanted tells that the text goes on.
    const beginning = value.length > limit ? value.slice(0, limit + 1) : value;
    return JSON.stringify(readable ? readable(beginning, name) : beginning);
  }
  if (readable && typeof value === 'number') {
    const shown = readable(String(value), name);
    return shown === String(value) ? shown : JSON.stringify(shown);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // JSON has no such values; they come from pages that give objects of their own.
  return typeof value === 'bigint' ? `"${value}"` : 'null';
}
