/** The small things of OTLP's JSON encoding (opentelemetry-proto, "JSON Protobuf Encoding"): values, ids, times. */

/** An `AnyValue`. Objects and lists keep their structure; `null` is the empty value. */
export function anyValue(value: unknown): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      // proto-JSON writes what JSON has no number for as text.
      if (!Number.isFinite(value)) return { doubleValue: String(value) };
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    case 'object':
      if (value === null) return {};
      if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
      return { kvlistValue: { values: keyValues(Object.entries(value)) } };
    default:
      return {};
  }
}

/** Attributes as OTLP's list of keys and values; absent ones are left out. */
export function keyValues(entries: Iterable<readonly [string, unknown]>): object[] {
  const list: object[] = [];
  for (const [key, value] of entries) if (value !== undefined) list.push({ key, value: anyValue(value) });
  return list;
}

/**
 * Milliseconds since the epoch as decimal nanoseconds. A double of today's times holds a quarter of a microsecond: all of
 * it is kept. `undefined` for what is no time, or before the epoch.
 */
export function nanosOf(millis: number | undefined): string | undefined {
  if (millis === undefined || !(millis > 0 && millis < Infinity)) return undefined;
  const whole = Math.floor(millis);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((millis - whole) * 1e6)));
}

/**
 * Milliseconds from a whole one since the epoch as decimal nanoseconds, with all digits that they have. `undefined` for what
 * is no time, or before the epoch. OTLP reads the epoch itself as no time: a clock that begins there begins a nanosecond later.
 */
export function exactNanos(epoch: number | undefined, time: number): string | undefined {
  if (!Number.isFinite(time)) return undefined;
  const whole = Math.floor(time);
  const nanos = BigInt(whole + (epoch ?? 0)) * 1_000_000n + BigInt(Math.round((time - whole) * 1e6));
  return nanos < 0n ? undefined : String(nanos || 1n);
}

/** Hex digits of a trace's id, and of a span's. */
export const TRACE_ID = 32;
export const SPAN_ID = 16;

/**
 * An id as OTLP must have it: so many lower-case hex digits. UUIDs lose their dashes. What is no hex id (other tracing
 * systems take any text) becomes a hash of it, the same for the same text, so that parents are still found.
 */
export function hexId(id: string, length: number): string {
  const hex = id.replaceAll('-', '').toLowerCase();
  return hex.length === length && /^[0-9a-f]+$/.test(hex) && /[^0]/.test(hex) ? hex : hash(id, length);
}

function hash(text: string, length: number): string {
  let hex = '';
  for (let seed = 1; hex.length < length; seed++) {
    let state = Math.imul(seed, 0x9e3779b1);
    for (let at = 0; at < text.length; at++) {
      state = Math.imul(state ^ text.charCodeAt(at), 0x85ebca6b + seed * 2);
      state ^= state >>> 13;
    }
    hex += ((state ^ (state >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
}
