import type { StickyRows } from '../../internal/sticky-rows.js';
import { SpanRow, type RowForm, type RowLook, type RowState } from './span-row.js';

/** What rows show: their look, how much of it, and the state of each by its number. */
export interface RowsView {
  look: RowLook;
  form: RowForm;
  positionOf(row: number): number;
  stateOf(position: number, row: number): RowState;
}

/**
 * The rows that are in the DOM. Each shows every so-manieth row of the list, so that one that goes out of sight at one end
 * comes in at the other, and what stays in sight is not touched.
 */
export class SpanRows {
  readonly #container: HTMLElement;
  #rows: SpanRow[] = [];
  /** The number of a row that the first element shows, when it shows what is in sight. */
  #offset = 0;
  /** The active row, where it is out of sight. */
  #pinned: SpanRow | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  get count(): number {
    return this.#rows.length;
  }

  /**
   * Shows other rows of the same list. Those that were there and are not wanted may stay.
   *
   * @param pinned a row outside of `first` to `end` that is to be in the DOM too; -1 for none
   */
  show(first: number, end: number, pinned: number, view: RowsView): void {
    for (let row = first; row < end; row++) showIn(this.#rowAt(row), row, view);
    this.#pin(pinned, first, view);
  }

  /** Has as many rows as are wanted, in the order in which they are seen, from this one on: other rows are to be shown. */
  arrange(first: number, count: number): void {
    const rows = this.#rows;
    for (const { element } of rows.splice(count)) element.remove();
    const turn = rows.length ? modulo(first - this.#offset, rows.length) : 0;
    if (turn > 0) this.#rows = [...rows.slice(turn), ...rows.slice(0, turn)];
    this.#offset = first;
    while (this.#rows.length < count) this.#rows.push(new SpanRow());
    if (turn > 0 || this.#rows.length !== this.#container.childElementCount - (this.#pinned ? 1 : 0)) {
      this.#container.append(...this.#rows.map(({ element }) => element));
    }
  }

  clear(): void {
    this.arrange(0, 0);
    this.#pinned?.element.remove();
    this.#pinned = undefined;
  }

  /** The row that an element is in. */
  rowWith(element: Element): SpanRow | undefined {
    const rows = this.#pinned ? [...this.#rows, this.#pinned] : this.#rows;
    return rows.find((row) => row.element.contains(element));
  }

  #rowAt(row: number): SpanRow {
    return this.#rows[modulo(row - this.#offset, this.#rows.length)]!;
  }

  #pin(pinned: number, first: number, view: RowsView): void {
    if (pinned < 0) {
      this.#pinned?.element.remove();
      this.#pinned = undefined;
      return;
    }
    this.#pinned ??= new SpanRow();
    showIn(this.#pinned, pinned, view);
    const { element } = this.#pinned;
    if (pinned < first) {
      if (this.#container.firstChild !== element) this.#container.prepend(element);
    } else if (this.#container.lastChild !== element) this.#container.append(element);
  }
}

function showIn(item: SpanRow, row: number, { look, form, positionOf, stateOf }: RowsView): void {
  const position = positionOf(row);
  item.show(position, look, stateOf(position, row), form);
}

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** What the first row in sight is inside of, as copies above the rows. They are there for the eye and the mouse. */
export class StickyCopies {
  readonly #container: HTMLElement;
  readonly #rows: SpanRow[] = [];

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /**
   * @param height of a row, in px
   * @param cut how much of the first row is scrolled away, in px
   */
  show({ positions, isPushed }: StickyRows, height: number, cut: number, { look, form, stateOf }: RowsView): void {
    for (const { element } of this.#rows.splice(positions.length)) element.remove();
    while (this.#rows.length < positions.length) {
      const row = new SpanRow(true);
      this.#rows.push(row);
      // The innermost is the lowest one, and moves under the one above it when it is pushed away.
      this.#container.prepend(row.element);
    }
    positions.forEach((position, at) => {
      const top = at * height - (isPushed && at === positions.length - 1 ? cut : 0);
      this.#rows[at]!.show(position, look, { ...stateOf(position, -1), top }, form);
    });
  }

  rowWith(element: Element): SpanRow | undefined {
    return this.#rows.find((row) => row.element.contains(element));
  }
}
