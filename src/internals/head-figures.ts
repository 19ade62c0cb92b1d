/** What an attention head does, in three numbers. */
export interface HeadFigures {
  /** Share of the attention that goes to the first key, which heads without anything to do look at. */
  sink: number;
  /** Share that goes to the token before. */
  prev: number;
  /** Of a row, in nats: 0 where all goes to one key. */
  entropy: number;
}

/**
 * Means over the queries of a head but the first one, which can look at nothing but itself.
 *
 * @param matrix queries × keys, row by row; what is not a number was not kept
 * @param own the column of the first query's own token: 0 where queries and keys are the same tokens
 */
export function headFigures(matrix: ArrayLike<number>, rows: number, columns: number, own = 0): HeadFigures {
  let [sink, prev, entropy] = [0, 0, 0];
  const at = (row: number, column: number): number => matrix[row * columns + column]! || 0;
  const first = rows > 1 ? 1 : 0;
  for (let row = first; row < rows; row++) {
    sink += at(row, 0);
    const before = own + row - 1;
    if (before >= 0 && before < columns) prev += at(row, before);
    for (let column = 0; column < columns; column++) {
      const share = at(row, column);
      if (share > 0) entropy -= share * Math.log(share);
    }
  }
  const counted = Math.max(1, rows - first);
  return { sink: sink / counted, prev: prev / counted, entropy: entropy / counted };
}
