import type { QueryField } from './field.js';
import { queryField } from './registry.js';

/** What is compared: a name of the registry, or one with a dot in it. */
const NAME = /[\p{L}_][\p{L}\p{N}_.-]*/uy;
const QUOTED_KEY = /attr\."((?:[^"\\]|\\["\\]?)*)"/iy;
const COLON = /:\s*/y;
const COMPARISON = /\s*(>=|<=|>|<|=)\s*/y;
/** What may stand before the key of an attribute. */
export const ATTRIBUTE = /^attr\./i;

export type Sign = ':' | '>' | '<' | '>=' | '<=';

/** A name with a sign behind it. */
export interface FieldAt {
  readonly name: string;
  /** Of the registry; absent for an attribute and for an unknown name. */
  readonly field: QueryField | undefined;
  /** The key of an attribute. */
  readonly key: string | undefined;
  /** Where the name ends. */
  readonly nameEnd: number;
  readonly sign: Sign;
  /** Where the value begins. */
  readonly valueAt: number;
}

/** In quotes, `\"` is a quote and `\\` a backslash; any other backslash is itself. */
export const unquoted = (text: string): string => text.replace(/\\(["\\])/g, '$1');

/** A sign that compares, at a place of a text. */
export function signAt(text: string, at: number): { sign: Sign; end: number } | undefined {
  COMPARISON.lastIndex = at;
  const sign = COMPARISON.exec(text)?.[1];
  return sign === undefined ? undefined : { sign: sign === '=' ? ':' : (sign as Sign), end: COMPARISON.lastIndex };
}

/** The field or attribute that begins at a place of a text; `undefined` where a word stands there. */
export function fieldAt(text: string, at: number): FieldAt | undefined {
  const found = nameAt(text, at);
  if (!found) return undefined;
  const { name, field, key } = found;
  const nameEnd = at + name.length;
  COLON.lastIndex = nameEnd;
  if (COLON.test(text)) return { name, field, key, nameEnd, sign: ':', valueAt: COLON.lastIndex };
  const compared = signAt(text, nameEnd);
  // Spaces before a sign belong to it where the name is known; else they end a word.
  if (!compared || (!field && key === undefined && /\s/.test(text[nameEnd]!))) return undefined;
  return { name, field, key, nameEnd, sign: compared.sign, valueAt: compared.end };
}

function nameAt(text: string, at: number): Pick<FieldAt, 'name' | 'field' | 'key'> | undefined {
  QUOTED_KEY.lastIndex = at;
  const quoted = QUOTED_KEY.exec(text);
  if (quoted) return { name: quoted[0], field: undefined, key: unquoted(quoted[1]!) };
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const field = queryField(name);
  if (field) return { name, field, key: undefined };
  const key = name.replace(ATTRIBUTE, '');
  return { name, field, key: key !== '' && name.includes('.') ? key : undefined };
}
