import type { RowWindow } from '../../internal/row-window.js';
import { stickyRows } from '../../internal/sticky-rows.js';
import type { ShownSpans } from './shown-spans.js';
import type { RowForm, RowLook } from './span-row.js';
import { SpanRows, StickyCopies, type RowsView } from './span-rows.js';
import type { SpanRow } from './span-row.js';

/** Ancestors of the first row that are kept in sight, and the share of a page that they may take. */
const MOST_STICKY = 5;
const STICKY_SHARE = 0.25;

interface Drawing {
  readonly shown: ShownSpans;
  readonly look: RowLook;
  /** Places; -1 for none. */
  readonly active: number;
  readonly selected: number;
  readonly form: RowForm;
}

/** The rows in the DOM, and above them copies of what the first one is inside of. */
export class DrawnRows {
  readonly #window: RowWindow;
  readonly #rows: SpanRows;
  readonly #sticky: StickyCopies;

  constructor(window: RowWindow, rows: HTMLElement, sticky: HTMLElement) {
    this.#window = window;
    this.#rows = new SpanRows(rows);
    this.#sticky = new StickyCopies(sticky);
  }

  /** There is nothing to show. Rows for what is in sight stand ready, and are blank. */
  clear(): void {
    this.#rows.clear(this.#window.rowsInSight, this.#window.rowHeight);
  }

  /** Brings the rows to what is in sight; as many as those, and in their order, where it rests. */
  draw({ shown, look, active, selected, form }: Drawing, isAtRest: boolean): void {
    const { rows } = shown;
    const window = this.#window;
    const { first, end, rowHeight, rowsAbove } = window;
    if (isAtRest || this.#rows.count < end - first) this.#rows.resize(first, end - first);
    const activeRow = rows.rowOf(active);
    // The active row must not vanish under a reader's focus, wherever it is.
    const pinned = activeRow >= first && activeRow < end ? -1 : activeRow;
    const view: RowsView = {
      look,
      form,
      placeOf: (row) => rows.at(row),
      stateOf: (place, row) => ({
        row,
        top: window.placeOf(row) * rowHeight,
        isActive: place === active,
        isSelected: place === selected,
        isParent: rows.isParent(place),
        isClosed: rows.isClosed(place),
        errorsHidden: shown.errorsHidden(place),
        matchesHidden: shown.matchesHidden(place),
        placeInSet: shown.placeInSet(place),
        setSize: shown.setSize(place),
      }),
    };
    this.#rows.show(first, end, pinned, view);
    if (isAtRest) this.#rows.order(first);
    const top = Math.min(Math.floor(rowsAbove), rows.count - 1);
    const cut = (rowsAbove - top) * rowHeight;
    this.#sticky.show(stickyRows(rows, Math.max(0, top), cut > 0, mostSticky(window)), rowHeight, cut, view);
  }

  /** The row that an element is in; none of those that are blank. */
  rowWith(element: Element): SpanRow | undefined {
    const row = this.#rows.rowWith(element) ?? this.#sticky.rowWith(element);
    return row?.place === undefined ? undefined : row;
  }
}

const mostSticky = ({ pageSize }: RowWindow): number => Math.min(MOST_STICKY, Math.floor(pageSize * STICKY_SHARE));

/** How many sticky rows there are where this row is the first one under them. */
export function stickyAbove(shown: ShownSpans | undefined, row: number, window: RowWindow): number {
  const depth = shown?.tree.depth[shown.rows.at(row)] ?? 0;
  return Math.min(depth, mostSticky(window));
}
