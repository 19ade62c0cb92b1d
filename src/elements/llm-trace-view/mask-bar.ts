import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { holdsText } from '../../export/masked-copy.js';
import { revealed } from '../../internal/hidden-characters.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { beginning } from '../../internal/text.js';
import { TraceElement } from '../../internal/trace-element.js';
import { SettingsFollower, ViewSettings, type HandMask } from '../../internal/view-settings.js';
import type { Span } from '../../model/index.js';
import { maskBarStyles } from './mask-bar.styles.js';

/** Characters of what is masked that are listed. */
const MOST_LISTED = 80;

/**
 * What a person sees above a span while masking by hand: what to do, a field for what was marked or is typed, and a list of what
 * is masked, from which all can be taken back.
 *
 * @internal
 */
export class LlmMaskBar extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, maskBarStyles];

  @property({ attribute: false }) span: Span | undefined;
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();
  /** What a person marked last. */
  @property({ attribute: false }) marked = '';

  @state() private wanted = '';
  @state() private status = '';

  constructor() {
    super();
    new SettingsFollower(this);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('textarea')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('marked') && this.marked !== '') {
      this.wanted = this.marked;
      this.status = '';
    }
  }

  readonly #mask = (): void => {
    const { settings, span, wanted } = this;
    const { share } = this.messages;
    // A text that was put together from two, or that is shown in other words, would not be masked anywhere.
    if (wanted === '' || !span || !holdsText(span, wanted)) {
      this.status = share.notInSpan;
      return;
    }
    this.wanted = '';
    this.status = share.maskedNow;
    void settings.mask(wanted);
  };

  protected override render(): TemplateResult {
    const { settings, wanted } = this;
    const { share } = this.messages;
    return html`<div class="frame" role="region" aria-label=${share.byHand}>
      <p>${share.byHandHint}</p>
      <div class="line">
        <textarea
          rows="1"
          aria-label=${share.textToMask}
          placeholder=${share.textToMask}
          autocomplete="off"
          .value=${wanted}
          @input=${(event: InputEvent) => (this.wanted = (event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            this.#mask();
          }}
        ></textarea>
        <button type="button" class="button" @click=${this.#mask}>${share.maskNow}</button>
        <button type="button" class="button" @click=${() => settings.setMasking(false)}>${share.maskingDone}</button>
      </div>
      <p class="status" role="status">${this.status}</p>
      ${settings.maskedByHand.length ? this.#renderList(settings.maskedByHand) : nothing}
    </div>`;
  }

  #renderList(masks: readonly HandMask[]): TemplateResult {
    const { messages, settings } = this;
    const { share } = messages;
    return html`<details>
      <summary>${share.maskedByHand(masks.length)}</summary>
      <ul>
        ${guard([masks, messages], () =>
          masks.map((mask) => {
            const [first = ''] = mask.texts;
            const words = beginning(first.replace(/\s+/g, ' '), MOST_LISTED);
            const more = mask.texts.length > 1 ? share.andMoreTexts(mask.texts.length - 1) : '';
            return html`<li>
              <bdi>${revealed(words)}${words.length < first.length ? '…' : ''}</bdi> ${more}
              <button type="button" class="button" @click=${() => settings.unmask(mask)}>${share.showAgain}</button>
            </li>`;
          }),
        )}
      </ul>
      <button type="button" class="button" @click=${() => settings.unmaskAll()}>${share.showAllAgain}</button>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-mask-bar': LlmMaskBar;
  }
}
