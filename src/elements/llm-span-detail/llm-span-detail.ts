import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { formatNumber } from '../../i18n/index.js';
import { aboutSpan } from '../../internal/about-span.js';
import { ContentElement } from '../../internal/content-element.js';
import { FeedbackForm } from '../../internal/feedback-form.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { closeIcon, parentIcon } from '../../internal/icons.js';
import { parsedContainer } from '../../internal/json/json-value.js';
import { selectedText } from '../../internal/selected-text.js';
import { base, kindColours } from '../../internal/styles/base.js';
import type { Marking, SpanMatches } from '../../internal/span-matches.js';
import { feedbackFormStyles } from '../../internal/styles/feedback-form.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { tabOfKey } from '../../internal/tab-keys.js';
import { spanFigures } from './span-figures.js';
import type { PriceSource } from '../../analysis/index.js';
import type { ResolvePart } from '../../internals/index.js';
import type { Score, Span } from '../../model/index.js';
import { LlmDetailCloseEvent, LlmFeedbackEvent, LlmSpanSelectEvent } from '../events/index.js';
import { LaterElements, type ElementLoaders } from '../llm-trace-view/later-elements.js';
import { renderErrors } from './errors.js';
import { detailStyles } from './llm-span-detail.styles.js';
import { pageTabs } from './tabs/page-tabs.js';
import { shown } from './tabs/parts.js';
import { detailTabs } from './tabs/registry.js';
import { tabStyles } from './tabs/tab.styles.js';
import type { DetailTab, TabContext } from './tabs/tab.js';

const NO_PLACES: ReadonlySet<string> = new Set();
/** Texts whose JSON is kept while a span is shown. */
const MOST_PARSED = 400;

/**
 * One span: its conversation, documents, prompt, input and output, parameters, scores, errors, events, attributes, and the
 * record as it was read. Everything of the trace is shown as text.
 *
 * The attributes `links`, `media` and `content` say what is allowed: whether links can be opened (`off`, `ask`, `on`), whether
 * pictures and recordings are shown (`off`, `data-only`, `click`), and whether secrets and personal data are (`full`, `masked`).
 *
 * @summary What is known of one span.
 * @slot header-actions - The page's own buttons, beside the name.
 * @slot feedback - The page's own way to judge a span, below everything.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for another span: the parent, another try, a linked one.
 * @fires {LlmDetailCloseEvent} llm-detail-close - A person closed the detail (only where `closable`).
 * @fires {LlmFeedbackEvent} llm-feedback - A person judged the span (only where `feedback`). Can be prevented.
 * @csspart head - Name and figures.
 * @csspart tabs - The row of tabs.
 * @csspart panel - What the chosen tab shows.
 * @csspart message - A message of the conversation.
 */
export class LlmSpanDetail extends ContentElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, kindColours, texts, feedbackFormStyles, detailStyles, tabStyles];

  /**
   * What loads the elements that are shown later (define/llm-span-detail.ts).
   *
   * @internal
   */
  static laterElements: ElementLoaders = new Map();

  /** The span that is shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** Knows what calls cost, where the trace does not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Finds parts of what went on inside a model that the trace only names (`{ ref }`): large arrays that are kept elsewhere. */
  @property({ attribute: false }) resolve: ResolvePart | undefined;

  /** What a search has found: its words are marked in what is shown, and tabs that hold some of them say so. */
  @property({ attribute: false }) found: SpanMatches | undefined;

  /** Whether there is a button that asks to close the detail. */
  @property({ type: Boolean }) closable = false;

  /** Whether people can judge the span by a thumb and a comment. What they say is an event. */
  @property({ type: Boolean }) feedback = false;

  /** Keeps what was said, unless the page prevented the event. A view with a store gives the store's own way. */
  @property({ attribute: false }) saveScore: ((spanId: string, score: Score) => Promise<void>) | undefined;

  @query('[role="tab"][aria-selected="true"]') private selectedTab!: HTMLElement | null;

  @query('.panel') private panel!: HTMLElement | null;

  /** The tab that a person chose last; a span that has nothing for it shows its first one. */
  @state() private chosenTab: string | undefined;
  @state() private filter = '';
  @state() private page = 0;
  /** What a person marked last, while masking by hand. */
  @state() private marked = '';
  /** Id of the call that a person compares with. */
  @state() private compared: string | undefined;

  readonly #later = new LaterElements(this, LlmSpanDetail.laterElements);
  readonly #parsed = new Map<string, object | undefined>();
  readonly #feedback = new FeedbackForm(this, (score) => this.#giveFeedback(score));
  /** Whether another span is shown than before. */
  #isOther = false;
  #marking: { readonly words: SpanMatches['words']; readonly marks: Marking } | undefined;
  /** What was found in this span, by the names that a search has for it. */
  #places: ReadonlySet<string> = NO_PLACES;

  /** Goes to a tab in which a search has found something, and brings the first of it into sight. */
  async showMatch(): Promise<void> {
    await this.updateComplete;
    const { span } = this;
    const tabs = span ? this.#tabsOf(span) : [];
    if (!tabs.some((tab) => this.#currentOf(tabs) === tab && this.#isFoundIn(tab))) {
      const tab = tabs.find((other) => this.#isFoundIn(other));
      if (tab) this.chosenTab = tab.id;
    }
    await this.updateComplete;
    this.#marking?.marks.reveal();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unmark();
  }

  override focus(options?: FocusOptions): void {
    this.selectedTab?.focus(options);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const before = changed.get('span') as Span | undefined;
    // A trace that grows gives the same span anew: what a person did with it stays.
    this.#isOther = changed.has('span') && (before?.id !== this.span?.id || before?.traceId !== this.span?.traceId);
    if (this.#isOther) {
      this.filter = '';
      this.page = 0;
      this.marked = '';
      this.compared = undefined;
      this.#feedback.reset();
    }
    if (this.#isOther || this.#parsed.size > MOST_PARSED) this.#parsed.clear();
    if (changed.has('span') || changed.has('found')) this.#findPlaces(changed);
  }

  /** Looked for once a span and query, and not whenever more spans are found. */
  #findPlaces(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { found, span } = this;
    const before = changed.get('found') as SpanMatches | undefined;
    if (!changed.has('span') && before?.words === found?.words) return;
    this.#places = found && span ? found.words.placesIn(span) : NO_PLACES;
  }

  /** Another span is marked anew by what follows the changes of its nodes. */
  #mark(): void {
    const words = this.span && this.found?.words;
    if (words === this.#marking?.words) return;
    this.#unmark();
    if (words && this.isConnected) this.#marking = { words, marks: words.markIn(this.shadowRoot!) };
  }

  #unmark(): void {
    this.#marking?.marks.end();
    this.#marking = undefined;
  }

  #tabsOf(span: Span): readonly DetailTab[] {
    return [...pageTabs(span), ...detailTabs.filter((tab) => tab.isFor(span))];
  }

  #currentOf(tabs: readonly DetailTab[]): DetailTab | undefined {
    return tabs.find((tab) => tab.id === this.chosenTab) ?? tabs[0];
  }

  #isFoundIn({ places = [] }: DetailTab): boolean {
    return places.some((place) => this.#places.has(place));
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.panel && (this.#isOther || changed.has('chosenTab'))) this.panel.scrollTop = 0;
    if (changed.has('chosenTab')) this.#showTab();
    this.#mark();
  }

  /** Brings the tab that was chosen into sight, where there is no room for all. Nothing but the row of tabs is moved. */
  #showTab(): void {
    const tab = this.selectedTab;
    const row = tab?.parentElement;
    if (!tab || !row) return;
    const [seen, wanted] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    row.scrollLeft += Math.min(0, wanted.left - seen.left) + Math.max(0, wanted.right - seen.right);
  }

  #onTabKeydown(event: KeyboardEvent, tabs: readonly DetailTab[], current: number): void {
    const next = tabOfKey(event.key, current, tabs.length, this.matches(':dir(rtl)'));
    if (next === undefined) return;
    event.preventDefault();
    this.chosenTab = tabs[next]!.id;
    void this.updateComplete.then(() => this.selectedTab?.focus());
  }

  protected override render(): TemplateResult {
    const { span, messages } = this;
    if (!span) return html`<div class="frame"><p class="nothing">${messages.noSpanSelected}</p></div>`;
    const tabs = this.#tabsOf(span);
    const context = this.#contextOf(span);
    const tab = this.#currentOf(tabs)!;
    const current = tabs.indexOf(tab);
    return html`<div
      class="frame"
      data-kind=${span.kind}
      @pointerup=${this.settings.isMasking ? this.#onMarked : nothing}
      @keyup=${this.settings.isMasking ? this.#onMarked : nothing}
    >
      ${this.settings.isMasking ? this.#renderMaskBar(span) : nothing} ${this.#renderHead(span, context)}
      <div
        class="tabs"
        part="tabs"
        role="tablist"
        aria-label=${revealedText(this.settings.readable(span.name)) || messages.noName}
      >
        ${tabs.map((item, index) => {
          const count = item.count?.(span);
          return html`<button
            type="button"
            role="tab"
            id="tab-${item.id}"
            aria-selected=${String(index === current)}
            aria-controls="panel"
            tabindex=${index === current ? 0 : -1}
            @click=${() => (this.chosenTab = item.id)}
            @keydown=${(event: KeyboardEvent) => this.#onTabKeydown(event, tabs, current)}
          >
            ${item.label(messages)}
            ${count ? html`<span class="count">${formatNumber(count, messages.locale)}</span>` : nothing}
            ${
              this.#isFoundIn(item)
                ? html`<span class="has-match" title=${messages.search.hasMatch}
                    ><span class="visually-hidden">${messages.search.hasMatch}</span></span
                  >`
                : nothing
            }
          </button>`;
        })}
      </div>
      <div class="panel" part="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby="tab-${tab.id}">
        ${renderErrors(context)} ${tab.render(context)}
      </div>
      <div class="feedback">
        ${this.feedback ? this.#feedback.render(messages) : nothing}<slot name="feedback"></slot>
      </div>
    </div>`;
  }

  readonly #onMarked = (event: Event): void => {
    const marked = selectedText(event).trim();
    if (marked) this.marked = marked;
  };

  /** Only what has this element begins to mask. */
  #renderMaskBar(span: Span): TemplateResult {
    return html`<llm-mask-bar
      .messages=${this.messages}
      .settings=${this.settings}
      .span=${span}
      .marked=${this.marked}
    ></llm-mask-bar>`;
  }

  #contextOf(span: Span): TabContext {
    return {
      span,
      messages: this.messages,
      settings: this.settings,
      parsed: (text) => {
        if (!this.#parsed.has(text)) this.#parsed.set(text, parsedContainer(text));
        return this.#parsed.get(text);
      },
      filter: this.filter,
      setFilter: (filter) => {
        this.filter = filter;
        this.page = 0;
      },
      page: this.page,
      setPage: (page) => (this.page = page),
      compared: this.compared,
      compareWith: (id) => (this.compared = id),
      prices: this.prices,
      resolve: this.resolve,
      later: (tag) => {
        this.#later.want(tag);
        return this.#later.hasFailed(tag);
      },
      select: (other) => this.#select(other),
    };
  }

  async #giveFeedback(score: Score): Promise<void> {
    const { span } = this;
    if (!span) return;
    /** @internal */
    const isWanted = this.dispatchEvent(new LlmFeedbackEvent({ spanId: span.id, traceId: span.traceId, span, score }));
    if (isWanted) await this.saveScore?.(span.id, score);
  }

  #renderHead(span: Span, context: TabContext): TemplateResult {
    const { messages } = this;
    const about = aboutSpan(span);
    return html`<div class="head" part="head">
      <div class="title">
        <span class="kind-icon" title=${messages.kinds[span.kind]!}>${kindIcon(span.kind)}</span>
        <div class="names">
          <h3>${span.name ? shown(context, span.name) : html`<span class="muted">${messages.noName}</span>`}</h3>
          ${about ? html`<span class="model">${shown(context, about)}</span>` : nothing}
        </div>
        <span class="actions"><slot name="header-actions"></slot></span>
        ${
          this.closable
            ? html`<button
                type="button"
                class="close icon-button"
                aria-label=${messages.closeDetail}
                @click=${this.#onClose}
              >
                ${closeIcon()}
              </button>`
            : nothing
        }
      </div>
      <div class="figures">
        ${spanFigures(span, this.prices, messages).map(([value, unit]) => html`<span><b>${value}</b> ${unit}</span>`)}
        ${this.#renderParent(span, context)}
      </div>
    </div>`;
  }

  #renderParent(span: Span, context: TabContext): TemplateResult | typeof nothing {
    const { messages } = this;
    const { parent, parentId } = span;
    if (parent) {
      return html`<button type="button" class="parent" @click=${() => this.#select(parent)}>
        ${parentIcon()}${shown(context, messages.within(parent.name || messages.noName))}
      </button>`;
    }
    // A span that names itself, or whose ancestors lead back to it, is a root although its parent is here.
    const isMissing = parentId !== undefined && span.trace.span(parentId) === undefined;
    return isMissing ? html`<span>${shown(context, messages.parentMissing(parentId))}</span>` : nothing;
  }

  #select(span: Span): void {
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  readonly #onClose = (): void => {
    /** @internal */
    this.dispatchEvent(new LlmDetailCloseEvent({ span: this.span! }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-detail': LlmSpanDetail;
  }
}
