/** Random digits are made this many at a time: asking for each id alone is dear. */
const POOL = 8192;

let pool = '';
let next = POOL;

function randomHex(digits: number): string {
  if (next + digits > pool.length) {
    const words = crypto.getRandomValues(new Uint32Array(POOL / 4));
    // Four digits at a time: half of each byte is one. `0` is 0x30; what is beyond `9` is 39 further, at `a`.
    for (let at = 0; at < words.length; at++) {
      const values = words[at]! & 0x0f0f0f0f;
      words[at] = values + 0x30303030 + (((values + 0x06060606) >> 4) & 0x01010101) * 39;
    }
    pool = new TextDecoder().decode(words);
    next = 0;
  }
  return pool.slice(next, (next += digits));
}

/** 32 hex digits (W3C Trace Context, trace-id). All zeros, which would mean "none", is left to chance: 1 in 10^38. */
export const newTraceId = (): string => randomHex(32);

/** 16 hex digits (W3C Trace Context, parent-id). */
export const newSpanId = (): string => randomHex(16);
