import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { thumbDownIcon, thumbUpIcon } from '../../internal/icons.js';
import type { Score } from '../../model/index.js';

/** Characters of a comment. */
const LONGEST = 4000;

type State = 'open' | 'sending' | 'sent' | 'failed';

/** Thumbs up or down with a comment: what a person thinks of a span. */
export class FeedbackForm {
  readonly #host: LitElement;
  readonly #send: (score: Score) => Promise<void>;
  #isGood: boolean | undefined;
  #comment = '';
  #state: State = 'open';
  /** Counts the spans, so that what comes back late is not told of another one. */
  #turn = 0;

  /** @param send says it to the page, and keeps it; rejects where it could not be kept */
  constructor(host: LitElement, send: (score: Score) => Promise<void>) {
    this.#host = host;
    this.#send = send;
  }

  /** Begins anew, for another span. */
  reset(): void {
    this.#turn++;
    this.#isGood = undefined;
    this.#comment = '';
    this.#state = 'open';
  }

  #choose(isGood: boolean): void {
    this.#isGood = this.#isGood === isGood ? undefined : isGood;
    this.#state = 'open';
    this.#host.requestUpdate();
  }

  readonly #submit = async (): Promise<void> => {
    if (this.#isGood === undefined || this.#state === 'sending') return;
    const turn = this.#turn;
    const explanation = this.#comment.trim();
    const score: Score = {
      name: 'feedback',
      value: this.#isGood ? 1 : 0,
      label: this.#isGood ? 'good' : 'bad',
      source: 'human',
      ...(explanation && { explanation }),
    };
    this.#to('sending');
    let state: State = 'sent';
    try {
      await this.#send(score);
    } catch {
      state = 'failed';
    }
    if (turn !== this.#turn) return;
    const hadFocus = this.#host.matches(':focus-within');
    if (state === 'sent') this.reset();
    this.#to(state);
    await this.#host.updateComplete;
    // The field is gone: the keys go on where the next word begins.
    if (state === 'sent' && hadFocus)
      this.#host.renderRoot.querySelector<HTMLElement>('.feedback-form button')?.focus();
  };

  /** Enter sends, but for the one that ends the input of a character. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    // The focus moves on: the same key would press what it comes to.
    event.preventDefault();
    void this.#submit();
  };

  #to(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  render(messages: Messages): TemplateResult {
    const thumb = (isGood: boolean, label: string, icon: TemplateResult): TemplateResult =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        aria-pressed=${String(this.#isGood === isGood)}
        @click=${() => this.#choose(isGood)}
      >
        ${icon}
      </button>`;
    return html`<div class="feedback-form" role="group" aria-label=${messages.feedbackLabel}>
      <span class="muted">${messages.feedbackLabel}</span>
      ${thumb(true, messages.good, thumbUpIcon())} ${thumb(false, messages.bad, thumbDownIcon())}
      ${
        this.#isGood === undefined
          ? nothing
          : html`<input
                type="text"
                aria-label=${messages.comment}
                placeholder=${messages.comment}
                maxlength=${LONGEST}
                .value=${this.#comment}
                @input=${(event: Event) => (this.#comment = (event.target as HTMLInputElement).value)}
                @keydown=${this.#onKeydown}
              />
              <button type="button" class="button" ?disabled=${this.#state === 'sending'} @click=${this.#submit}>
                ${messages.sendFeedback}
              </button>`
      }
      <span role="status" class=${this.#state === 'failed' ? 'error-text' : 'muted'}
        >${this.#state === 'sent' ? messages.feedbackSent : this.#state === 'failed' ? messages.feedbackFailed : ''}</span
      >
    </div>`;
  }
}
