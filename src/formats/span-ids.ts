import { isObject } from '../payloads/json-value.js';

const HEX = /^[0-9a-fA-F]+$/;
/** 16 or 8 bytes, as generic protobuf-to-JSON printers write them. No hex id ends in `=`. */
const BASE64_ID = /^(?:[A-Za-z0-9+/_-]{22}==|[A-Za-z0-9+/_-]{11}=)$/;

/**
 * An id in the form in which ids are compared: lower-case hex where it is hex, base64 or bytes, anything else as it is.
 * Empty for what means "none": absent, empty, or all zeros.
 */
export function normalisedId(value: unknown): string {
  if (typeof value === 'string') {
    const found = lowerHex(value);
    if (found === LOWER_HEX) return value;
    if (found === ZEROS) return '';
    if (HEX.test(value)) return value.toLowerCase();
    if (BASE64_ID.test(value)) return fromBase64(value);
    return value;
  }
  if (typeof value === 'number' || typeof value === 'bigint') return value ? String(value) : '';
  if (value instanceof Uint8Array) return hexOf(value);
  // A Node `Buffer` after `JSON.stringify`.
  if (isObject(value) && Array.isArray(value['data'])) return hexOf(value['data'] as unknown[]);
  return '';
}

const LOWER_HEX = 1;
const ZEROS = 2;

/** A bit for what a character makes of an id: none for `0`, 1 for another small hex digit, 2 for what is none. */
const CHARACTERS = new Uint8Array(128).fill(2);
for (const digit of '0123456789abcdef') CHARACTERS[digit.charCodeAt(0)] = digit === '0' ? 0 : 1;

/** By hand: three ids a span, of which a regular expression takes its time to begin. */
function lowerHex(text: string): 0 | typeof LOWER_HEX | typeof ZEROS {
  const { length } = text;
  let any = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    any |= code < 128 ? CHARACTERS[code]! : 2;
  }
  return length === 0 || any > 1 ? 0 : any === 0 ? ZEROS : LOWER_HEX;
}

function fromBase64(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return hexOf(Array.from(binary, (character) => character.charCodeAt(0)));
}

const byteOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function hexOf(bytes: ArrayLike<unknown>): string {
  let hex = '';
  for (let at = 0; at < bytes.length && at < 64; at++) hex += (byteOf(bytes[at]) & 255).toString(16).padStart(2, '0');
  return lowerHex(hex) === ZEROS ? '' : hex;
}
