import { quietly } from '../quietly.js';

/** Bytes of a medium that are kept, as base64. */
const MOST_BYTES = 700_000;

/**
 * A value of a library as plain JSON, by the library's own idea of it (`toJSON`), for what reads its messages. What the
 * application does to it afterwards changes nothing. `undefined` where it cannot be written as JSON.
 */
export const jsonCopy = (value: unknown): unknown =>
  quietly(() => {
    const text = JSON.stringify(value, replaced) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  });

function replaced(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof ArrayBuffer) return base64(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) return base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  return value;
}

/** Images and recordings that are handed over as bytes. */
function base64(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
