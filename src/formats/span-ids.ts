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
    if (isLowerHex(value)) return isZero(value) ? '' : value;
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

/** By hand: three ids a span, of which a regular expression takes its time to begin. */
function isLowerHex(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 102 || (code > 57 ? code < 97 : code < 48)) return false;
  }
  return text !== '';
}

function isZero(hex: string): boolean {
  for (let at = 0; at < hex.length; at++) if (hex.charCodeAt(at) !== 48) return false;
  return hex !== '';
}

function fromBase64(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return hexOf(Array.from(binary, (character) => character.charCodeAt(0)));
}

const byteOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function hexOf(bytes: ArrayLike<unknown>): string {
  let hex = '';
  for (let at = 0; at < bytes.length && at < 64; at++) hex += (byteOf(bytes[at]) & 255).toString(16).padStart(2, '0');
  return isZero(hex) ? '' : hex;
}
