import { roomFor } from './room.js';

/** A number for each row that states one, without a wrapper for each. Takes no memory until a row does. */
abstract class Column<Numbers extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>> {
  /** By row; `NaN` where there is none. May be shorter or longer than the table. */
  abstract values: Numbers;
  #isTrimmed = false;
  #expected = 0;

  set(row: number, value: number): void {
    if (row >= this.values.length) this.#grow(row + 1);
    this.values[row] = value;
  }

  at(row: number): number | undefined {
    const value = this.values[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** Gives back what was taken for rows that did not come. */
  trim(length: number): void {
    this.#isTrimmed = true;
    if (length < this.values.length) this.values = this.values.slice(0, length) as Numbers;
  }

  /** Takes room for so many rows as soon as one states a number. */
  expect(rows: number): void {
    this.#expected = rows;
  }

  #grow(least: number): void {
    this.#resize(roomFor(least, this.values.length, this.#isTrimmed, this.#expected));
  }

  #resize(rows: number): void {
    const { length } = this.values;
    const grown = this.room(rows);
    grown.set(this.values);
    grown.fill(NaN, length);
    this.values = grown;
  }

  protected abstract room(length: number): Numbers;
}

/** Times and money: of any size, with any fraction. */
export class NumberColumn extends Column<Float64Array<ArrayBuffer>> {
  values = new Float64Array(0);

  protected room(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(length);
  }
}

/** Counts of tokens: a row takes half the memory while all are what half the bits can hold, as whole numbers below 16 million. */
export class CountColumn extends Column<Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>> {
  values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> = new Float32Array(0);

  override set(row: number, value: number): void {
    const isHeld = Math.fround(value) === value || Number.isNaN(value) || this.values instanceof Float64Array;
    if (!isHeld) this.values = new Float64Array(this.values);
    super.set(row, value);
  }

  protected room(length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
    return this.values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
  }
}
