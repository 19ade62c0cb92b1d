/** Random bytes are fetched this many at a time: asking for each id alone is dear. */
const POOL = 4096;

let pool = new Uint8Array(0);
let next = 0;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function randomHex(bytes: number): string {
  if (next + bytes > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL));
    next = 0;
  }
  let hex = '';
  for (const end = next + bytes; next < end; next++) hex += HEX[pool[next]!]!;
  // All zeros means "none" in W3C trace context.
  return /[^0]/.test(hex) ? hex : randomHex(bytes);
}

/** 32 hex digits (W3C Trace Context, trace-id). */
export const newTraceId = (): string => randomHex(16);

/** 16 hex digits (W3C Trace Context, parent-id). */
export const newSpanId = (): string => randomHex(8);
