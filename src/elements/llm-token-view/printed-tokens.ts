import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { stepOf, type Measure } from './measures.js';
import type { TokenList } from './token-list.js';
import { cutText } from './token-rows.js';

/** Tokens that are put on paper: some twenty pages. */
const MOST_PRINTED = 20_000;
const LONGEST = 400;

/** On paper nobody scrolls: there the tokens stand one after the other. They are made while the page is printed. */
export class PrintedTokens implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #media: MediaQueryList | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#media = window.matchMedia('print');
    this.#media.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#media?.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();

  render(list: TokenList, measure: Measure | undefined, messages: Messages): TemplateResult | typeof nothing {
    if (!this.#media?.matches) return nothing;
    const count = Math.min(list.count, MOST_PRINTED);
    const left = list.count - count;
    const tokens = Array.from({ length: count }, (_, cell) => {
      const step = measure && stepOf(measure, list, cell);
      const text = list.textOf(cell);
      const end = text.includes('\n') ? '\n' : '';
      return html`<span class=${step === undefined ? 'token' : `token step-${step}`}>${cutText(text, LONGEST)}</span
        >${end}`;
    });
    // White space is kept in it.
    return html`<div class="printed">${tokens}</div>
      ${left > 0 ? html`<p class="printed">${messages.moreNotShown(left)}</p>` : nothing}`;
  }
}
