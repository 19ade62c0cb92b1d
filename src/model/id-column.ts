/**
 * Ids by row: as texts, and each as 64 bits. Who looks for one compares numbers that stand together, and not texts that lie
 * all over the memory. Of 16 hex digits, which most ids are, the bits are the value; of anything else they are a hash.
 */
export class IdColumn {
  readonly texts: string[] = [];
  /** Two a row; both are 0 for an empty id, and for no other. May be longer than the column. */
  numbers = new Int32Array(0);
  /** Whether all ids are their numbers. */
  isExact = true;
  /** Nobody outside can know which ids have one hash. */
  readonly seed: number;

  constructor(seed: number = randomSeed()) {
    this.seed = seed;
  }

  push(id: string): void {
    this.set(this.texts.length, id);
  }

  set(row: number, id: string): void {
    this.texts[row] = id;
    if (row * 2 >= this.numbers.length) this.#grow();
    if (!writeIdNumbers(id, this.seed, this.numbers, row * 2)) this.isExact = false;
  }

  /** Whether a row has an id that is not empty. */
  hasId(row: number): boolean {
    return this.numbers[row * 2] !== 0 || this.numbers[row * 2 + 1] !== 0;
  }

  #grow(): void {
    const grown = new Int32Array(Math.max(128, this.numbers.length * 2));
    grown.set(this.numbers);
    this.numbers = grown;
  }
}

export const randomSeed = (): number => (Math.random() * 0x1_0000_0000) | 0;

/** Writes the two numbers of an id. Gives whether they are the id, and not only a hash of it. */
export function writeIdNumbers(id: string, seed: number, target: Int32Array, at: number): boolean {
  const isValue = id.length === 16;
  const high = isValue ? hexValue(id, 0) : -1;
  const low = high < 0 ? -1 : hexValue(id, 8);
  // The value 0 would look like no id.
  if (low >= 0 && high + low > 0) {
    target[at] = high;
    target[at + 1] = low;
    return true;
  }
  target[at] = id === '' ? 0 : hashOf(id, seed);
  target[at + 1] = id.length;
  return id === '';
}

/** The value of eight small hex digits; -1 where they are none. */
function hexValue(id: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 8; at++) {
    const code = id.charCodeAt(at);
    const digit = code < 58 ? code - 48 : code < 97 ? -1 : code - 87;
    if (digit < 0 || digit > 15) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hashOf(id: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
