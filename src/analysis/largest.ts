/** Keeps those of many that have the largest values, the largest first; of equal values the one that came first. */
export class Largest<Item = number> {
  readonly #most: number;
  readonly #items: Item[] = [];
  readonly #values: number[] = [];

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether an item of this value would be kept now. */
  takes(value: number): boolean {
    const { length } = this.#values;
    return length < this.#most || value > this.#values[length - 1]!;
  }

  add(item: Item, value: number): void {
    if (!this.takes(value)) return;
    const values = this.#values;
    let at = values.length;
    while (at > 0 && value > values[at - 1]!) at--;
    values.splice(at, 0, value);
    this.#items.splice(at, 0, item);
    if (values.length > this.#most) {
      values.pop();
      this.#items.pop();
    }
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** The largest value; `undefined` where there is none. */
  get largest(): number | undefined {
    return this.#values[0];
  }
}
