import { childOf, isBase64, isContainer, keysOf, sizeOf } from './json-value.js';

/** Where a value is: its place among its siblings, and where what holds them is. */
export interface JsonPath {
  readonly parent: JsonPath | undefined;
  readonly index: number;
}

/** Matches beyond these are not looked for: nobody steps through more. */
const MOST_MATCHES = 10_000;

/** Values, and hundreds of characters, between two places to rest. */
const REST_EVERY = 2000;

interface Level {
  path: JsonPath | undefined;
  container: object;
  keys: readonly string[] | undefined;
  count: number;
  next: number;
}

/** A pattern for a text as it is, whatever the case: none of its characters has a meaning, so that it takes linear time. */
export const literalPattern = (wanted: string): RegExp =>
  new RegExp(wanted.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), 'i');

/** Tells whether a text is wanted: a pattern does. */
export interface TextTest {
  test(text: string): boolean;
}

/**
 * Finds a text in the keys and plain values of a JSON value, in their order, whatever the case. A generator, so that whoever
 * asks can rest in between: it gives a path for each match, and `undefined` where it could rest.
 */
export function* searchJson(value: unknown, wanted: string | TextTest): Generator<JsonPath | undefined, void> {
  const pattern = typeof wanted === 'string' ? literalPattern(wanted) : wanted;
  const levels: Level[] = [levelOf(isContainer(value) ? value : [value], undefined)];
  let matches = 0;
  let looked = 0;
  while (levels.length && matches < MOST_MATCHES) {
    const level = levels[levels.length - 1]!;
    if (level.next === level.count) {
      levels.pop();
      continue;
    }
    const key = level.keys ? level.keys[level.next]! : level.next;
    const item = childOf(level.container, key);
    const path = { parent: level.path, index: level.next++ };
    if ((level.keys && pattern.test(String(key))) || (!isContainer(item) && isFound(pattern, item))) {
      matches++;
      yield path;
    }
    looked += typeof item === 'string' ? 1 + item.length / 100 : 1;
    if (looked > REST_EVERY) {
      looked = 0;
      yield undefined;
    }
    if (isContainer(item)) levels.push(levelOf(item, path));
  }
}

const levelOf = (container: object, path: JsonPath | undefined): Level => {
  return { path, container, keys: keysOf(container), count: sizeOf(container), next: 0 };
};

const isFound = (pattern: TextTest, value: unknown): boolean =>
  typeof value === 'string' ? !isBase64(value) && pattern.test(value) : pattern.test(String(value));
