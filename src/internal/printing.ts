import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Says while a page is printed: an element that keeps what is in sight only has room for all on paper. */
export class Printing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #media: MediaQueryList | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isOn(): boolean {
    return this.#media?.matches === true;
  }

  hostConnected(): void {
    this.#media = window.matchMedia('print');
    this.#media.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#media?.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}
