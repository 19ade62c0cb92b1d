import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Elements cannot be higher than some 17 million px (Firefox) or 33 million (Chromium, WebKit). Rows beyond this height share
 * it: see `shift`.
 */
const MOST_HEIGHT = 15_000_000;

/** A scroll by more views than these is a jump: the thumb was dragged, not the wheel turned. */
const JUMP = 3;

/** Rows that are in the DOM at each end although they are just out of sight, so that a small scroll shows no blank. */
const OVERSCAN = 4;

interface RowWindowOptions {
  /** The element that scrolls, once it is rendered. */
  scroller(): HTMLElement | undefined;
  /** An element that is as high as a row. It is measured: styles may give that height in any unit, and change it. */
  probe(): HTMLElement | undefined;
  rowCount(): number;
  /** Height of what stands above the rows inside the scroller and stays in sight, in px. */
  headerHeight(): number;
  /** How many rows lie on the first ones in sight where this row is brought to the top: it must not be under them. */
  rowsOnTopOf?(row: number): number;
  /** Other rows are in sight, or others are to be in the DOM. Where it is absent, the host renders anew. */
  changed?(): void;
}

/**
 * Knows which rows of a long list are in sight. All rows have one height, so that this is arithmetic: nothing is
 * measured but the scroller and one row, and nothing is kept per row.
 *
 * Where there are more rows than an element can be high, the element that holds them has the greatest height, and `shift` rows
 * are above it, out of reach. A turn of the wheel moves by as much as anywhere; when the thumb is dragged, `shift` follows its
 * place, so that its ends are the ends of the list.
 */
export class RowWindow implements ReactiveController {
  /** First row that is in the DOM. */
  first = 0;
  /** The row behind the last one that is in the DOM. */
  end = 0;
  /** Pixels. */
  rowHeight = 28;
  /** Rows above the element that holds the rows: a row's place in it is its number less these. 0 for lists that fit. */
  shift = 0;
  /** Where the scroller is, in px, as it was last told: asking it would have everything laid out at once. */
  #top = 0;
  #rows = 0;
  readonly #host: ReactiveControllerHost;
  readonly #options: RowWindowOptions;
  /** Of the scroller, in px. */
  #height = 0;
  /** The same, unless that is much more than a screen. */
  #viewHeight = 0;
  #scroller: HTMLElement | undefined;
  #resize: ResizeObserver | undefined;
  /** Whether the first size is still to be told. */
  #isNew = false;

  constructor(host: ReactiveControllerHost, options: RowWindowOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    const scroller = this.#options.scroller();
    if (scroller === this.#scroller) return;
    this.#detach();
    if (!scroller) return;
    this.#scroller = scroller;
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#resize = new ResizeObserver(this.#onResize);
    // Answers with the first size as well, before anything is painted: rows that are wanted are rendered then.
    // By its border: a scrollbar that comes with the rows is no change, and must not be told of in the same turn.
    this.#resize.observe(scroller, { box: 'border-box' });
    const probe = this.#options.probe();
    if (probe) this.#resize.observe(probe);
    this.#measure();
    // A host that draws by itself does so after this, and knows it.
    this.#isNew = this.#options.changed === undefined;
  }

  hostDisconnected(): void {
    this.#detach();
  }

  hostConnected(): void {
    // After a move in the page nothing is rendered anew, so nothing else would listen again.
    this.#host.requestUpdate();
  }

  /** Rows that the element is high that holds them. */
  get heightInRows(): number {
    return Math.min(this.#options.rowCount(), Math.floor(MOST_HEIGHT / this.rowHeight));
  }

  /** Where a row stands in that element, in rows. One that is out of its reach is put to its end, which is out of sight. */
  placeOf(row: number): number {
    return Math.min(Math.max(0, row - this.shift), Math.max(0, this.heightInRows - 1));
  }

  /** Rows that are in sight at most, the first and the last one in part. */
  get rowsInSight(): number {
    const room = Math.max(this.#viewHeight - this.#options.headerHeight(), this.rowHeight * 12);
    return Math.ceil(room / this.rowHeight) + 1;
  }

  /**
   * To be called when the number of rows has changed, before they are rendered.
   *
   * @param isUrgent whether only what is in sight is wanted, and the rest later
   */
  refresh(isUrgent = false): void {
    const rows = this.#options.rowCount();
    if (rows < this.#rows && this.#top > 0) this.readPlace();
    this.#rows = rows;
    this.shift = Math.min(this.shift, rows - this.heightInRows);
    const overscan = isUrgent ? 0 : OVERSCAN;
    const count = this.rowsInSight + 2 * overscan;
    // The place may be beyond the end while rows have just become fewer and the browser has not corrected it yet.
    const last = Math.max(0, rows - count);
    this.first = Math.min(last, Math.max(0, Math.floor(this.#top / this.rowHeight) + this.shift - overscan));
    this.end = Math.min(rows, this.first + count);
  }

  /** Rows that are scrolled away at the top, and the part of one that is. */
  get rowsAbove(): number {
    return this.#top / this.rowHeight + this.shift;
  }

  /** Asks where the scroller is. It tells by itself, but with the next frame. */
  readPlace(): void {
    this.#top = this.#scroller?.scrollTop ?? 0;
  }

  /** Brings the place that is so many rows from the beginning to the top. Nothing is told: it is to look as before. */
  holdAt(rowsAbove: number): void {
    if (!this.#scroller) return;
    this.#moveTo(rowsAbove);
    this.refresh();
  }

  /** Rows that are wholly in sight. */
  get pageSize(): number {
    return Math.max(1, Math.floor((this.#viewHeight - this.#options.headerHeight()) / this.rowHeight) - 1);
  }

  /** Brings a row into sight by the shortest way. */
  scrollTo(row: number, place: 'nearest' | 'center' = 'nearest'): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const header = this.#options.headerHeight();
    const top = (row - this.shift) * this.rowHeight;
    const room = this.#height - header;
    const covered = (this.#options.rowsOnTopOf?.(row) ?? 0) * this.rowHeight;
    const isAbove = top - covered < scroller.scrollTop;
    const isBelow = top + this.rowHeight > scroller.scrollTop + room;
    if (!isAbove && !isBelow) return;
    const nearest = isAbove ? top - covered : top + this.rowHeight - room;
    const wanted = place === 'center' ? top - (room - this.rowHeight) / 2 : nearest;
    this.#moveTo(wanted / this.rowHeight + this.shift);
    this.#update();
  }

  /** Brings the place that is so many rows from the beginning to the top, with another `shift` where this one cannot. */
  #moveTo(rowsAbove: number): void {
    const scroller = this.#scroller!;
    const top = (rowsAbove - this.shift) * this.rowHeight;
    if (top < this.#near || top > this.#range - this.#near) {
      const hidden = this.#hiddenRows;
      const half = this.heightInRows / 2;
      const last = hidden + this.#range / this.rowHeight;
      // From the halves at the ends, the end is reached step by step.
      if (rowsAbove < half) this.shift = 0;
      else if (last - rowsAbove < half) this.shift = hidden;
      else this.shift = Math.round((rowsAbove / last) * hidden);
    }
    scroller.scrollTop = (rowsAbove - this.shift) * this.rowHeight;
    this.readPlace();
  }

  /** Rows for which the element that holds them has no room. */
  get #hiddenRows(): number {
    return this.#options.rowCount() - this.heightInRows;
  }

  /** So close to an end of the scroller, in px, a few more turns of the wheel would be too many. */
  get #near(): number {
    return 2 * JUMP * this.#viewHeight;
  }

  /** How far the scroller can scroll, in px. */
  get #range(): number {
    const height = this.heightInRows * this.rowHeight + this.#options.headerHeight();
    return Math.max(1, height - this.#height);
  }

  #detach(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#resize?.disconnect();
    this.#resize = undefined;
    this.#scroller = undefined;
  }

  /** Gives whether anything is as it was not. */
  #measure(): boolean {
    const { rowHeight } = this;
    const height = this.#height;
    const probed = this.#options.probe()?.getBoundingClientRect().height ?? 0;
    this.rowHeight = probed > 0 ? probed : 28;
    this.#height = this.#scroller!.clientHeight;
    // A page whose styles take the height away would have every row in the DOM.
    this.#viewHeight = Math.min(this.#height, 2 * globalThis.innerHeight);
    return height !== this.#height || rowHeight !== this.rowHeight;
  }

  readonly #onResize = (): void => {
    // A scrollbar that comes changes the width alone.
    if (!this.#measure() && !this.#isNew) return;
    this.#isNew = false;
    this.readPlace();
    // For a host that draws by itself, rows beyond what is in sight are for those who scroll.
    this.#update(this.#options.changed !== undefined && this.rowsAbove === 0);
  };

  readonly #onScroll = (): void => {
    this.#followThumb();
    this.#update();
  };

  /** Where not all rows fit: a jump is to a share of the list; whoever comes near an end step by step gets more room there. */
  #followThumb(): void {
    const hidden = this.#hiddenRows;
    const before = this.#top;
    this.readPlace();
    const top = this.#top;
    const moved = Math.abs(top - before);
    if (!hidden) return;
    const range = this.#range;
    if (moved > JUMP * this.#viewHeight) this.shift = Math.round(Math.min(1, top / range) * hidden);
    else {
      const isNearEnd = Math.min(top, range - top) < this.#near;
      const isEnd = top < range / 2 ? this.shift === 0 : this.shift === hidden;
      if (isNearEnd && !isEnd) this.#moveTo(top / this.rowHeight + this.shift);
    }
  }

  #update(isUrgent = false): void {
    const { first, end, shift } = this;
    this.refresh(isUrgent);
    if (this.#options.changed) this.#options.changed();
    else if (first !== this.first || end !== this.end || shift !== this.shift) this.#host.requestUpdate();
  }
}
