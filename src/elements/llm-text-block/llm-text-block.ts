import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { formatCompact } from '../../i18n/index.js';
import { copyText } from '../../internal/clipboard.js';
import { ContentElement } from '../../internal/content-element.js';
import { checkIcon, copyIcon } from '../../internal/icons.js';
import { jsonText } from '../../internal/json-text.js';
import { beginning, isOtherValue, type Boxed } from '../../internal/text.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';

/** Characters that are shown at first; each “show more” shows four times as many. */
const FIRST = 20_000;
/** Characters of JSON that go to the clipboard at the most. */
const MOST_COPIED = 50_000_000;
/** How long the copy button says that it did. */
const COPIED_FOR = 1500;

/**
 * A text or a JSON value as text: its beginning, the rest on demand, all of it by the copy button. Nothing in it is ever
 * taken for HTML.
 *
 * @summary A long text or JSON value.
 * @csspart text - The text itself.
 */
export class LlmTextBlock extends ContentElement {
  static override styles = [
    tokens,
    base,
    css`
      .frame {
        position: relative;
        background: none;
        height: auto;
      }
      .text {
        margin: 0;
        padding-inline-end: 20px;
        font: inherit;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        tab-size: 2;
      }
      :host([mono]) .text,
      .json {
        font: 12px/1.5 var(--_font-mono);
      }
      .copy {
        position: absolute;
        inset-block-start: -4px;
        inset-inline-end: -4px;
        background: var(--_background);
        opacity: 0;
      }
      .frame:hover .copy,
      .copy:focus-visible,
      .copy.done {
        opacity: 1;
      }
      @media (hover: none) {
        .copy {
          opacity: 1;
        }
      }
      .more {
        margin-block-start: 6px;
        color: var(--_focus);
      }
      @media print {
        .copy,
        .more {
          display: none;
        }
      }
    `,
  ];

  /** A value in a box (see `boxed`). A string is shown as it is, anything else as indented JSON. */
  @property({ attribute: false, hasChanged: isOtherValue }) value: Boxed | undefined;

  /** Whether a string is set in the font of code: stack traces, logs. */
  @property({ type: Boolean, reflect: true }) mono = false;

  @state() private limit = FIRST;
  @state() private isCopied = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.isCopied = false;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('value')) this.limit = FIRST;
  }

  async #copy(): Promise<void> {
    const value = this.value?.value;
    const isDone = await copyText(typeof value === 'string' ? value : jsonText(value, MOST_COPIED).text);
    if (!isDone || !this.isConnected) return;
    this.isCopied = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.isCopied = false), COPIED_FOR);
  }

  protected override render(): TemplateResult {
    const { limit, messages } = this;
    const value = this.value?.value;
    const isText = typeof value === 'string';
    const { text, isWhole } = isText
      ? { text: beginning(value, limit), isWhole: value.length <= limit }
      : jsonText(value, limit);
    return html`<div class="frame">
      <pre class="text ${isText ? '' : 'json'}" part="text">${text}</pre>
      ${isWhole ? nothing : this.#renderMore(isText ? value.length : undefined)}
      ${
        'clipboard' in navigator
          ? html`<button
              type="button"
              class="copy icon-button ${this.isCopied ? 'done' : ''}"
              aria-label=${this.isCopied ? messages.copied : messages.copy}
              title=${messages.copy}
              @click=${this.#copy}
            >
              ${this.isCopied ? checkIcon() : copyIcon()}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderMore(total: number | undefined): TemplateResult {
    const { locale, showMore, showMoreOfMany } = this.messages;
    const shown = formatCompact(this.limit, locale);
    return html`<button type="button" class="more" @click=${() => (this.limit *= 4)}>
      ${total === undefined ? showMoreOfMany(shown) : showMore(shown, formatCompact(total, locale))}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-text-block': LlmTextBlock;
  }
}
