import type { SpanTree } from '../model/index.js';

/**
 * Which spans of a tree have a row: all but those inside a closed one. A row is a number from 0, a position a span's place
 * in the tree. While nothing is closed, each row is its position and nothing is kept; opening or closing a span moves the
 * rows behind it and lists those inside it, and looks at no others.
 */
export class TreeRows {
  readonly tree: SpanTree;
  /** 1 for a span that is closed, by position. Means nothing for one without children. Absent while all are open. */
  #closed: Uint8Array | undefined;
  /** The position of each row, ascending. Absent while all spans have one. */
  #positions: Uint32Array | undefined;
  #count: number;

  constructor(tree: SpanTree) {
    this.tree = tree;
    this.#count = tree.nodes.length;
  }

  get count(): number {
    return this.#count;
  }

  /** The position of a row. */
  at(row: number): number {
    return this.#positions ? this.#positions[row]! : row;
  }

  /** The row of a position; -1 where it has none. */
  rowOf(position: number): number {
    const row = this.#firstFrom(position);
    return row < this.#count && this.at(row) === position ? row : -1;
  }

  isParent(position: number): boolean {
    return this.tree.childCount[position]! > 0;
  }

  isClosed(position: number): boolean {
    return this.#closed?.[position] === 1 && this.isParent(position);
  }

  /** The position itself, or the outermost closed one that hides it. */
  shown(position: number): number {
    let shown = position;
    if (this.#closed) for (let at = position; at >= 0; at = this.tree.parent[at]!) if (this.isClosed(at)) shown = at;
    return shown;
  }

  toggle(position: number, isOpen: boolean): void {
    if (!this.isParent(position) || this.isClosed(position) !== isOpen) return;
    if (isOpen) this.#closed![position] = 0;
    else this.#marks()[position] = 1;
    this.#list(position);
  }

  /** Opens a span and all that is inside it. */
  openInside(position: number): void {
    this.#closed?.fill(0, position, position + this.tree.size[position]!);
    this.#list(position);
  }

  /** Opens what hides a position. */
  openAbove(position: number): void {
    let outermost = -1;
    for (let above = this.tree.parent[position]!; above >= 0; above = this.tree.parent[above]!) {
      if (!this.isClosed(above)) continue;
      this.#closed![above] = 0;
      outermost = above;
    }
    if (outermost >= 0) this.#list(outermost);
  }

  openAll(): void {
    this.#closed = undefined;
    this.#positions = undefined;
    this.#count = this.tree.nodes.length;
  }

  /** Leaves the roots. */
  closeAll(): void {
    const { size } = this.tree;
    this.#marks().fill(1);
    this.#count = 0;
    for (let root = 0; root < size.length; root += size[root]!) this.#positions![this.#count++] = root;
  }

  /** Closes what was closed in another tree, where this one has it: `find` gives its position here. */
  closeAs(before: TreeRows, find: (position: number) => number | undefined): void {
    if (!before.#closed) return;
    const marks = this.#marks();
    for (let position = 0; position < before.#closed.length; position++) {
      const now = before.isClosed(position) ? find(position) : undefined;
      if (now !== undefined) marks[now] = 1;
    }
    this.#count = 0;
    for (let position = 0; position < marks.length; position = this.#next(position)) {
      this.#positions![this.#count++] = position;
    }
  }

  /** The marks of what is closed, made where there were none. */
  #marks(): Uint8Array {
    if (!this.#closed) {
      const { length } = this.tree.nodes;
      this.#closed = new Uint8Array(length);
      this.#positions = new Uint32Array(length);
      for (let position = 0; position < length; position++) this.#positions[position] = position;
    }
    return this.#closed;
  }

  /** The next span with a row behind one that has a row. */
  #next(position: number): number {
    return position + (this.#closed![position] ? this.tree.size[position]! : 1);
  }

  /** The first row whose position is not below this one. */
  #firstFrom(position: number): number {
    if (!this.#positions) return Math.min(position, this.#count);
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Lists anew what is inside a span, if the span itself has a row. */
  #list(position: number): void {
    const row = this.rowOf(position);
    const rows = this.#positions;
    if (!rows || row < 0) return;
    const end = position + this.tree.size[position]!;
    const behind = this.#firstFrom(end);
    let inside = 0;
    for (let at = this.#next(position); at < end; at = this.#next(at)) inside++;
    rows.copyWithin(row + 1 + inside, behind, this.#count);
    this.#count += row + 1 + inside - behind;
    let target = row + 1;
    for (let at = this.#next(position); at < end; at = this.#next(at)) rows[target++] = at;
  }
}

/** How many of the first `position` spans are errors, for each position: the errors of a subtree are a difference. */
export function errorsBefore(tree: SpanTree, isError: (position: number) => boolean): Uint32Array {
  const before = new Uint32Array(tree.nodes.length + 1);
  for (let position = 0; position < tree.nodes.length; position++) {
    before[position + 1] = before[position]! + (isError(position) ? 1 : 0);
  }
  return before;
}
