import { asArray, isObject, type JsonObject } from '../../payloads/json-value.js';

/** The members of OTLP's `AnyValue`, in proto-JSON spelling and in snake case. */
const MEMBERS: ReadonlyMap<string, 'scalar' | 'int' | 'double' | 'array' | 'map'> = new Map([
  ['stringValue', 'scalar'],
  ['string_value', 'scalar'],
  ['boolValue', 'scalar'],
  ['bool_value', 'scalar'],
  ['bytesValue', 'scalar'],
  ['bytes_value', 'scalar'],
  ['intValue', 'int'],
  ['int_value', 'int'],
  ['doubleValue', 'double'],
  ['double_value', 'double'],
  ['arrayValue', 'array'],
  ['array_value', 'array'],
  ['kvlistValue', 'map'],
  ['kvlist_value', 'map'],
]);

/** A 64-bit integer: decimal text, a number, or the two halves that protobufjs gives. Text where a number cannot hold it. */
function integer(value: unknown): unknown {
  const exact = isObject(value) ? longDigits(value) : value;
  if (typeof exact !== 'string') return exact;
  const number = Number(exact);
  return Number.isSafeInteger(number) && (number !== 0 || exact.trim() !== '') ? number : exact;
}

/** Decimal digits of a protobufjs `Long`, `{low, high, unsigned}`. */
function longDigits(value: JsonObject): string | undefined {
  const { low, high } = value;
  if (typeof low !== 'number' || typeof high !== 'number') return undefined;
  const bits = (BigInt(high | 0) << 32n) | BigInt(low >>> 0);
  return (value['unsigned'] === true ? BigInt.asUintN(64, bits) : BigInt.asIntN(64, bits)).toString();
}

/** Nanoseconds in whatever way they are written, as `TimeOrigin.fromNanos` takes them. */
export const nanos = (value: unknown): unknown => (isObject(value) ? longDigits(value) : value);

type Put = (value: unknown) => void;

/**
 * The value of an `AnyValue`. An empty one is `null`; a value that is no `AnyValue`, as sloppy producers write, is taken
 * as it is. Lists and maps may be nested to any depth, so there is no recursion; one that holds itself, which a live
 * object may, is cut there and says `[cycle]`. Maps become objects without prototype.
 */
export function anyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // Nearly all have one member, a text, a truth value or a number.
  const text = (value as JsonObject)['stringValue'];
  if (typeof text === 'string') return text;
  for (const name in value) {
    const inner = (value as JsonObject)[name];
    if (inner === undefined || inner === null || !Object.hasOwn(value, name)) break;
    const member = MEMBERS.get(name);
    if (member === 'scalar') return inner;
    if (member === 'int') return integer(inner);
    break;
  }
  return isObject(value) ? nestedValue(value) : value;
}

function nestedValue(value: JsonObject): unknown {
  let result: unknown;
  /** The lists and maps that the next value is inside of. */
  const open = new Set<object>();
  const waiting: [unknown, Put][] = [[value, (read) => (result = read)]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [source, put] = next;
    if (!isObject(source) || open.has(source)) {
      put(isObject(source) ? '[cycle]' : source);
      continue;
    }
    const [name, inner] = firstEntry(source);
    const member = name === undefined ? undefined : MEMBERS.get(name);
    if (member === 'array' || member === 'map') {
      open.add(source);
      // Its turn comes after all that is inside.
      waiting.push([undefined, () => open.delete(source)]);
    }
    if (name === undefined || (member && inner === null)) put(null);
    else if (member === 'array') {
      const items = asArray(isObject(inner) ? inner['values'] : inner);
      const list: unknown[] = [];
      put(list);
      items.forEach((item, index) => {
        // Set at once, so that the list has no holes while it is filled from its end.
        list.push(null);
        waiting.push([item, (read) => (list[index] = read)]);
      });
    } else if (member === 'map') {
      const map = Object.create(null) as Record<string, unknown>;
      put(map);
      for (const [key, item] of keyValues(isObject(inner) ? inner['values'] : inner)) {
        // Set at once, so that keys keep their order; replaced when the value is read.
        map[key] = null;
        waiting.push([item, (read) => (map[key] = read)]);
      }
    } else if (member === 'int') put(integer(inner));
    else if (member === 'double') put(typeof inner === 'string' ? Number(inner) : inner);
    else put(member ? inner : source);
  }
  return result;
}

/** The first member that holds something: Phoenix writes all of them, those that are not meant as `null`. */
function firstEntry(object: JsonObject): [string | undefined, unknown] {
  let empty: string | undefined;
  for (const name in object) {
    if (!Object.hasOwn(object, name) || object[name] === undefined) continue;
    if (object[name] !== null) return [name, object[name]];
    empty ??= name;
  }
  return [empty, null];
}

/** Key and undecoded value of each attribute. A plain object in place of the list is taken as well. */
export function* keyValues(list: unknown): Generator<[string, unknown]> {
  if (Array.isArray(list)) {
    for (const item of list as unknown[]) {
      if (isObject(item) && typeof item['key'] === 'string') yield [item['key'], item['value']];
    }
  } else if (isObject(list)) yield* Object.entries(list);
}

/** Attributes by key, decoded. Of two with the same key the later one stays, as in OpenTelemetry's SDKs. */
export function attributeMapOf(list: unknown): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const [key, value] of keyValues(list)) attributes.set(key, anyValue(value));
  return attributes;
}
