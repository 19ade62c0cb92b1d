import type { StickyRows } from '../../internal/sticky-rows.js';
import { SpanRow, type RowForm, type RowLook, type RowState } from './span-row.js';

/** What rows show: their look, how much of it, and the state of each by its number. */
export interface RowsView {
  look: RowLook;
  form: RowForm;
  placeOf(row: number): number;
  stateOf(place: number, row: number): RowState;
}

/**
 * The rows that are in the DOM. Each shows every so-manieth row of the list, so that one that goes out of sight at one end
 * comes in at the other, and what stays in sight is not touched.
 */
export class SpanRows {
  readonly #container: HTMLElement;
  #rows: SpanRow[] = [];
  /** Those that were too many: when all was closed and is opened again, they come back as they were. */
  readonly #spare: SpanRow[] = [];
  /** What the spare ones have shown: of another trace, they would only keep that one alive. */
  #look: RowLook | undefined;
  /** The number of a row that the first one shows, when it shows what is in sight. */
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
    if (view.look !== this.#look) this.#spare.length = 0;
    this.#look = view.look;
    for (let row = first; row < end; row++) showIn(this.#rowAt(row), row, view);
    this.#pin(pinned, first, view);
  }

  /** Has as many rows as are wanted, from this one on: other rows are to be shown. */
  resize(first: number, count: number): void {
    const turn = this.#rows.length ? modulo(first - this.#offset, this.#rows.length) : 0;
    if (turn > 0) this.#rows = [...this.#rows.slice(turn), ...this.#rows.slice(0, turn)];
    this.#offset = first;
    for (const row of this.#rows.splice(count).reverse()) {
      row.element.remove();
      this.#spare.push(row);
    }
    const added: SpanRow[] = [];
    while (this.#rows.length + added.length < count) added.push(this.#spare.pop() ?? new SpanRow());
    this.#rows.push(...added);
    this.#container.append(...added.map(({ element }) => element));
  }

  /**
   * Brings the rows into the order in which they are seen, this one first: it is lost while they come in and go out of sight.
   * The longest stretch that is in order stays, as each row that is moved is laid out anew.
   */
  order(first: number): void {
    this.resize(first, this.count);
    const elements = this.#rows.map(({ element }) => element);
    const places = new Map(Array.from(this.#container.children, (child, place) => [child, place]));
    let [from, end] = [0, 0];
    for (let begin = 0, at = 1; at <= elements.length; at++) {
      if (at < elements.length && places.get(elements[at]!)! > places.get(elements[at - 1]!)!) continue;
      if (at - begin > end - from) [from, end] = [begin, at];
      begin = at;
    }
    elements[from]?.before(...elements.slice(0, from));
    elements[end - 1]?.after(...elements.slice(end));
  }

  /** Shows nothing. What was shown is not kept; so many blank rows, each so high, stand ready for what comes. */
  clear(ready: number, height: number): void {
    if (this.#look) {
      this.resize(0, 0);
      this.#spare.length = 0;
    }
    this.#look = undefined;
    this.#pinned?.element.remove();
    this.#pinned = undefined;
    this.resize(0, ready);
    this.#rows.forEach((row, at) => row.standReady(at, at * height));
  }

  /** The row that an element is in. */
  rowWith(element: Element): SpanRow | undefined {
    return rowWith(this.#pinned ? [...this.#rows, this.#pinned] : this.#rows, element);
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

function showIn(item: SpanRow, row: number, { look, form, placeOf, stateOf }: RowsView): void {
  const place = placeOf(row);
  item.show(place, look, stateOf(place, row), form);
}

function rowWith(rows: readonly SpanRow[], element: Element): SpanRow | undefined {
  const wanted = element.closest('.row');
  return rows.find((row) => row.element === wanted);
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
    return rowWith(this.#rows, element);
  }
}
