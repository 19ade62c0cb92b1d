import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { Printing } from '../../internal/printing.js';
import { stepOf, type Measure } from './measures.js';
import type { TokenList } from './token-list.js';
import { cutText } from './token-rows.js';

/** Tokens that are put on paper: some twenty pages. */
const MOST_PRINTED = 20_000;
const LONGEST = 400;

/** On paper nobody scrolls: there the tokens stand one after the other. They are made while the page is printed. */
export class PrintedTokens {
  readonly #printing: Printing;

  constructor(host: ReactiveControllerHost) {
    this.#printing = new Printing(host);
  }

  render(list: TokenList, measure: Measure | undefined, messages: Messages): TemplateResult | typeof nothing {
    if (!this.#printing.isOn) return nothing;
    const count = Math.min(list.count, MOST_PRINTED);
    const left = list.count - count;
    const tokens = Array.from({ length: count }, (_, cell) => {
      const step = measure && stepOf(measure, list, cell);
      const text = list.textOf(cell);
      const end = text.includes('\n') || cell + 1 === list.split ? '\n' : '';
      return html`<span class=${step === undefined ? 'token' : `token step-${step}`}>${cutText(text, LONGEST)}</span
        >${end}`;
    });
    // White space is kept in it.
    return html`<div class="printed">${tokens}</div>
      ${left > 0 ? html`<p class="printed">${messages.moreNotShown(left)}</p>` : nothing}`;
  }
}
