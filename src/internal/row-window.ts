import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows that are in the DOM although they are just out of sight, so that a small scroll shows no blank. */
const OVERSCAN = 8;

interface RowWindowOptions {
  /** The element that scrolls, once it is rendered. */
  scroller(): HTMLElement | undefined;
  /** An element that is as high as a row. It is measured: styles may give that height in any unit, and change it. */
  probe(): HTMLElement | undefined;
  rowCount(): number;
  /** Height of what stands above the rows inside the scroller and stays in sight, in px. */
  headerHeight(): number;
}

/**
 * Knows which rows of a long list are in sight. All rows have one height, so that this is arithmetic: nothing is
 * measured but the scroller and one row, and nothing is kept per row.
 */
export class RowWindow implements ReactiveController {
  /** First row that is in the DOM. */
  first = 0;
  /** The row behind the last one that is in the DOM. */
  end = 0;
  /** Pixels. */
  rowHeight = 28;
  readonly #host: ReactiveControllerHost;
  readonly #options: RowWindowOptions;
  #viewHeight = 0;
  #scroller: HTMLElement | undefined;
  #resize: ResizeObserver | undefined;

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
    this.#resize.observe(scroller);
    const probe = this.#options.probe();
    if (probe) this.#resize.observe(probe);
    this.#measure();
  }

  hostDisconnected(): void {
    this.#detach();
  }

  hostConnected(): void {
    // After a move in the page nothing is rendered anew, so nothing else would listen again.
    this.#host.requestUpdate();
  }

  /** To be called when the number of rows has changed, before rendering. */
  refresh(): void {
    const rows = this.#options.rowCount();
    const top = this.#scroller?.scrollTop ?? 0;
    const view = Math.max(this.#viewHeight, this.rowHeight * 12);
    // The place may be beyond the end while rows have just become fewer and the browser has not corrected it yet.
    const firstInSight = Math.min(
      Math.floor(top / this.rowHeight),
      Math.max(0, rows - Math.ceil(view / this.rowHeight)),
    );
    // Even numbers: a row that goes out of sight is reused for every second step only, and stripes stay where they are.
    this.first = Math.max(0, firstInSight - OVERSCAN) & ~1;
    this.end = Math.min(rows, firstInSight + Math.ceil(view / this.rowHeight) + OVERSCAN);
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
    const top = row * this.rowHeight;
    const room = scroller.clientHeight - header;
    const isAbove = top < scroller.scrollTop;
    const isBelow = top + this.rowHeight > scroller.scrollTop + room;
    if (!isAbove && !isBelow) return;
    if (place === 'center') scroller.scrollTop = top - (room - this.rowHeight) / 2;
    else scroller.scrollTop = isAbove ? top : top + this.rowHeight - room;
    this.#onScroll();
  }

  #detach(): void {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#resize?.disconnect();
    this.#resize = undefined;
    this.#scroller = undefined;
  }

  #measure(): void {
    const scroller = this.#scroller!;
    const height = this.#options.probe()?.getBoundingClientRect().height ?? 0;
    this.rowHeight = height > 0 ? height : 28;
    // A page whose styles take the height away would have every row in the DOM.
    this.#viewHeight = Math.min(scroller.clientHeight, 2 * globalThis.innerHeight);
  }

  readonly #onResize = (): void => {
    this.#measure();
    this.#update();
  };

  readonly #onScroll = (): void => this.#update();

  #update(): void {
    const { first, end } = this;
    this.refresh();
    if (first !== this.first || end !== this.end) this.#host.requestUpdate();
  }
}
