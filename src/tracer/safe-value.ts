import { quietly } from './quietly.js';
import type { Masker, MaskHook } from './masking.js';

/** Limits of one recorded value. Beyond them the value is cut, and says so. */
const MOST_VALUES = 50_000;
const MOST_DEPTH = 64;
/** Characters of one text, and of all texts of a value. */
const LONGEST_TEXT = 1_000_000;
const MOST_CHARACTERS = 8_000_000;

/**
 * A masked JSON copy of any value that an application may hand over, taken at once: what the application does to the value
 * afterwards is not recorded. Cycles, functions, bytes, DOM nodes and the like become a text that says what was there, and
 * so does a value that throws when it is read. Never throws itself.
 *
 * @param field where the value stands
 * @param hook the page's own rule, which gets a copy: it sees no secret, and cannot change what is the application's
 */
export function safeValue(value: unknown, field: string, masker: Masker, hook?: MaskHook): unknown {
  if (isShort(value) && !hook) return masker.text(value);
  const source = hook ? safeValue(value, field, masker) : value;
  let values = MOST_VALUES;
  let characters = MOST_CHARACTERS;
  let hasOddNames = false as boolean;
  /** What holds the part that is looked at, from the outside in. */
  const above: object[] = [];
  const paths = new Map<object, string>();

  // The engine's own JSON goes through the value, and asks about each part of it.
  function copied(this: object, key: string, given: unknown): unknown {
    while (above.length && above.at(-1) !== this) above.pop();
    const path = (paths.get(this) ?? '') + key;
    let part = readable(given);
    if (hook && path) part = readable(hook(part, path));
    if (!Array.isArray(this) && !masker.isPlainName(key)) {
      hasOddNames = true;
      part = masker.named(key, part);
    }
    if (values-- <= 0) return values === -1 ? '[cut: too many values]' : undefined;
    if (typeof part === 'string') {
      const most = Math.min(LONGEST_TEXT, characters);
      const text = masker.text(part.slice(0, most));
      characters -= text.length;
      return part.length > most ? `${text}… [cut: ${part.length} characters]` : text;
    }
    if (!isObject(part)) return part;
    if (above.includes(part)) return '[cycle]';
    if (above.length > MOST_DEPTH) return '[cut: too deep]';
    if (Array.isArray(part)) {
      // JSON goes through all of a list, also where there is nothing in it.
      if (part.length > values) part = part.slice(0, values + 1);
      const whole = acrossPieces(part as unknown[], masker);
      if (whole !== undefined) return whole;
    }
    above.push(part as object);
    paths.set(part as object, path && `${path}.`);
    return part;
  }

  /** Objects in whose names secrets stood. The names are numbered: two may be the same now. */
  const renamed = (_key: string, part: unknown): unknown =>
    isObject(part) && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).map(([name, item], at) => {
            const text = masker.text(name);
            return [text === name ? name : `${text} ${at}`, item as unknown];
          }),
        )
      : part;

  try {
    const json = JSON.stringify({ [field]: source }, copied);
    return (JSON.parse(json, hasOddNames ? renamed : undefined) as Record<string, unknown>)[field] ?? null;
  } catch (error) {
    const reason = quietly(() => String(error));
    return masker.text(`[unreadable: ${reason}]`);
  }
}

/** The text that a list is the pieces of, where a secret stands across them. */
function acrossPieces(list: readonly unknown[], masker: Masker): string | undefined {
  let text = '';
  for (const piece of list) {
    if (typeof piece !== 'string' || text.length + piece.length > LONGEST_TEXT) return undefined;
    text += piece;
  }
  const whole = masker.text(text);
  return whole === text || whole === list.map((piece) => masker.text(piece as string)).join('') ? undefined : whole;
}

/** A text that need not be cut. */
export const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What JSON has for a value, or a word for what it has nothing for. */
function readable(value: unknown): unknown {
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (!isObject(value)) return value;
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  if (value instanceof Map)
    return Object.fromEntries(Array.from(value, ([key, item]) => [String(key), item as unknown]));
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Blob) return `[${value.type || 'data'}, ${value.size} bytes]`;
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object String]') return String.prototype.valueOf.call(value);
  // What frameworks hang on nodes leads anywhere; what shows nothing says at least what it is.
  const isShown = /(?:Object|Array)]$/.test(tag) || Object.keys(value).length > 0;
  return isShown && !(value instanceof EventTarget) ? value : tag;
}
