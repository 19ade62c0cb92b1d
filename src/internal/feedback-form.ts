import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/index.js';
import type { Score } from '../model/index.js';
import { starIcon, thumbDownIcon, thumbUpIcon } from './icons.js';

/** Characters of a comment. */
const LONGEST = 4000;
const STARS = [1, 2, 3, 4, 5] as const;

type State = 'open' | 'sending' | 'sent' | 'failed';

/** What a form asks beside a comment. */
export interface FeedbackQuestions {
  /** `thumbs` up or down, or one to five `stars`. Thumbs where not said otherwise. */
  scale?: 'thumbs' | 'stars';
  /** Words to choose from once it is rated. */
  categories?: readonly string[];
}

/** Thumbs or stars, categories and a comment: what a person thinks of a span. */
export class FeedbackForm {
  readonly #host: LitElement;
  readonly #send: (score: Score) => Promise<void>;
  /** 0 or 1 of thumbs, 1 to 5 of stars. */
  #rating: number | undefined;
  readonly #chosen = new Set<string>();
  #comment = '';
  #state: State = 'open';
  /** Scores that were kept before one failed: they are not sent again. */
  readonly #kept = new Set<string>();
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
    this.#rating = undefined;
    this.#chosen.clear();
    this.#comment = '';
    this.#state = 'open';
    this.#kept.clear();
  }

  #rate(rating: number | undefined): void {
    this.#rating = rating;
    this.#state = 'open';
    this.#host.requestUpdate();
  }

  #choose(category: string): void {
    if (!this.#chosen.delete(category)) this.#chosen.add(category);
    this.#host.requestUpdate();
  }

  /** What is said, each category a score of its own. */
  #scores(rating: number, scale: FeedbackQuestions['scale']): Score[] {
    const explanation = this.#comment.trim();
    const label = scale === 'stars' ? `${rating}/${STARS.length}` : rating === 1 ? 'good' : 'bad';
    return [
      { name: 'feedback', value: rating, label, source: 'human', ...(explanation && { explanation }) },
      ...Array.from(this.#chosen, (value): Score => ({ name: 'feedback category', value, source: 'human' })),
    ];
  }

  async #submit(scale: FeedbackQuestions['scale']): Promise<void> {
    const rating = this.#rating;
    if (rating === undefined || this.#state === 'sending') return;
    const turn = this.#turn;
    const scores = this.#scores(rating, scale);
    this.#to('sending');
    let state: State = 'sent';
    try {
      for (const score of scores) await this.#sendOnce(score, turn);
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
      this.#host.renderRoot.querySelector<HTMLElement>('.feedback-form :is(button, [type="radio"])')?.focus();
  }

  async #sendOnce(score: Score, turn: number): Promise<void> {
    const key = JSON.stringify(score);
    if (turn !== this.#turn || this.#kept.has(key)) return;
    await this.#send(score);
    if (turn === this.#turn) this.#kept.add(key);
  }

  #to(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  render(messages: Messages, { scale = 'thumbs', categories = [] }: FeedbackQuestions = {}): TemplateResult {
    return html`<div class="feedback-form" role="group" aria-label=${messages.feedbackLabel}>
      <span class="muted">${messages.feedbackLabel}</span>
      ${scale === 'stars' ? this.#renderStars(messages) : this.#renderThumbs(messages)}
      ${this.#rating === undefined ? nothing : this.#renderMore(messages, scale, categories)}
      <span role="status" class=${this.#state === 'failed' ? 'error-text' : 'muted'}
        >${this.#state === 'sent' ? messages.feedbackSent : this.#state === 'failed' ? messages.feedbackFailed : ''}</span
      >
    </div>`;
  }

  #renderThumbs(messages: Messages): TemplateResult {
    const thumb = (rating: number, label: string, icon: TemplateResult): TemplateResult =>
      html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        title=${label}
        aria-pressed=${String(this.#rating === rating)}
        @click=${() => this.#rate(this.#rating === rating ? undefined : rating)}
      >
        ${icon}
      </button>`;
    return html`${thumb(1, messages.good, thumbUpIcon())} ${thumb(0, messages.bad, thumbDownIcon())}`;
  }

  #renderStars(messages: Messages): TemplateResult {
    return html`<span class="stars" role="radiogroup" aria-label=${messages.stars}
      >${STARS.map((stars) => {
        const label = messages.starCount(stars);
        return html`<label class="star icon-button" title=${label} data-on=${String(stars <= (this.#rating ?? 0))}>
          <input
            type="radio"
            name="stars"
            class="visually-hidden"
            aria-label=${label}
            .checked=${this.#rating === stars}
            @change=${() => this.#rate(stars)}
          />${starIcon()}
        </label>`;
      })}</span
    >`;
  }

  #renderMore(messages: Messages, scale: FeedbackQuestions['scale'], categories: readonly string[]): TemplateResult {
    /** Enter sends, but for the one that ends the input of a character. */
    const onKeydown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.isComposing) return;
      // The focus moves on: the same key would press what it comes to.
      event.preventDefault();
      void this.#submit(scale);
    };
    return html`${
        categories.length === 0
          ? nothing
          : html`<span class="categories" role="group" aria-label=${messages.feedbackCategories}
              >${categories.map(
                (category) =>
                  html`<button
                    type="button"
                    class="button"
                    aria-pressed=${String(this.#chosen.has(category))}
                    @click=${() => this.#choose(category)}
                  >
                    ${category}
                  </button>`,
              )}</span
            >`
      }
      <input
        type="text"
        aria-label=${messages.comment}
        placeholder=${messages.comment}
        maxlength=${LONGEST}
        .value=${this.#comment}
        @input=${(event: Event) => (this.#comment = (event.target as HTMLInputElement).value)}
        @keydown=${onKeydown}
      />
      <button
        type="button"
        class="button"
        ?disabled=${this.#state === 'sending'}
        @click=${() => void this.#submit(scale)}
      >
        ${messages.sendFeedback}
      </button>`;
  }
}
