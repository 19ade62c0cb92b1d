/** How much each query looks at each key, row by row; what was not kept is not a number. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Several heads as one. */
export type HeadPool = 'mean' | 'max';

export function greatestOf({ values }: Matrix, first = 0): number {
  let greatest = 0;
  for (let at = first; at < values.length; at++) if (values[at]! > greatest) greatest = values[at]!;
  return greatest;
}

/** Rows at the beginning of a text that have few keys to look at, and so give each of them much. */
const FEW = 16;

/** Where the scale of a matrix ends: the greatest value, but for the first rows, beside which all others would be pale. */
export const scaleEnd = (matrix: Matrix): number =>
  greatestOf(matrix, Math.min(FEW, Math.floor(matrix.rows / 4)) * matrix.columns) || greatestOf(matrix);

/** A copy without the first key; what is left of each row is divided by its sum, so that it adds up as before. */
export function withoutSink({ values, rows, columns }: Matrix): Matrix {
  const left = Float32Array.from(values);
  for (let row = 0; row < rows; row++) {
    const first = row * columns;
    let sum = 0;
    for (let at = first + 1; at < first + columns; at++) sum += left[at]! || 0;
    const whole = sum + (left[first]! || 0);
    left[first] = NaN;
    if (sum > 0) for (let at = first + 1; at < first + columns; at++) left[at]! *= whole / sum;
  }
  return { values: left, rows, columns };
}

/** Adds one head to those that are put together. */
export class PooledHeads {
  readonly #how: HeadPool;
  #values: Float32Array | undefined;
  #count = 0;

  constructor(how: HeadPool) {
    this.#how = how;
  }

  add(values: Float32Array): void {
    this.#count++;
    const pooled = this.#values;
    if (!pooled) {
      this.#values = Float32Array.from(values);
      return;
    }
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      if (Number.isNaN(value)) continue;
      const before = pooled[at]!;
      if (Number.isNaN(before)) pooled[at] = value;
      else pooled[at] = this.#how === 'mean' ? before + value : Math.max(before, value);
    }
  }

  /** What they are together; nothing where there was none. */
  finish(): Float32Array | undefined {
    const { length } = this.#values ?? [];
    if (length && this.#how === 'mean') for (let at = 0; at < length; at++) this.#values![at]! /= this.#count;
    return this.#values;
  }
}

/** A key that a query looks at, and how much. */
export interface Look {
  readonly column: number;
  readonly value: number;
}

/** What a query looks at, the most first. */
export function strongest({ values, columns }: Matrix, row: number, most: number): Look[] {
  const looks: Look[] = [];
  for (let column = 0; column < columns; column++) {
    const value = values[row * columns + column]!;
    // Written so that what is not a number is left out.
    if (!(value > 0) || (looks.length === most && value <= looks.at(-1)!.value)) continue;
    let at = looks.length;
    while (at > 0 && looks[at - 1]!.value < value) at--;
    looks.splice(at, 0, { column, value });
    if (looks.length > most) looks.pop();
  }
  return looks;
}

/** All that a query looks at, together. */
export function sumOfRow({ values, columns }: Matrix, row: number): number {
  let sum = 0;
  for (let at = row * columns; at < (row + 1) * columns; at++) sum += values[at]! || 0;
  return sum;
}
