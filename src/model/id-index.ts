import { textOf, writeIdNumbers, type IdColumn } from './id-column.js';

/** How many slots are looked at before the ids are held to collide on purpose. */
const LONGEST_PROBE = 1024;

/** Slots for each id: with fewer, the ids stand in long queues; with more, each is a miss of the cache. */
const SLOTS_AN_ID = 1.7;
/** With fewer slots an id than this, there have to be more. */
const LEAST_SLOTS_AN_ID = 1.3;
/** How much larger what is full becomes. */
const GROWTH = 1.25;

/**
 * Gives rows with distinct ids places, from 0, and finds the place of an id. Open addressing in one typed array: at a
 * million spans a `Map` takes three times as long and twice the memory. Ids are data: where somebody has made them
 * collide, a `Map` takes over. More rows may be added at any time; places stay.
 */
export class IdIndex {
  /** The row of each place. May be longer. */
  rows: Uint32Array<ArrayBuffer>;
  /** How many places there are. */
  length = 0;
  readonly #ids: IdColumn;
  /**
   * The place and 1, or 0 where it is free. In the bits above are the lowest of the hash: where those differ it is another
   * id, and its numbers, which lie somewhere else in the memory, need not be looked at.
   */
  #slots: Int32Array;
  /** How many bits are for the place. */
  #placeBits: number;
  #map: Map<string, number> | undefined;
  readonly #sought = new Int32Array(2);

  /**
   * @param rows where the rows of places are written: has room for all that are expected. May be the very list that is
   * gone through while its rows are added.
   */
  constructor(ids: IdColumn, rows: Uint32Array<ArrayBuffer>) {
    this.#ids = ids;
    this.rows = rows;
    this.#slots = new Int32Array(Math.ceil(rows.length * SLOTS_AN_ID) + 1);
    this.#placeBits = bitsFor(this.#slots);
  }

  /** Of the columns that `findOf` takes. */
  get seed(): number {
    return this.#ids.seed;
  }

  /** The place of an id; -1 where it has none. */
  find(id: string): number {
    const isValue = writeIdNumbers(id, this.#ids.seed, this.#sought, 0);
    return this.#find(this.#sought[0]!, this.#sought[1]!, isValue && this.#ids.isExact ? undefined : id);
  }

  /** As `find`, for the id that a row has in another column with the same seed. */
  findOf(column: IdColumn, row: number): number {
    const { numbers, isExact } = column;
    const id = isExact && this.#ids.isExact ? undefined : column.at(row);
    return this.#find(numbers[row * 2]!, numbers[row * 2 + 1]!, id);
  }

  /** Gives a row the next place. Where another has the same id, gives back the place of that, else -1. */
  add(row: number): number {
    const { numbers, isExact } = this.#ids;
    if ((this.length + 1) * LEAST_SLOTS_AN_ID > this.#slots.length) this.#addSlots();
    if (!this.#map) {
      const high = numbers[row * 2]!;
      const low = numbers[row * 2 + 1]!;
      const slots = this.#slots;
      const placeBits = this.#placeBits;
      const hash = this.#hashOf(high, low);
      const tag = hash << placeBits;
      let slot = slotOf(hash, slots);
      for (let probes = 0; probes < LONGEST_PROBE; probes++) {
        const taken = slots[slot]!;
        if (taken === 0) {
          slots[slot] = tag | (this.addUnfound(row) + 1);
          return -1;
        }
        if ((taken ^ tag) >>> placeBits === 0) {
          const known = (taken ^ tag) - 1;
          const other = this.rows[known]!;
          const isSame = numbers[other * 2] === high && numbers[other * 2 + 1] === low;
          if (isSame && (isExact || this.#ids.at(other) === this.#ids.at(row))) return known;
        }
        if (++slot === slots.length) slot = 0;
      }
      this.#map = this.#asMap();
    }
    const id = this.#ids.at(row);
    const known = this.#map.get(id);
    if (known === undefined) this.#map.set(id, this.addUnfound(row));
    return known ?? -1;
  }

  /** Gives a row the next place, where no id leads to. Gives back that place. */
  addUnfound(row: number): number {
    if (this.length === this.rows.length) {
      const grown = new Uint32Array(Math.ceil(this.length * GROWTH) + 16);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[this.length] = row;
    return this.length++;
  }

  /** @param id to be compared with; absent where ids are the same whose numbers are */
  #find(high: number, low: number, id: string | undefined): number {
    if (this.#map) return this.#map.get(id ?? textOf(high, low)) ?? -1;
    const { numbers } = this.#ids;
    const slots = this.#slots;
    const placeBits = this.#placeBits;
    const hash = this.#hashOf(high, low);
    const tag = hash << placeBits;
    for (let slot = slotOf(hash, slots); slots[slot] !== 0;) {
      const taken = slots[slot]!;
      if ((taken ^ tag) >>> placeBits === 0) {
        const place = (taken ^ tag) - 1;
        const row = this.rows[place]!;
        const isSame = numbers[row * 2] === high && numbers[row * 2 + 1] === low;
        if (isSame && (id === undefined || this.#ids.at(row) === id)) return place;
      }
      if (++slot === slots.length) slot = 0;
    }
    return -1;
  }

  #addSlots(): void {
    if (this.#map) return;
    const { numbers } = this.#ids;
    const before = this.#slots;
    const mask = this.#placeMask;
    const slots = (this.#slots = new Int32Array(Math.ceil(this.length * GROWTH * SLOTS_AN_ID) + 16));
    this.#placeBits = bitsFor(slots);
    for (const taken of before) {
      if (taken === 0) continue;
      const number = taken & mask;
      const row = this.rows[number - 1]!;
      const hash = this.#hashOf(numbers[row * 2]!, numbers[row * 2 + 1]!);
      let slot = slotOf(hash, slots);
      while (slots[slot] !== 0) if (++slot === slots.length) slot = 0;
      slots[slot] = (hash << this.#placeBits) | number;
    }
  }

  #asMap(): Map<string, number> {
    const map = new Map<string, number>();
    for (const taken of this.#slots) {
      const place = (taken & this.#placeMask) - 1;
      if (place >= 0) map.set(this.#ids.at(this.rows[place]!), place);
    }
    this.#slots = new Int32Array(0);
    return map;
  }

  get #placeMask(): number {
    return (1 << this.#placeBits) - 1;
  }

  #hashOf(high: number, low: number): number {
    const { seed } = this.#ids;
    let hash = Math.imul(high ^ seed, 0x9e3779b1) ^ Math.imul((low + seed) | 0, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0xc2b2ae35);
    return hash ^ (hash >>> 13);
  }
}

/** How many bits any number of a slot, from 1, needs. */
const bitsFor = (slots: Int32Array): number => 32 - Math.clz32(slots.length);

/** By the highest bits of the hash. */
const slotOf = (hash: number, slots: Int32Array): number => Math.floor(((hash >>> 0) / 0x1_0000_0000) * slots.length);
