import type { SpanTree } from '../model/index.js';

/** The only spans that have rows while others are hidden, by position: 1 for what is wanted, 1 for what that is inside of. */
export interface RowFilter {
  readonly matches: Uint8Array;
  readonly ancestors: Uint8Array;
}

/**
 * Which spans of a tree have a row: all but those inside a closed one. A row is a number from 0, a position a span's place
 * in the tree. While nothing is closed, each row is its position and nothing is kept; opening or closing a span moves the
 * rows behind it and lists those inside it, and looks at no others.
 *
 * While there is a filter, only what it keeps has a row, and what is closed is another matter: what was closed before comes
 * back with the rest.
 */
export class TreeRows {
  readonly tree: SpanTree;
  /** 1 for a span that is closed, by position. Means nothing for one without children. Absent while all are open. */
  #closed: Uint8Array | undefined;
  /** 1 for a span that a filter keeps, its ancestors among them. */
  #kept: Uint8Array | undefined;
  /** 1 for a span that such spans are inside of. */
  #holding: Uint8Array | undefined;
  /** What is closed where there is no filter, while there is one. */
  #closedBefore: Uint8Array | undefined;
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

  /** Whether there are spans inside it that may have rows. */
  isParent(position: number): boolean {
    return this.#holding ? this.#holding[position] === 1 : this.tree.childCount[position]! > 0;
  }

  get isFiltered(): boolean {
    return this.#kept !== undefined;
  }

  /** Whether no filter hides it. */
  isKept(position: number): boolean {
    return !this.#kept || this.#kept[position] === 1;
  }

  /** Hides all others, or shows them again. The first filter opens everything, another one closes and opens nothing. */
  filter(filter: RowFilter | undefined): void {
    if (!filter) {
      if (!this.#kept) return;
      this.#kept = this.#holding = undefined;
      this.#closed = this.#closedBefore;
      this.#closedBefore = undefined;
    } else {
      if (!this.#kept) {
        this.#closedBefore = this.#closed;
        this.#closed = undefined;
      }
      const { matches, ancestors } = filter;
      this.#holding = ancestors.slice();
      this.#kept = ancestors.slice();
      for (let position = 0; position < matches.length; position++) if (matches[position]) this.#kept[position] = 1;
    }
    this.#listAll();
  }

  /** Has a position kept that the filter hides, and what it is inside of. */
  keep(position: number): void {
    if (!this.#kept || this.#kept[position]) return;
    this.#kept[position] = 1;
    for (let above = this.tree.parent[position]!; above >= 0; above = this.tree.parent[above]!) {
      this.#kept[above] = this.#holding![above] = 1;
    }
    this.#listAll();
  }

  isClosed(position: number): boolean {
    return this.#closed?.[position] === 1 && this.isParent(position);
  }

  /** The position itself, or the outermost closed one that hides it; of one that a filter hides, the nearest that it keeps. */
  shown(position: number): number {
    const { parent } = this.tree;
    let shown = position;
    if (this.#kept) {
      while (shown >= 0 && !this.#kept[shown]) shown = parent[shown]!;
      if (shown < 0) return this.#count ? this.at(Math.min(this.#firstFrom(position), this.#count - 1)) : position;
    }
    if (this.#closed) for (let at = shown; at >= 0; at = parent[at]!) if (this.isClosed(at)) shown = at;
    return shown;
  }

  toggle(position: number, isOpen: boolean): void {
    if (!this.isParent(position) || this.isClosed(position) !== isOpen) return;
    const wereAllOpen = !this.#closed;
    this.#marks[position] = isOpen ? 0 : 1;
    if (wereAllOpen) this.#listAll();
    else this.#list(position);
  }

  /** Opens a span and all that is inside it. */
  openInside(position: number): void {
    this.#closed?.fill(0, position, position + this.tree.size[position]!);
    this.#list(position);
  }

  /** Opens what hides a position. */
  openAbove(position: number): void {
    this.keep(position);
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
    this.#listAll();
  }

  /** Leaves the roots. */
  closeAll(): void {
    this.#marks.fill(1);
    this.#listAll();
  }

  /** Closes what was closed in another tree, where this one has it: `find` gives its position here. */
  closeAs(before: TreeRows, find: (position: number) => number | undefined): void {
    const marks = before.#kept ? before.#closedBefore : before.#closed;
    if (!marks) return;
    const closed: number[] = [];
    for (let position = 0; position < marks.length; position++) {
      const isClosed = marks[position] === 1 && before.tree.childCount[position]! > 0;
      const now = isClosed ? find(position) : undefined;
      if (now !== undefined) closed.push(now);
    }
    this.close(closed);
  }

  /** Closes all of these at once. */
  close(positions: Iterable<number>): void {
    const marks = this.#marks;
    for (const position of positions) marks[position] = 1;
    this.#listAll();
  }

  /** The marks of what is closed, made where there were none: then all rows are to be listed. */
  get #marks(): Uint8Array {
    return (this.#closed ??= new Uint8Array(this.tree.nodes.length));
  }

  /** The next span with a row behind one that has a row. */
  #next(position: number): number {
    return this.#keptFrom(position + (this.#closed?.[position] ? this.tree.size[position]! : 1));
  }

  /** The first one from here on that no filter hides. What is hidden hides all that is inside it. */
  #keptFrom(position: number): number {
    if (!this.#kept) return position;
    let at = position;
    while (at < this.#kept.length && !this.#kept[at]) at += this.tree.size[at]!;
    return at;
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

  /** Lists all rows anew. */
  #listAll(): void {
    const { length } = this.tree.nodes;
    if (!this.#closed && !this.#kept) {
      this.#positions = undefined;
      this.#count = length;
      return;
    }
    const positions = (this.#positions ??= new Uint32Array(length));
    this.#count = 0;
    for (let position = this.#keptFrom(0); position < length; position = this.#next(position)) {
      positions[this.#count++] = position;
    }
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

/** How many of the first `position` spans are errors, or the like, for each position: those of a subtree are a difference. */
export function errorsBefore(tree: SpanTree, isError: (position: number) => boolean): Uint32Array {
  const before = new Uint32Array(tree.nodes.length + 1);
  let count = 0;
  for (let position = 0; position < tree.nodes.length; position++) {
    if (isError(position)) count++;
    before[position + 1] = count;
  }
  return before;
}
