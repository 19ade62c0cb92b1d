import { stepsOf } from './steps.js';

/** How many slots are looked at before the ids are held to collide on purpose. */
const LONGEST_PROBE = 1024;

/** Slots for each id: with fewer, the ids stand in long queues; with more, each is a miss of the cache. */
const SLOTS_AN_ID = 1.7;

/**
 * Finds the place of a span by its id. Open addressing in one typed array: at a million spans a `Map` takes three times
 * as long and twice the memory. Ids are data: where somebody has made them collide, a `Map` takes over.
 */
export class IdIndex {
  /** Two numbers a slot: the place and 1, or 0 where it is free, and the hash of the id. */
  #slots: Int32Array;
  readonly #count: number;
  readonly #seed = (Math.random() * 0x1_0000_0000) | 0;
  readonly #ids: readonly string[];
  #rows: Uint32Array;
  #map: Map<string, number> | undefined;

  /**
   * @param ids by row
   * @param rows the row of each place
   */
  constructor(ids: readonly string[], rows: Uint32Array) {
    this.#ids = ids;
    this.#rows = rows;
    this.#count = Math.ceil(rows.length * SLOTS_AN_ID) + 1;
    this.#slots = new Int32Array(this.#count * 2);
  }

  /** The place of an id; -1 where it has none. */
  find(id: string): number {
    if (this.#map) return this.#map.get(id) ?? -1;
    const slots = this.#slots;
    const hash = hashOf(id, this.#seed);
    for (let slot = this.#slotOf(hash); slots[slot] !== 0; slot = this.#after(slot)) {
      const place = slots[slot]! - 1;
      if (slots[slot + 1] === hash && this.#ids[this.#rows[place]!] === id) return place;
    }
    return -1;
  }

  /** Gives an id a place; where it has one already, that stays and is given back, else -1. */
  add(id: string, place: number): number {
    if (!this.#map) {
      const slots = this.#slots;
      const hash = hashOf(id, this.#seed);
      let slot = this.#slotOf(hash);
      for (let probes = 0; probes < LONGEST_PROBE; probes++) {
        const known = slots[slot]! - 1;
        if (known < 0) {
          slots[slot] = place + 1;
          slots[slot + 1] = hash;
          return -1;
        }
        if (slots[slot + 1] === hash && this.#ids[this.#rows[known]!] === id) return known;
        slot = this.#after(slot);
      }
      this.#map = this.#asMap();
    }
    const known = this.#map.get(id);
    if (known === undefined) this.#map.set(id, place);
    return known ?? -1;
  }

  /**
   * Numbers the places anew.
   *
   * @param places the new place of each
   * @param rows the row of each new place
   */
  *renumber(places: Uint32Array, rows: Uint32Array): Generator<void, void> {
    this.#rows = rows;
    if (this.#map) for (const [id, place] of this.#map) this.#map.set(id, places[place]!);
    for (const [from, to] of stepsOf(this.#slots.length / 2)) {
      renumberSlots(this.#slots.subarray(from * 2, to * 2), places);
      yield;
    }
  }

  #asMap(): Map<string, number> {
    const map = new Map<string, number>();
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const place = this.#slots[slot]! - 1;
      if (place >= 0) map.set(this.#ids[this.#rows[place]!]!, place);
    }
    this.#slots = new Int32Array(0);
    return map;
  }

  #slotOf(hash: number): number {
    return Math.floor(((hash >>> 0) / 0x1_0000_0000) * this.#count) * 2;
  }

  #after(slot: number): number {
    return slot + 2 === this.#slots.length ? 0 : slot + 2;
  }
}

function renumberSlots(slots: Int32Array, places: Uint32Array): void {
  for (let slot = 0; slot < slots.length; slot += 2) {
    const place = slots[slot]! - 1;
    if (place >= 0) slots[slot] = places[place]! + 1;
  }
}

function hashOf(id: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
