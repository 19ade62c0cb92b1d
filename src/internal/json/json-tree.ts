import {
  childOf,
  isBase64,
  isContainer,
  keysOf,
  looksLikeJson,
  parsedContainer,
  ROW_TEXT,
  sizeOf,
} from './json-value.js';
import type { JsonPath } from './json-search.js';
import { TextLines } from './text-lines.js';

/** What a row shows. */
export interface JsonRow {
  /** The open value that the row is in. */
  readonly branch: JsonBranch;
  /** Its place there. */
  readonly index: number;
  /** Key in an object, number in a list; `undefined` for a line of a text and for a value that is the whole. */
  readonly key: string | number | undefined;
  readonly value: unknown;
  /** 1 for the outermost rows. */
  readonly level: number;
  /** Whether there is anything to open. */
  readonly canOpen: boolean;
  readonly isOpen: boolean;
}

/** Longer strings are parsed when they are opened, not when their row is shown. */
const PARSED_AT_SIGHT = 20_000;
/** Values that “open all” opens at the most: more would be nobody's to read. */
const MOST_OPENED = 50_000;

/**
 * An open value: how many rows it holds, and which of its children are open. Rows are counted, not listed, so that a list of a
 * million items costs no more than a short one.
 */
export class JsonBranch {
  readonly parent: JsonBranch | undefined;
  /** Place in the parent. */
  readonly index: number;
  /** The object, list or text that is open; for the outermost branch of a plain value, that value in a list. */
  readonly container: object | TextLines;
  readonly keys: readonly string[] | undefined;
  readonly count: number;
  /** Rows inside, those of open children too. */
  rows: number;
  readonly level: number;
  readonly open = new Map<number, JsonBranch>();
  /** Open children in order, and the row of each. Made when asked for. */
  #order: readonly number[] | undefined;
  #starts: readonly number[] | undefined;

  constructor(container: object | TextLines, parent?: JsonBranch, index = 0) {
    this.container = container;
    this.parent = parent;
    this.index = index;
    this.level = parent ? parent.level + 1 : 1;
    this.keys = container instanceof TextLines ? undefined : keysOf(container);
    this.count = container instanceof TextLines ? container.count : sizeOf(container);
    this.rows = this.count;
  }

  keyAt(index: number): string | number | undefined {
    if (this.container instanceof TextLines) return undefined;
    return this.keys ? this.keys[index]! : index;
  }

  valueAt(index: number): unknown {
    if (this.container instanceof TextLines) return this.container.at(index);
    return childOf(this.container, this.keys ? this.keys[index]! : index);
  }

  /** To be called when what is open has changed, with the rows that came or went. */
  changed(rows: number, isOwn = true): void {
    this.rows += rows;
    this.#starts = undefined;
    if (isOwn) this.#order = undefined;
  }

  /** Which child a row belongs to, and the row inside it: -1 is the child's own. */
  childAt(row: number): { index: number; inside: number } {
    const { order, starts } = this.#places();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= row) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return { index: row, inside: -1 };
    const index = order[low - 1]!;
    const behind = row - starts[low - 1]!;
    const { rows } = this.open.get(index)!;
    return behind <= rows ? { index, inside: behind - 1 } : { index: index + behind - rows, inside: -1 };
  }

  /** The row of a child. */
  rowOf(index: number): number {
    const { order, starts } = this.#places();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (order[middle]! < index) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return index;
    const before = order[low - 1]!;
    return starts[low - 1]! + this.open.get(before)!.rows + (index - before);
  }

  #places(): { order: readonly number[]; starts: readonly number[] } {
    this.#order ??= [...this.open.keys()].sort((one, other) => one - other);
    if (!this.#starts) {
      const starts: number[] = [];
      let inside = 0;
      for (const index of this.#order) {
        starts.push(index + inside);
        inside += this.open.get(index)!.rows;
      }
      this.#starts = starts;
    }
    return { order: this.#order, starts: this.#starts };
  }
}

/** The rows of a JSON value that is partly open. Nothing in here depends on how large the closed rest is. */
export class JsonTree {
  readonly root: JsonBranch;
  /** Characters of a text's line at the most. */
  #columns = 100;
  /** Whether the value is a plain one, which is a row of its own without a key. */
  readonly isPlain: boolean;

  constructor(value: unknown) {
    this.isPlain = !isContainer(value);
    this.root = new JsonBranch(isContainer(value) ? value : [value]);
  }

  get rowCount(): number {
    return this.root.rows;
  }

  rowAt(row: number): JsonRow {
    let branch = this.root;
    for (let place = branch.childAt(row); ; place = branch.childAt(row)) {
      if (place.inside < 0) return this.#row(branch, place.index);
      branch = branch.open.get(place.index)!;
      row = place.inside;
    }
  }

  /** The row of a child of an open branch. */
  rowOf(branch: JsonBranch, index: number): number {
    let row = branch.rowOf(index);
    for (let at = branch; at.parent; at = at.parent) row += 1 + at.parent.rowOf(at.index);
    return row;
  }

  open(branch: JsonBranch, index: number): JsonBranch | undefined {
    const known = branch.open.get(index);
    if (known) return known;
    const container = inside(branch.valueAt(index), this.#columns);
    if (!container || branch.container instanceof TextLines) return undefined;
    const opened = new JsonBranch(container, branch, index);
    branch.open.set(index, opened);
    this.#changed(branch, opened.rows);
    return opened;
  }

  close(branch: JsonBranch, index: number): void {
    const closed = branch.open.get(index);
    if (!closed) return;
    branch.open.delete(index);
    this.#changed(branch, -closed.rows);
  }

  /** Breaks the lines of open texts anew, for another width. */
  setColumns(columns: number): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    const branches = [this.root];
    for (const branch of branches) {
      for (const [index, child] of [...branch.open]) {
        if (child.container instanceof TextLines) {
          this.close(branch, index);
          this.open(branch, index);
        } else branches.push(child);
      }
    }
  }

  closeAll(): void {
    this.root.open.clear();
    this.root.changed(this.root.count - this.root.rows);
  }

  /**
   * Opens objects and lists from the outside in, while there is room.
   *
   * @param mostRows rows that are shown at the most when it is done; one opened value may go beyond
   * @returns whether everything is open
   */
  openOutside(mostRows = Infinity): boolean {
    const branches = [this.root];
    let opened = 0;
    for (const branch of branches) {
      for (let index = 0; index < branch.count; index++) {
        if (opened === MOST_OPENED || this.rowCount >= mostRows) return false;
        const value = branch.valueAt(index);
        if (!isContainer(value) || sizeOf(value) === 0) continue;
        if (this.rowCount + sizeOf(value) > mostRows) return false;
        branches.push(this.open(branch, index)!);
        opened++;
      }
    }
    return true;
  }

  /** Opens whatever is on the way to a value, and gives its row. */
  reveal(path: JsonPath): number {
    const indexes: number[] = [];
    for (let at: JsonPath | undefined = path; at; at = at.parent) indexes.push(at.index);
    let branch = this.root;
    for (let at = indexes.length - 1; at > 0; at--) branch = this.open(branch, indexes[at]!)!;
    return this.rowOf(branch, path.index);
  }

  /** `$.messages[0]["odd key"]`: how JavaScript names the value of a row. */
  pathOf({ branch, index }: JsonRow): string {
    const pieces: string[] = [];
    for (let at: JsonBranch | undefined = branch, child = index; at; child = at.index, at = at.parent) {
      const key = this.isPlain && !at.parent ? undefined : at.keyAt(child);
      if (typeof key === 'number') pieces.push(`[${key}]`);
      else if (key !== undefined) pieces.push(/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
    }
    return `$${pieces.reverse().join('')}`;
  }

  #row(branch: JsonBranch, index: number): JsonRow {
    const value = branch.valueAt(index);
    const isLine = branch.container instanceof TextLines;
    return {
      branch,
      index,
      key: this.isPlain && !branch.parent ? undefined : branch.keyAt(index),
      value,
      level: branch.level,
      canOpen: !isLine && canOpen(value),
      isOpen: branch.open.has(index),
    };
  }

  #changed(branch: JsonBranch, rows: number): void {
    branch.changed(rows);
    for (let above = branch.parent; above; above = above.parent) above.changed(rows, false);
  }
}

/** What a row opens into: an object's or a list's children, those of the JSON that a string holds, or a text's lines. */
function inside(value: unknown, columns: number): object | undefined {
  if (typeof value === 'string') {
    if (isBase64(value)) return undefined;
    return parsedContainer(value) ?? (isLong(value) ? new TextLines(value, columns) : undefined);
  }
  return isContainer(value) && sizeOf(value) > 0 ? value : undefined;
}

function canOpen(value: unknown): boolean {
  if (typeof value !== 'string') return isContainer(value) && sizeOf(value) > 0;
  return !isBase64(value) && (isLong(value) || holdsJson(value));
}

/** Whether a string is the text of an object or a list. Long ones are taken at their looks. */
export const holdsJson = (value: string): boolean =>
  value.length > 2 && (value.length > PARSED_AT_SIGHT ? looksLikeJson(value) : parsedContainer(value) !== undefined);

const isLong = (value: string): boolean => value.length > ROW_TEXT || value.includes('\n');
