import type { Payload, ToolDefinition } from '../model/index.js';
import { jsonOrText } from '../payloads/json-text.js';

export type Attributes = ReadonlyMap<string, unknown>;

/** What the keys of a span begin with. Every convention asks for its own prefixes, and there may be 100,000 keys. */
const beginnings = new WeakMap<Attributes, ReadonlySet<number>>();

/** The first two characters as a number. */
const beginningOf = (key: string): number => key.charCodeAt(0) * 0x1_0000 + key.charCodeAt(1);

function beginningsOf(attributes: Attributes): ReadonlySet<number> {
  let known = beginnings.get(attributes);
  if (!known) {
    const found = new Set<number>();
    for (const key of attributes.keys()) found.add(beginningOf(key));
    beginnings.set(attributes, (known = found));
  }
  return known;
}

/** Whether any key begins with one of these prefixes of two characters or more. Attributes that were read do not change. */
export function hasPrefix(attributes: Attributes, ...prefixes: readonly string[]): boolean {
  const known = beginningsOf(attributes);
  for (const prefix of prefixes) {
    if (!known.has(beginningOf(prefix))) continue;
    for (const key of attributes.keys()) if (key.startsWith(prefix)) return true;
  }
  return false;
}

/** The value of the first of these attributes that has one. */
export function firstOf(attributes: Attributes, ...keys: readonly string[]): unknown {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The first of these attributes that is text and not empty. */
export function textOf(attributes: Attributes, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = attributes.get(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** What went in or came out, from the first of these attributes that has a value; JSON text is parsed. */
export const payloadOf = (attributes: Attributes, ...keys: readonly string[]): Payload | undefined =>
  jsonOrText(firstOf(attributes, ...keys)) as Payload | undefined;

/** Call parameters, by the name of the parameter: attributes with names of their own, and those under a prefix. */
export function parametersOf(
  attributes: Attributes,
  names: ReadonlyMap<string, string>,
  prefix?: string,
): ReadonlyMap<string, unknown> | undefined {
  const parameters = new Map<string, unknown>();
  for (const [key, value] of attributes) {
    const name = names.get(key) ?? (prefix !== undefined && key.startsWith(prefix) ? key.slice(prefix.length) : '');
    // OpenLIT writes the parameters that were not set as empty text. The model is no parameter of the call.
    if (name !== '' && name !== 'model' && value !== '') parameters.set(name, jsonOrText(value));
  }
  return parameters.size ? parameters : undefined;
}

/** The list, where anything is in it. */
export const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length ? list : undefined);

/** The one tool that a tool's span is about. */
export function ownTool(name: unknown, description: unknown, parameters?: unknown): ToolDefinition[] | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  return [
    {
      name,
      ...(typeof description === 'string' && { description }),
      ...(parameters !== undefined && parameters !== null && { parameters }),
    },
  ];
}

/** Drops the parts that are absent, so that a meaning says only what is stated. */
export const stated = <T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as T;
