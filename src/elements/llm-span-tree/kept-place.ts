import type { RowWindow } from '../../internal/row-window.js';
import { stickyAbove } from './drawn-rows.js';
import { newestSpan } from './newest-span.js';
import type { ShownSpans } from './shown-spans.js';

/** Keeps what a person looks at where it is while rows come and go. */
export class KeptPlace {
  readonly #window: RowWindow;
  /** The place that stays where it is, and how much of it was scrolled away, in rows. */
  #held: { place: number; cut: number } | undefined;

  constructor(window: RowWindow) {
    this.#window = window;
  }

  /** Remembers what is at the top, unless that is the beginning. What is remembered already stays. */
  hold({ rows }: ShownSpans): void {
    this.#window.readPlace();
    const above = this.#window.rowsAbove;
    const first = Math.floor(above);
    if (this.#held || above === 0 || first >= rows.count) return;
    this.#held = { place: rows.at(first), cut: above - first };
  }

  /** Remembers where this one is, if it is in sight, else what is at the top. */
  holdBest(shown: ShownSpans, place: number): void {
    const cut = this.inSight(shown, place);
    if (cut === undefined) this.hold(shown);
    else this.#held ??= { place, cut };
  }

  /** How much lower than the top a row is, as it is held; `undefined` where it is out of sight. */
  inSight({ rows }: ShownSpans, place: number): number | undefined {
    if (place < 0) return undefined;
    this.#window.readPlace();
    const row = rows.rowOf(place);
    const cut = this.#window.rowsAbove - row;
    return row >= 0 && cut <= 0 && -cut <= this.#window.pageSize ? cut : undefined;
  }

  holdAt(place: number, cut: number): void {
    this.#held = { place, cut };
  }

  /** What is remembered goes on in a trace that grew, or is shown in another way. */
  carryOver(before: ShownSpans, now: ShownSpans): void {
    const place = this.#held && now.nearestLike(before, this.#held.place);
    this.#held = place === undefined || place < 0 ? undefined : { place, cut: this.#held!.cut };
  }

  forget(): void {
    this.#held = undefined;
  }

  /** Once all rows are known: brings what was remembered to where it was. */
  restore(shown: ShownSpans | undefined): void {
    const held = this.#held;
    this.#held = undefined;
    if (!held || !shown) return;
    const { rows } = shown;
    const place = rows.shown(held.place);
    const row = rows.rowOf(place);
    this.#window.holdAt(place === held.place ? row + held.cut : row - stickyAbove(shown, row, this.#window));
  }

  /** Whether the newest span can be seen, as far as it can. */
  isNewestInSight(shown: ShownSpans): boolean {
    const { trace, rows } = shown;
    const place = shown.nearestTo(newestSpan(trace));
    const row = place < 0 ? -1 : rows.rowOf(rows.shown(place));
    const { rowsAbove, pageSize } = this.#window;
    return row < 0 || (row >= rowsAbove - 1 && row <= rowsAbove + pageSize + 1);
  }

  /** Whether what comes is to be followed: the newest span is in sight, and nobody reads one that would be moved away. */
  isAtTail(shown: ShownSpans, selected: number): boolean {
    return this.inSight(shown, selected) === undefined && this.isNewestInSight(shown);
  }
}
