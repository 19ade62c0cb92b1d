/** The last moment that a `Date` can hold, and the first one with a minus. */
const LAST_DATE = 8.64e15;

/**
 * Turns the clocks of traces into milliseconds that keep their nanoseconds. An epoch time in milliseconds leaves a
 * double only a quarter of a microsecond; counted from an origin near the trace it has more than enough.
 */
export class TimeOrigin {
  /** Whole milliseconds since the epoch that times are counted from; set by the first time that is read. */
  epoch: number | undefined;

  /** Nanoseconds since the epoch, as decimal digits, `bigint` or number. 0, less, empty and nonsense give `NaN`. */
  fromNanos(nanos: unknown): number {
    if (typeof nanos === 'string') return this.#fromDigits(nanos);
    if (typeof nanos === 'bigint') return this.#fromDigits(nanos.toString());
    if (typeof nanos !== 'number') return NaN;
    if (Number.isInteger(nanos)) return this.#fromDigits(BigInt(nanos).toString());
    return nanos > 0 ? this.fromMillis(nanos / 1e6) : NaN;
  }

  /**
   * Milliseconds since the epoch, and a fraction of one that would not survive the addition. What is beyond any date is
   * no time: as the first of a table it would leave no digits for the others.
   */
  fromMillis(millis: number, fraction = 0): number {
    if (!(Math.abs(millis) <= LAST_DATE) || millis + fraction === 0) return NaN;
    this.epoch ??= Math.floor(millis);
    return millis - this.epoch + fraction;
  }

  /** Milliseconds since the epoch of a time that is counted from the origin. */
  toEpoch(time: number): number {
    return (this.epoch ?? 0) + time;
  }

  /** Digit by digit: spans have two of these each, and to cut a text and read its pieces takes twice as long. */
  #fromDigits(digits: string): number {
    const { length } = digits;
    const whole = length - 6;
    let millis = 0;
    let nanos = 0;
    for (let at = 0; at < whole; at++) {
      const digit = digits.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) return NaN;
      millis = millis * 10 + digit;
    }
    for (let at = Math.max(0, whole); at < length; at++) {
      const digit = digits.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) return NaN;
      nanos = nanos * 10 + digit;
    }
    return this.fromMillis(millis, nanos / 1e6);
  }
}
