import { roomFor } from './room.js';

/** How many values there may be while a row takes one byte, and two. */
const MOST_IN_BYTE = 0xff;
const MOST_IN_TWO = 0xffff;

type Numbers = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/**
 * A value for each row, where few values differ: each is kept once, and a row takes a byte, or more where there are many.
 * Takes no memory until a row has one.
 */
export class SharedColumn<Value> {
  /** Each value once, from 1; the number 0 is for none. */
  readonly #values: (Value | undefined)[] = [undefined];
  readonly #numbers = new Map<Value, number>();
  /** The number of the value of each row. May be shorter or longer than the column. */
  #rows: Numbers = new Uint8Array(0);
  /** Rows mostly have what the row before had. */
  #last: Value | undefined;
  #lastNumber = 0;
  #isTrimmed = false;
  #expected = 0;

  at(row: number): Value | undefined {
    return this.#values[this.#rows[row] ?? 0];
  }

  set(row: number, value: Value | undefined): void {
    if (value === undefined) {
      if (row < this.#rows.length) this.#rows[row] = 0;
      return;
    }
    if (value !== this.#last) {
      this.#last = value;
      this.#lastNumber = this.#numberOf(value);
    }
    if (row >= this.#rows.length) this.#resize(roomFor(row + 1, this.#rows.length, this.#isTrimmed, this.#expected));
    this.#rows[row] = this.#lastNumber;
  }

  /** Takes room for so many rows as soon as one has a value. */
  expect(rows: number): void {
    this.#expected = rows;
  }

  /** Gives back what was taken for rows that did not come. */
  trim(length: number): void {
    this.#isTrimmed = true;
    if (length < this.#rows.length) this.#rows = this.#rows.slice(0, length);
  }

  /** Each value that a row had, once. */
  distinct(): Iterable<Value> {
    return this.#numbers.keys();
  }

  #numberOf(value: Value): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#values.push(value) - 1;
    this.#numbers.set(value, number);
    if (number === MOST_IN_BYTE + 1 || number === MOST_IN_TWO + 1) this.#resize(this.#rows.length);
    return number;
  }

  #resize(length: number): void {
    const most = this.#values.length - 1;
    const Column = most <= MOST_IN_BYTE ? Uint8Array : most <= MOST_IN_TWO ? Uint16Array : Uint32Array;
    const resized = new Column(length);
    resized.set(this.#rows);
    this.#rows = resized;
  }
}
