import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { FeedbackForm, type FeedbackQuestions } from '../../internal/feedback-form.js';
import { base } from '../../internal/styles/base.js';
import { feedbackFormStyles } from '../../internal/styles/feedback-form.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { StoredTraces } from '../../internal/stored-traces.js';
import { TraceElement } from '../../internal/trace-element.js';
import type { Score } from '../../model/index.js';
import { LlmFeedbackEvent } from '../events/index.js';
import { feedbackStyles } from './llm-feedback.styles.js';

/** Words in an attribute, between commas. */
const words = {
  fromAttribute: (value: string | null): readonly string[] =>
    (value ?? '')
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
};

/**
 * Asks what a person thinks of an answer, below it in a chat: thumbs or stars, categories, a comment. What they say is a score
 * of the span that made the answer: an event, and kept in the `store` where there is one. Each category is a score of its own.
 *
 * Shows nothing until it knows the `span-id`.
 *
 * @summary What a person thinks of an answer.
 * @fires {LlmFeedbackEvent} llm-feedback - A person judged the span: one event a score. Goes to the store, unless it is prevented.
 */
export class LlmFeedback extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, feedbackFormStyles, feedbackStyles];

  /** The span that is judged, as `TracerSpan.id` gives it. */
  @property({ attribute: 'span-id' }) spanId: string | undefined;

  /** The trace that the span is in. */
  @property({ attribute: 'trace-id' }) traceId: string | undefined;

  /** Keeps what is said: what `openTraceStore()` gives, or anything with its `addScore`. */
  @property({ attribute: false }) store: Pick<StoredTraces, 'addScore'> | undefined;

  /** `thumbs` up or down, or one to five `stars`. */
  @property() scale: NonNullable<FeedbackQuestions['scale']> = 'thumbs';

  /** Words to choose from once it is rated. As an attribute, between commas. */
  @property({ converter: words }) categories: readonly string[] = [];

  readonly #form = new FeedbackForm(this, (score) => this.#give(score));

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // What was begun for one answer is not said of another.
    if (['spanId', 'traceId', 'scale'].some((name) => changed.has(name))) this.#form.reset();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { messages, scale, categories } = this;
    if (this.spanId === undefined) return nothing;
    return html`<div class="frame">${this.#form.render(messages, { scale, categories })}</div>`;
  }

  async #give(score: Score): Promise<void> {
    const { spanId, traceId } = this;
    if (spanId === undefined) return;
    /** @internal */
    const isWanted = this.dispatchEvent(
      new LlmFeedbackEvent({ spanId, ...(traceId !== undefined && { traceId }), score }),
    );
    if (isWanted) await this.store?.addScore?.(spanId, score, traceId);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-feedback': LlmFeedback;
  }
}
