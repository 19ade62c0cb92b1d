import { isObject } from '../payloads/json-value.js';

const LOWER_HEX = /^[0-9a-f]+$/;
const HEX = /^[0-9a-fA-F]+$/;
/** 16 or 8 bytes, as generic protobuf-to-JSON printers write them. No hex id ends in `=`. */
const BASE64_ID = /^(?:[A-Za-z0-9+/_-]{22}==|[A-Za-z0-9+/_-]{11}=)$/;

/**
 * An id in the form in which ids are compared: lower-case hex where it is hex, base64 or bytes, anything else as it is.
 * Empty for what means "none": absent, empty, or all zeros.
 */
export function normalisedId(value: unknown): string {
  if (typeof value === 'string') {
    if (LOWER_HEX.test(value)) return isZero(value) ? '' : value;
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

const isZero = (hex: string): boolean => hex.charCodeAt(0) === 48 && /^0+$/.test(hex);

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
