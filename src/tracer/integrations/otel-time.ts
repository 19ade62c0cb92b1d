import type { OtelMoment, OtelTime } from './otel-types.js';

export const isTime = (value: unknown): value is OtelTime =>
  typeof value === 'number' ||
  value instanceof Date ||
  (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number'));

export const millisOf = ([seconds, nanoseconds]: OtelMoment): number => seconds * 1000 + nanoseconds / 1e6;

/**
 * Milliseconds since the epoch; `undefined` where no time is given. Numbers below the age of the page are
 * `performance.now()`, as in OpenTelemetry's own SDK.
 */
export function timeOf(time: OtelTime | undefined): number | undefined {
  if (typeof time === 'number') return time <= performance.now() ? performance.timeOrigin + time : time;
  if (time instanceof Date) return time.getTime();
  return isTime(time) ? millisOf(time) : undefined;
}
