import { roomFor } from './room.js';

/**
 * Ids by row, each as 64 bits. Who looks for one compares numbers that stand together, and not texts that lie all over the
 * memory. Of 16 hex digits, which most ids are, the bits are the value, and nothing else is kept; of anything else they are
 * a hash, and the text is kept as well.
 */
export class IdColumn {
  /** Two a row; both are 0 for an empty id, and for no other. May be longer than the column. */
  numbers = new Int32Array(0);
  length = 0;
  /** Texts by row; `undefined` where the numbers are the id. Absent while they are all ids. */
  #texts: (string | undefined)[] | undefined;
  #isTrimmed = false;
  #expected = 0;
  /** Nobody outside can know which ids have one hash. */
  readonly seed: number;

  constructor(seed: number = randomSeed()) {
    this.seed = seed;
  }

  /** Whether all ids are their numbers. */
  get isExact(): boolean {
    return this.#texts === undefined;
  }

  push(id: string): void {
    this.set(this.length, id);
  }

  /**
   * Adds an id as a source writes it: what is no 16 small hex digits is asked for, normalised.
   *
   * @param normalised gives the id that a source means
   */
  pushWritten(id: unknown, normalised: (id: unknown) => string): void {
    const row = this.length;
    if (typeof id !== 'string' || !this.#pushDigits(id, row)) this.set(row, id === undefined ? '' : normalised(id));
  }

  /** Whether they are an id that is nothing but digits, and was added. */
  #pushDigits(id: string, row: number): boolean {
    if (id.length !== 16) return false;
    if (row * 2 >= this.numbers.length) this.#grow(row);
    if (!writeDigits(id, this.numbers, row * 2)) return false;
    this.length++;
    this.#texts?.push(undefined);
    return true;
  }

  #grow(row: number): void {
    this.#resize(roomFor(row + 1, this.numbers.length / 2, this.#isTrimmed, this.#expected));
  }

  /** @param row of the column, or the next one */
  set(row: number, id: string): void {
    if (row * 2 >= this.numbers.length) this.#grow(row);
    const isValue = writeIdNumbers(id, this.seed, this.numbers, row * 2);
    if (row === this.length) this.length++;
    if (this.#texts) this.#texts[row] = isValue ? undefined : id;
    else if (!isValue) {
      this.#texts = new Array<undefined>(row).fill(undefined);
      while (this.#texts.length < this.length) this.#texts.push(undefined);
      this.#texts[row] = id;
    }
  }

  /** Takes room for so many rows as soon as there is one. */
  expect(rows: number): void {
    this.#expected = rows;
  }

  /** The id of a row; empty where it has none, also beyond the last. */
  at(row: number): string {
    return this.#texts?.[row] ?? (this.hasId(row) ? textOf(this.numbers[row * 2]!, this.numbers[row * 2 + 1]!) : '');
  }

  /** Whether a row has an id that is not empty. */
  hasId(row: number): boolean {
    return row < this.length && (this.numbers[row * 2] !== 0 || this.numbers[row * 2 + 1] !== 0);
  }

  *[Symbol.iterator](): Generator<string, void> {
    for (let row = 0; row < this.length; row++) yield this.at(row);
  }

  /** Gives back what was taken for rows that did not come. */
  trim(): void {
    this.#isTrimmed = true;
    if (this.length * 2 < this.numbers.length) this.#resize(this.length);
  }

  #resize(rows: number): void {
    const resized = new Int32Array(rows * 2);
    resized.set(this.numbers.subarray(0, rows * 2));
    this.numbers = resized;
  }
}

/** The id that two numbers are. */
export const textOf = (high: number, low: number): string => hexOf(high) + hexOf(low);

const hexOf = (number: number): string => (number >>> 0).toString(16).padStart(8, '0');

export const randomSeed = (): number => (Math.random() * 0x1_0000_0000) | 0;

/** The value of each small hex digit by its code; -1 for what is none. */
const DIGITS = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value++) DIGITS[value.toString(16).charCodeAt(0)] = value;

const digitOf = (code: number): number => (code < 128 ? DIGITS[code]! : -1);

/** Writes the two numbers of an id. Gives whether they are the id, and not only a hash of it. */
export function writeIdNumbers(id: string, seed: number, target: Int32Array, at: number): boolean {
  if (id.length === 16 && writeDigits(id, target, at)) return true;
  target[at] = id === '' ? 0 : hashOf(id, seed);
  target[at + 1] = id.length;
  return id === '';
}

/** Writes what 16 small hex digits are. Gives whether they are that, and not all 0, which would look like no id. */
function writeDigits(id: string, target: Int32Array, at: number): boolean {
  let high = 0;
  let low = 0;
  let all = 0;
  for (let place = 0; place < 8; place++) {
    const one = digitOf(id.charCodeAt(place));
    const other = digitOf(id.charCodeAt(place + 8));
    // Negative once any of them is.
    all |= one | other;
    high = (high << 4) | one;
    low = (low << 4) | other;
  }
  if (all <= 0) return false;
  target[at] = high;
  target[at + 1] = low;
  return true;
}

function hashOf(id: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
