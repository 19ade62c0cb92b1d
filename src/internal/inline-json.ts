import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Between two looks at whether the page's parser is done. */
const LOOK_AGAIN = 30;

/**
 * Watches for a `<script type="application/json">` inside an element, and gives its text once the page's parser has it
 * whole: an element is connected before its children are there.
 */
export class InlineJson implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #found: (text: string) => void;
  #last: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, found: (text: string) => void) {
    this.#host = host;
    this.#found = found;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** For `@slotchange`: children came or went. */
  readonly onSlotChange = (): void => {
    clearTimeout(this.#timer);
    // A script that is being parsed may have half its text. Asking again needs no listener on the document.
    if (document.readyState === 'loading') this.#timer = setTimeout(this.onSlotChange, LOOK_AGAIN);
    else this.#read();
  };

  #read(): void {
    const text = this.#host.querySelector(':scope > script[type="application/json"]')?.textContent;
    if (text === undefined || text === this.#last) return;
    this.#last = text;
    this.#found(text);
  }
}
