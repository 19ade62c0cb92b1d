import { asArray, asText, either, isObject, type JsonObject } from '../json-value.js';
import { joined, Pieces, without } from './joined.js';

/** Deeper paths are kept as they came. */
const DEEPEST = 32;

type Tree = Map<string | number, unknown>;

/**
 * A function call of Gemini's whose arguments come in pieces: `partialArgs: [{jsonPath: "$.city", stringValue: "Par",
 * willContinue: true}, …]` (cloud.google.com/vertex-ai, FunctionCall.partialArgs).
 */
export class ArgumentPieces {
  readonly #part: JsonObject;
  readonly #call = new Pieces();
  readonly #args: Tree = new Map();

  constructor(part: JsonObject, call: JsonObject) {
    this.#part = without(part, 'functionCall', 'function_call');
    this.add(call);
  }

  add(call: JsonObject): void {
    const fields = without(call, 'willContinue', 'will_continue', 'partialArgs', 'partial_args');
    this.#call.overlay(fields);
    for (const piece of asArray(either(call, 'partialArgs', 'partial_args'))) if (isObject(piece)) this.#put(piece);
  }

  #put(piece: JsonObject): void {
    const keys = keysOf(asText(either(piece, 'jsonPath', 'json_path')));
    const last = keys.pop();
    if (last === undefined) return;
    let at = this.#args;
    for (const key of keys) {
      let inner = at.get(key);
      if (!(inner instanceof Map)) at.set(key, (inner = new Map()));
      at = inner as Tree;
    }
    const text = either(piece, 'stringValue', 'string_value');
    const other = either(piece, 'numberValue', 'number_value', 'boolValue', 'bool_value');
    if (typeof text === 'string') at.set(last, joined(at.get(last), text));
    else at.set(last, other ?? null);
  }

  whole(): JsonObject {
    const call = this.#call.whole;
    const args = this.#args.size
      ? { args: { ...(call['args'] as object | undefined), ...(plain(this.#args) as object) } }
      : {};
    return { ...this.#part, functionCall: { ...call, ...args } };
  }
}

/** The keys of a path such as `$.stops[0].city`. An index is a number. */
function keysOf(path: string): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const [, index, quoted, name] of path.matchAll(/\[(\d+)\]|\['([^']*)'\]|\.?([^.[\]$]+)/g)) {
    keys.push(index !== undefined ? Number(index) : (quoted ?? name ?? ''));
    if (keys.length > DEEPEST) return [path];
  }
  return keys;
}

/** The objects and lists that a tree stands for; a list has its items in their order, however they are numbered. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Tree)];
  if (entries.length && entries.every(([key]) => typeof key === 'number')) {
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, item]) => plain(item));
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}
