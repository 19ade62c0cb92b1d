import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/** Neither side gets smaller than this share by dragging. */
const LEAST = 0.15;
const KEY_STEP = 0.03;

/** Share of the first pane as long as nobody moved the divider. */
export interface InitialShares {
  beside: number;
  stacked: number;
}

/**
 * A divider between two panes. Keeps the share of the first pane, follows the pointer and the arrow keys, and knows
 * whether the panes lie side by side or one above the other, which the style sheet decides.
 */
export class Splitter implements ReactiveController {
  isStacked = false;
  /** Share that a person gave to the first pane. */
  #chosen: number | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #initial: InitialShares;
  readonly #panes: () => HTMLElement | null;
  #observed: HTMLElement | undefined;
  #resize: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, initial: InitialShares, panes: () => HTMLElement | null) {
    this.#host = host;
    this.#initial = initial;
    this.#panes = panes;
    host.addController(this);
  }

  /** Share of the first pane, 0 to 1. */
  get share(): number {
    return this.#chosen ?? (this.isStacked ? this.#initial.stacked : this.#initial.beside);
  }

  hostUpdated(): void {
    const panes = this.#panes() ?? undefined;
    if (panes === this.#observed) return;
    this.#resize?.disconnect();
    this.#observed = panes;
    if (!panes) return;
    this.#resize = new ResizeObserver(() => this.#look(panes));
    this.#resize.observe(panes);
  }

  hostConnected(): void {
    // After a move in the page nothing is rendered anew, so nothing else would look again.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#resize?.disconnect();
    this.#observed = undefined;
  }

  /** The divider itself. */
  render(label: string): TemplateResult {
    return html`<div
      class="divider"
      part="divider"
      role="separator"
      tabindex="0"
      aria-label=${label}
      aria-orientation=${this.isStacked ? 'horizontal' : 'vertical'}
      aria-valuemin=${LEAST * 100}
      aria-valuemax=${(1 - LEAST) * 100}
      aria-valuenow=${Math.round(this.share * 100)}
      @pointerdown=${this.#onPointerDown}
      @keydown=${this.onKeyDown}
      @dblclick=${this.onReset}
    ></div>`;
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    const divider = event.currentTarget as HTMLElement;
    const panes = this.#panes();
    if (!panes || event.button !== 0) return;
    event.preventDefault();
    divider.focus({ preventScroll: true });
    divider.setPointerCapture(event.pointerId);
    const box = panes.getBoundingClientRect();
    const move = ({ clientX, clientY }: PointerEvent): void => {
      const along = this.isStacked ? (clientY - box.top) / box.height : (clientX - box.left) / box.width;
      this.#set(!this.isStacked && this.#isRightToLeft() ? 1 - along : along);
    };
    const end = (): void => {
      divider.removeEventListener('pointermove', move);
      divider.removeEventListener('lostpointercapture', end);
    };
    divider.addEventListener('pointermove', move);
    divider.addEventListener('lostpointercapture', end);
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const less = this.isStacked ? 'ArrowUp' : this.#isRightToLeft() ? 'ArrowRight' : 'ArrowLeft';
    const more = this.isStacked ? 'ArrowDown' : this.#isRightToLeft() ? 'ArrowLeft' : 'ArrowRight';
    const { key } = event;
    if (key !== less && key !== more && key !== 'Home' && key !== 'End') return;
    event.preventDefault();
    if (key === 'Home') this.#set(LEAST);
    else if (key === 'End') this.#set(1 - LEAST);
    else this.#set(this.share + (key === less ? -KEY_STEP : KEY_STEP));
  };

  /** Back to where it was at first. */
  readonly onReset = (): void => {
    this.#chosen = undefined;
    this.#host.requestUpdate();
  };

  #isRightToLeft(): boolean {
    return this.#host.matches(':dir(rtl)');
  }

  #set(share: number): void {
    this.#chosen = Math.min(1 - LEAST, Math.max(LEAST, share));
    this.#host.requestUpdate();
  }

  #look(panes: HTMLElement): void {
    const isStacked = getComputedStyle(panes).flexDirection === 'column';
    if (isStacked === this.isStacked) return;
    this.isStacked = isStacked;
    this.#host.requestUpdate();
  }
}
