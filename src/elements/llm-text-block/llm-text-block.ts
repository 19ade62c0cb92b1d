import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { formatCompact } from '../../i18n/index.js';
import { ContentElement } from '../../internal/content-element.js';
import { revealed } from '../../internal/hidden-characters.js';
import { warningIcon } from '../../internal/first-icons.js';
import { checkIcon, copyIcon, markdownIcon, maskIcon } from '../../internal/icons.js';
import { JustCopied } from '../../internal/just-copied.js';
import { jsonText } from '../../internal/json-text.js';
import type { MarkdownText } from '../../internal/markdown/markdown-text.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { MatchedWords, MatchRevealing } from '../../internal/span-matches.js';
import { beginning, isOtherValue, type Boxed } from '../../internal/text.js';
import { textBlockStyles } from './llm-text-block.styles.js';
import { MarkdownReader } from './markdown-reader.js';

/** Characters that are shown at first; each “show more” shows four times as many. */
const FIRST = 20_000;
/** A match further on is not gone to. */
const MOST_SHOWN_AT_ONCE = 1_280_000;
/** Characters of JSON that go to the clipboard at the most. */
const MOST_COPIED = 50_000_000;

/**
 * A text or a JSON value as text: its beginning, the rest on demand, all of it by the copy button. Nothing in it is ever
 * taken for HTML, and nothing is loaded. What nobody would see in it, invisible characters and escapes of terminals, is made
 * visible.
 *
 * A button shows what its Markdown says; the choice holds for all texts of the view. It says so where Markdown hides
 * something of the text.
 *
 * @summary A long text or JSON value.
 * @csspart text - The text itself.
 */
export class LlmTextBlock extends ContentElement implements MatchRevealing {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, textBlockStyles];

  /** A value in a box (see `boxed`). A string is shown as it is, anything else as indented JSON. */
  @property({ attribute: false, hasChanged: isOtherValue }) value: Boxed | undefined;

  /** Whether a string is set in the font of code and is never Markdown: stack traces, logs. */
  @property({ type: Boolean, reflect: true }) mono = false;

  /** Whether there is no button to copy the text: something around it has one. */
  @property({ type: Boolean, attribute: 'no-copy', reflect: true }) noCopy = false;

  @state() private limit = FIRST;

  readonly #copied = new JustCopied<'text'>(this);
  readonly #reader = new MarkdownReader(this);

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('value')) this.limit = FIRST;
    const value = this.value?.value;
    // A piece of Markdown may hold a part of what is masked only, and what is chosen to be masked must stand in the text.
    const isSource = this.settings.isMasking || (typeof value === 'string' && this.settings.isMaskedByHand(value));
    const isMarkdown = this.#canBeMarkdown && this.settings.textForm === 'markdown' && !isSource;
    if (isMarkdown) this.#reader.read(value as string, this.limit);
    else this.#reader.forget();
  }

  /**
   * Shows as much of the text as holds the first match of a search, if that is in what is left out.
   *
   * @internal
   */
  showMatch(words: MatchedWords): boolean {
    const value = this.value?.value;
    const isText = typeof value === 'string';
    const { text } = isText ? { text: value } : jsonText(value, MOST_SHOWN_AT_ONCE);
    if (text.length <= this.limit) return false;
    const [first] = words.rangesIn(text.slice(0, MOST_SHOWN_AT_ONCE));
    if (!first || first.end <= this.limit) return false;
    while (this.limit < first.end) this.limit *= 4;
    return true;
  }

  get #canBeMarkdown(): boolean {
    return typeof this.value?.value === 'string' && !this.mono;
  }

  async #copy(): Promise<void> {
    const value = this.value?.value;
    const whole = typeof value === 'string' ? value : jsonText(value, MOST_COPIED, this.settings.masking).text;
    await this.#copied.copy('text', this.settings.readable(whole));
  }

  protected override render(): TemplateResult {
    const { text } = this.#reader;
    return html`<div class="frame" aria-busy=${String(this.#reader.isReading)}>
      ${text?.pieces.length ? this.#renderMarkdown(text) : this.#renderSource()} ${this.#renderTools()}
    </div>`;
  }

  #renderSource(): TemplateResult {
    const { limit, messages, settings } = this;
    const value = this.value?.value;
    const isText = typeof value === 'string';
    const { text, isWhole } = isText
      ? { text: beginning(value, limit), isWhole: value.length <= limit }
      : jsonText(value, limit, settings.masking);
    // Half of a key, at the end, would not be recognised.
    const isCut = !isWhole && settings.content === 'masked';
    const part = isCut ? text.replace(/\S{1,500}$/, '') : text;
    // What a person decided is of the whole text, not of the part of it that is shown.
    const decided = isText ? settings.decided(value) : undefined;
    const shown = decided === undefined ? settings.readable(part) : decided === value ? text : decided;
    return html`<pre class="text ${isText ? '' : 'json'}" part="text">${revealed(shown)}</pre>
      ${isWhole ? nothing : this.#renderMore(limit, isText ? value.length : undefined)}
      ${this.#reader.isFailed ? html`<p class="muted">${messages.markdownFailed}</p>` : nothing}`;
  }

  #renderMarkdown(text: MarkdownText): TemplateResult {
    const { messages } = this;
    const hidden = this.#reader.isReading ? 0 : text.hidden;
    return html`<div class="markdown" part="text">
        ${text.pieces.map((piece) => html`<div class="piece">${guard([piece, piece.length], () => [...piece])}</div>`)}
      </div>
      ${
        text.isWhole || this.#reader.isReading
          ? nothing
          : this.#renderMore(text.read, (this.value?.value as string).length)
      }
      ${
        hidden
          ? html`<button type="button" class="finding" @click=${() => this.settings.change({ textForm: 'source' })}>
              ${warningIcon()}${messages.hiddenByMarkdown(hidden)}
            </button>`
          : nothing
      }`;
  }

  #renderMore(shownCharacters: number, total: number | undefined): TemplateResult {
    const { locale, showMore, showMoreOfMany } = this.messages;
    const shown = formatCompact(shownCharacters, locale);
    return html`<button type="button" class="more" @click=${() => (this.limit *= 4)}>
      ${total === undefined ? showMoreOfMany(shown) : showMore(shown, formatCompact(total, locale))}
    </button>`;
  }

  #renderTools(): TemplateResult | typeof nothing {
    const { messages, settings } = this;
    const canCopy = 'clipboard' in navigator && !this.noCopy;
    if (!canCopy && !this.#canBeMarkdown) return nothing;
    const isMarkdown = settings.textForm === 'markdown';
    return html`<div class="tools ${this.#copied.what ? 'done' : ''}">
      ${
        this.#canBeMarkdown
          ? html`<button
              type="button"
              class="icon-button"
              aria-label=${messages.markdownForm}
              aria-pressed=${String(isMarkdown)}
              title=${messages.markdownForm}
              @click=${() => settings.change({ textForm: isMarkdown ? 'source' : 'markdown' })}
            >
              ${markdownIcon()}
            </button>`
          : nothing
      }
      ${typeof this.value?.value === 'string' ? this.#renderMaskButton(this.value.value) : nothing}
      ${
        canCopy
          ? html`<button
              type="button"
              class="icon-button"
              aria-label=${this.#copied.what ? messages.copied : messages.copy}
              title=${messages.copy}
              @click=${this.#copy}
            >
              ${this.#copied.what ? checkIcon() : copyIcon()}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderMaskButton(value: string): TemplateResult {
    const { messages, settings } = this;
    const isMasked = settings.isMasked(beginning(value, FIRST));
    const words = isMasked ? messages.share.revealText : messages.share.maskText;
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${words}
      title=${words}
      @click=${() => (isMasked ? settings.reveal(value) : settings.mask(value))}
    >
      ${maskIcon(isMasked)}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-text-block': LlmTextBlock;
  }
}
