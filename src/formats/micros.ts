import type { TimeOrigin } from '../model/index.js';
import { asCount } from '../conventions/convention.js';

/*
 * What the older tracing systems (Jaeger, Zipkin) share: times in microseconds, ids in hex that lost leading zeros.
 */

/** A moment on the table's clock from microseconds since the epoch; `NaN` for what is none. */
export function momentOfMicros(origin: TimeOrigin, micros: unknown): number {
  const value = asCount(micros) ?? NaN;
  const millis = Math.floor(value / 1000);
  return origin.fromMillis(millis, (value - millis * 1000) / 1000);
}

/** Milliseconds of a duration in microseconds; `NaN` where none is stated. */
export const millisOfMicros = (micros: unknown): number => (asCount(micros) ?? NaN) / 1000;

const SHORT_HEX = /^[0-9a-f]{1,32}$/;

/** A normalised id with the zeros that its writer dropped: 16 digits, or 32 for what has more. Other ids as they are. */
export const withLeadingZeros = (id: string): string =>
  SHORT_HEX.test(id) ? id.padStart(id.length > 16 ? 32 : 16, '0') : id;
