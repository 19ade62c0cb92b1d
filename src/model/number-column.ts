/** A number for each row that states one, without a wrapper for each. Takes no memory until a row does. */
export class NumberColumn {
  /** By row; `NaN` where there is none. May be shorter or longer than the table. */
  values = new Float64Array(0);

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
    if (length < this.values.length) this.values = this.values.slice(0, length);
  }

  #grow(least: number): void {
    const { length } = this.values;
    const grown = new Float64Array(Math.max(least, length * 2, 64));
    grown.set(this.values);
    grown.fill(NaN, length);
    this.values = grown;
  }
}
