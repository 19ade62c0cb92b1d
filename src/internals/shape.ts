/**
 * Words to say what untrusted JSON has to look like. A check gives what is wrong, as the end of a sentence, or nothing. None
 * of them goes deeper than it is told to.
 */

export type Check = (value: unknown) => string | undefined;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const told = (isRight: (value: unknown) => boolean, wanted: string): Check => {
  const complaint = `is not ${wanted}`;
  return (value) => (isRight(value) ? undefined : complaint);
};

export const text: Check = told((value) => typeof value === 'string', 'a text');
export const flag: Check = told((value) => typeof value === 'boolean', 'true or false');
/** A finite number. */
export const number: Check = told(Number.isFinite, 'a number');
export const amount: Check = told((value) => Number.isFinite(value) && (value as number) >= 0, 'a number from 0');
/** A whole number from 0. */
export const count: Check = told((value) => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number');

const NO_NUMBERS: readonly unknown[] = [null, 'NaN', 'Infinity', '-Infinity'];
/** A number, or the word for one that JSON does not have. */
export const maybeNumber: Check = told((value) => Number.isFinite(value) || NO_NUMBERS.includes(value), 'a number');

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? undefined : check(value);

export const oneOf = (...words: readonly unknown[]): Check =>
  told((value) => words.includes(value), `one of ${words.join(', ')}`);

/** What is wrong with a part, told of the whole. */
export const inside = (place: string, wrong: string): string => `${place}${/^[.[]/.test(wrong) ? '' : ' '}${wrong}`;

/** A list of what fits a check, of a length where one is given, no longer than `most`. */
export function list(check: Check, length?: number, most = Infinity): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'is not a list';
    if (length !== undefined && value.length !== length) return `has ${value.length} entries, not ${length}`;
    if (value.length > most) return `has more than ${most} entries`;
    for (let at = 0; at < value.length; at++) {
      const wrong = check(value[at]);
      if (wrong !== undefined) return inside(`[${at}]`, wrong);
    }
    return undefined;
  };
}

/** First, and behind the last: not beyond `end`. */
export const range = (end = Infinity): Check =>
  told(
    (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((place) => count(place) === undefined) &&
      value[0] <= value[1] &&
      value[1] <= end,
    'a range inside what it is of',
  );

/** An object with these fields; those that end in `?` may be absent. Others are left alone. */
export function fields(wanted: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(wanted).map(([name, check]) => {
    const isOptional = name.endsWith('?');
    return { name: isOptional ? name.slice(0, -1) : name, isOptional, check };
  });
  return (value) => {
    if (!isFields(value)) return 'is not an object';
    for (const { name, isOptional, check } of checks) {
      const field = value[name];
      if (field === undefined && isOptional) continue;
      const wrong = field === undefined ? 'is missing' : check(field);
      if (wrong !== undefined) return inside(`.${name}`, wrong);
    }
    return undefined;
  };
}

/** All of these hold; the first that does not is told of. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value) => {
    for (const check of checks) {
      const wrong = check(value);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

/** Numbers that never become less. */
export const rising: Check = (value) => {
  const numbers = value as readonly number[];
  for (let at = 1; at < numbers.length; at++) if (numbers[at]! < numbers[at - 1]!) return `[${at}] is less than before`;
  return undefined;
};
