import type { JsonObject } from '../json-value.js';
import { isObject } from '../json-value.js';

/** An object under construction. Keys of data only ever come in by spreading, which writes to no prototype. */
export type Draft = Record<string, unknown>;

/** A text and what is added to it; whatever is no text adds nothing. */
export const joined = (text: unknown, more: unknown): string =>
  (typeof text === 'string' ? text : '') + (typeof more === 'string' ? more : '');

/** An object whose fields come in pieces, however many: each piece costs what it holds, not what there is already. */
export class Pieces {
  readonly #fields: Map<string, unknown>;
  /** Lists of our own, to which can be added. */
  readonly #lists = new Map<string, unknown[]>();

  constructor(fields: JsonObject = {}) {
    this.#fields = new Map(Object.entries(fields));
  }

  get(name: string): unknown {
    return this.#fields.get(name);
  }

  /** The later word counts for each field, unless it is `null`. */
  overlay(piece: unknown): void {
    if (!isObject(piece)) return;
    for (const [name, value] of Object.entries(piece)) {
      if ((value !== null && value !== undefined) || !this.#fields.has(name)) this.#fields.set(name, value);
    }
  }

  /** The texts under these names grow, lists are joined, every other field keeps its first value that is not empty. */
  grow(delta: JsonObject, growing: readonly string[]): void {
    for (const [name, value] of Object.entries(delta)) {
      if (value === null || value === undefined) continue;
      const known = this.#fields.get(name);
      if (Array.isArray(value)) {
        const list = kept(this.#lists, name, () => []);
        for (const item of value as unknown[]) list.push(item);
        this.#fields.set(name, list);
      } else if (growing.includes(name) && typeof value === 'string') this.#fields.set(name, joined(known, value));
      else if (known === undefined || known === '') this.#fields.set(name, value);
    }
  }

  get whole(): JsonObject {
    return Object.fromEntries(this.#fields);
  }
}

/** What is kept under a key, made when it is first asked for. */
export function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** An object without some of its fields. */
export const without = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
