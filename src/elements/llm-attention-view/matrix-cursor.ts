import type { Part } from './heat-map.js';
import { mostZoom, partAround, partWith, type Pair } from './matrix-part.js';
import { strongest, type Matrix } from './matrix.js';

/** Where a person is in a matrix: the pair that keys start from, the one below the pointer, what is in sight. */
export class MatrixCursor {
  active: Pair = { row: 0, column: 0 };
  /** Whether the pair stays, whatever the pointer does. */
  isHeld = false;
  zoom = 0;
  rows = 0;
  columns = 0;
  readonly #changed: () => void;
  #hovered: Pair | undefined;
  #part: Part | undefined;
  /** Whether the row is to begin with what it looks at most, once that is known. */
  #isFresh = false;

  /** @param changed called when something of it is another */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The part of the matrix that is in sight. */
  get part(): Part {
    return this.#part ?? { row: 0, rows: this.rows, column: 0, columns: this.columns };
  }

  /** The pair that is told of. */
  get told(): Pair {
    return (this.isHeld ? undefined : this.#hovered) ?? this.active;
  }

  get mostZoom(): number {
    return mostZoom(this.rows, this.columns);
  }

  /** Begins in another matrix, at a row. */
  enter(rows: number, columns: number, row: number): void {
    this.rows = rows;
    this.columns = columns;
    this.zoom = 0;
    this.isHeld = false;
    this.#part = undefined;
    this.goToRow(row);
  }

  /** Goes to a row, and to what it looks at most. */
  goToRow(row: number): void {
    this.#hovered = undefined;
    this.#isFresh = true;
    this.moveTo({ ...this.active, row });
  }

  /** What the matrix says, once it is there. */
  meet(matrix: Matrix | undefined): void {
    if (!this.#isFresh || !matrix) return;
    this.#isFresh = false;
    const [look] = strongest(matrix, this.active.row, 1);
    if (look) this.moveTo({ ...this.active, column: look.column });
  }

  /** As far as the matrix goes; it comes into sight. */
  moveTo({ row, column }: Pair): void {
    this.active = { row: clamp(row, this.rows), column: clamp(column, this.columns) };
    const { part } = this;
    const moved = partWith(part, this.active);
    if (moved.row !== part.row || moved.column !== part.column) this.#part = moved;
    this.#changed();
  }

  zoomBy(by: 1 | -1): void {
    this.zoom = Math.max(0, Math.min(this.mostZoom, this.zoom + by));
    this.#part = partAround(this, this.active, this.zoom);
    this.#changed();
  }

  hover(pair: Pair | undefined): void {
    if (pair?.row === this.#hovered?.row && pair?.column === this.#hovered?.column) return;
    this.#hovered = pair;
    this.#changed();
  }
}

const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
