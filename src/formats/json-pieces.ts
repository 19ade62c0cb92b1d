import { endOfString, quoteLongIntegers } from './long-integers.js';
import { mayHoldLong } from './may-hold-long.js';

/** The largest object or list that is parsed at once: a few milliseconds. */
const PIECE = 1 << 18;
/** Elements are taken together up to this part of a piece: to copy longer texts takes its time. */
const GROUP = 1 / 4;
/** Containers that are opened by hand. Each costs a look at a piece; the engine takes deeper ones better as a whole. */
const MOST_OPEN = 32;
/** How often a guess at where an element begins may be wrong before the text is looked through. */
const MOST_GUESSES = 3;

/** A container that is too large to be parsed at once. */
type Open =
  | { list: unknown[]; /** How its first element begins. */ beginning: string | undefined }
  | { list?: undefined; object: Record<string, unknown>; key: string };

/**
 * The value of a long JSON text, as `JSON.parse` gives it, with integers that a double cannot hold as text. The engine
 * parses pieces of it, each of whole values; only what is around them is read by hand. Yields how far it is after each.
 *
 * @param size how much is parsed at once
 * @throws {SyntaxError} where the text is not JSON, or too deep to be taken apart
 */
export function* parsePieces(text: string, size = PIECE): Generator<number, unknown> {
  const open: Open[] = [];
  let at = afterSpace(text, 0);
  for (;;) {
    // At the beginning of a value.
    const end = endOfValue(text, at, size);
    let value: unknown;
    if (end >= 0) {
      value = valueBetween(text, at, end);
      at = end;
    } else {
      if (open.length === MOST_OPEN) throw new SyntaxError('Too deep.');
      const isList = text[at] === '[';
      at = afterSpace(text, at + 1);
      if (isList) {
        const list: unknown[] = [];
        open.push({ list, beginning: undefined });
        at = yield* elements(text, at, open.at(-1)!, size);
      } else {
        const object = {};
        const key = keyAt(text, at);
        open.push({ object, key: key.name });
        at = key.end;
      }
      continue;
    }
    // Behind a value: it goes where it belongs, and closes what ends here.
    for (;;) {
      const around = open.at(-1);
      at = afterSpace(text, at);
      if (!around) {
        if (at < text.length) throw new SyntaxError('More follows.');
        return value;
      }
      if (around.list) around.list.push(value);
      else put(around.object, around.key, value);
      yield at;
      const mark = text[at];
      at = afterSpace(text, at + 1);
      if (mark === ',') {
        if (around.list) at = yield* elements(text, at, around, size);
        else {
          const key = keyAt(text, at);
          around.key = key.name;
          at = key.end;
        }
        break;
      }
      if (mark !== (around.list ? ']' : '}')) throw new SyntaxError('Not closed.');
      open.pop();
      value = around.list ?? around.object;
    }
  }
}

/** Takes elements of a list by the piece, and stops at the beginning of one that has to be looked at by itself. */
function* elements(text: string, start: number, around: Open, size: number): Generator<number, number> {
  if (!around.list) return start;
  let at = start;
  for (;;) {
    around.beginning ??= beginningAt(text, at);
    let next =
      around.beginning === ''
        ? undefined
        : guessed(text, at, around.beginning, { list: around.list, size: Math.ceil(size * GROUP) });
    if (next === undefined) {
      // What did not serve here will not serve later.
      around.beginning = '';
      next = found(text, at, { list: around.list, size: Math.ceil(size * GROUP) });
    }
    if (next === undefined) return at;
    at = afterSpace(text, next + 1);
    yield at;
  }
}

/** How an object begins, up to its first key: `{"traceId"`; empty for anything else. */
function beginningAt(text: string, at: number): string {
  const quote = text[at] === '{' ? afterSpace(text, at + 1) : -1;
  return text[quote] === '"' ? text.slice(at, endOfString(text, quote) + 1) : '';
}

/** The list that takes elements, and how much text is taken at once. */
interface Taking {
  list: unknown[];
  size: number;
}

/**
 * Guesses where the last element of a piece begins, and takes those before it. Where the guess is wrong, what is before it
 * is no list of whole values, and does not parse: a text that begins as JSON can be read in one way only.
 *
 * @returns the offset of the comma behind the last one that was taken
 */
function guessed(text: string, at: number, beginning: string, { list, size }: Taking): number | undefined {
  const piece = text.slice(at, at + size);
  let guess = piece.length;
  for (let guesses = 0; guesses < MOST_GUESSES; guesses++) {
    guess = piece.lastIndexOf(beginning, guess - 1);
    if (guess <= 0) return undefined;
    let comma = guess - 1;
    while (comma > 0 && isSpace(piece.charCodeAt(comma))) comma--;
    if (piece[comma] !== ',') continue;
    try {
      addAll(list, elementsBetween(text, at, at + comma));
      return at + comma;
    } catch {
      // The same words are inside an element.
    }
  }
  return undefined;
}

/** Looks a piece through for its last comma between elements, and takes those before it. */
function found(text: string, at: number, { list, size }: Taking): number | undefined {
  const limit = Math.min(text.length, at + size);
  let comma = -1;
  let depth = 0;
  for (let index = at; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) index = endOfString(text, index);
    else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      if (--depth < 0) break;
    } else if (code === 44 && depth === 0) comma = index;
  }
  if (comma < 0) return undefined;
  addAll(list, elementsBetween(text, at, comma));
  return comma;
}

function addAll(list: unknown[], more: readonly unknown[]): void {
  for (const item of more) list.push(item);
}

/** Where the value that begins here ends; -1 where it is an object or a list that does not end within a piece. */
function endOfValue(text: string, at: number, size: number): number {
  const first = text.charCodeAt(at);
  if (first === 34) return endOfString(text, at) + 1;
  if (first !== 123 && first !== 91) return endOfWord(text, at);
  let depth = 0;
  const limit = Math.min(text.length, at + size);
  for (let index = at; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) index = endOfString(text, index);
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return index + 1;
  }
  return -1;
}

/** Where a number, a truth value or `null` ends. */
function endOfWord(text: string, at: number): number {
  let end = at;
  while (end < text.length && !/[\s,\]}]/.test(text[end]!)) end++;
  return end;
}

function keyAt(text: string, at: number): { name: string; end: number } {
  const end = endOfString(text, at) + 1;
  const colon = afterSpace(text, end);
  if (text[at] !== '"' || text[colon] !== ':') throw new SyntaxError('No key.');
  return { name: JSON.parse(text.slice(at, end)) as string, end: afterSpace(text, colon + 1) };
}

function valueBetween(text: string, from: number, to: number): unknown {
  const part = text.slice(from, to);
  return JSON.parse(mayHoldLong(text, from, to) ? quoteLongIntegers(part) : part);
}

function elementsBetween(text: string, from: number, to: number): unknown[] {
  const list = `[${text.slice(from, to)}]`;
  return JSON.parse(mayHoldLong(text, from, to) ? quoteLongIntegers(list) : list) as unknown[];
}

/** As `JSON.parse` does: also a key that would set the prototype is a key. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function afterSpace(text: string, at: number): number {
  let index = at;
  while (isSpace(text.charCodeAt(index))) index++;
  return index;
}
