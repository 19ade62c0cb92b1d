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
    if (length === DIGITS_OF_NOW) {
      const tens = numberIn(digits, 0, 9);
      const millis = numberIn(digits, 9, 13);
      const nanos = numberIn(digits, 13, 19);
      return (tens | millis | nanos) < 0 ? NaN : this.fromMillis(tens * 10_000 + millis, nanos / 1e6);
    }
    const whole = length - 6;
    const upper = whole - PIECE;
    let millis = numberIn(digits, Math.max(0, upper), whole);
    let isNumber = millis >= 0;
    for (let end = upper, size = 10 ** PIECE; end > 0; end -= PIECE, size *= 10 ** PIECE) {
      const piece = numberIn(digits, Math.max(0, end - PIECE), end);
      if (piece < 0) isNumber = false;
      millis += piece * size;
    }
    const nanos = numberIn(digits, Math.max(0, whole), length);
    return isNumber && nanos >= 0 ? this.fromMillis(millis, nanos / 1e6) : NaN;
  }
}

/** How many digits the nanoseconds since the epoch have from 2001 to 2286. */
const DIGITS_OF_NOW = 19;

/** Digits that make a small integer: engines count far faster with those. */
const PIECE = 9;

/** The number that some digits of a text are, as many as `PIECE` at most; -1 where they are none. */
function numberIn(text: string, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = (Math.imul(number, 10) + digit) | 0;
  }
  return number;
}
