import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { parseQuery, QueryError, searchSpans, suggest, type Query } from '../../analysis/query/index.js';
import { formatPercent } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { searchIcon } from '../../internal/first-icons.js';
import { closeIcon, nextIcon, previousIcon } from '../../internal/icons.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TraceElement } from '../../internal/trace-element.js';
import { SettingsFollower, ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import { LlmQueryChangeEvent, LlmSpanSelectEvent } from '../events/index.js';
import { searchFieldStyles } from './search-field.styles.js';
import { SearchSuggestions, termStart } from './search-suggestions.js';
import { SearchWork } from './search-work.js';

/** Milliseconds after the last letter until a screen reader is told what was found. */
const TELL_AFTER = 600;

/**
 * The field that a trace is searched with: suggestions, what is wrong with a query and where, how many spans match, and the
 * way from match to match. What it finds it gives to `show`.
 *
 * Keys: arrows go through the suggestions, Enter and Tab take one; Enter and Shift+Enter go to the next match and the one
 * before; Escape closes the suggestions, empties the field, and leaves it.
 *
 * @internal
 * @fires llm-query-change - A person changed the query.
 * @fires llm-span-select - A person went to a match.
 * @fires llm-search-close - The field is to be closed.
 */
export class LlmSearchField extends TraceElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, searchFieldStyles];

  @property({ attribute: false }) trace: Trace | undefined;
  /** What is searched for, as it is written. */
  @property({ attribute: false }) text = '';
  /** Id of the selected span: the next match is the next behind it. */
  @property({ attribute: false }) selected: string | undefined;
  @property({ attribute: false }) settings: ViewSettings = new ViewSettings();
  /** Takes what was found, at once and again when more is found; `undefined` where nothing is searched for. */
  @property({ attribute: false }) show: (matches: SpanMatches | undefined) => void = () => {};

  /** Called once the field is there. */
  @property({ attribute: false }) ready: () => void = () => {};

  @query('input') private input!: HTMLInputElement | null;

  @state() private isHiding = true;
  @state() private status = '';

  /** The last text that was a query. */
  #query: Query | undefined;
  #fault: QueryError | undefined;
  /** Whether what is only unfinished is called wrong: a person is done with it. */
  #isInsisting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #suggestions = new SearchSuggestions();
  readonly #work = new SearchWork(this, () => this.#tell());

  constructor() {
    super();
    new SettingsFollower(this);
  }

  /** Whatever is in it can be written over. */
  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
    this.input?.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Goes to the next match, or the one before, round and round. */
  go(step: 1 | -1): void {
    const { trace } = this;
    const search = this.#work.search;
    if (!trace || !search) return;
    const { length } = trace.spans;
    const begin = step > 0 ? -1 : length;
    const next = (from: number): number => (step > 0 ? search.next(from) : search.previous(from));
    const found = next(this.#selectedAt ?? begin);
    const position = found < 0 ? next(begin) : found;
    /** @internal */
    if (position >= 0) this.dispatchEvent(new LlmSpanSelectEvent({ span: trace.spanAt(position) }));
  }

  get #selectedAt(): number | undefined {
    return this.selected === undefined ? undefined : this.trace?.span(this.selected)?.index;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('text')) this.#parse();
    if (changed.has('text') || changed.has('trace')) this.#search();
    else if (changed.has('isHiding') && this.hasUpdated) this.show(this.#work.matches(this.isHiding));
    if (changed.has('text')) this.#sayLater();
  }

  /** Of what is unfinished, all but the last term counts. While the text is no query, what was found before stays. */
  #parse(): void {
    const { text } = this;
    const parsed = queryOf(text);
    this.#fault = parsed instanceof QueryError ? parsed : undefined;
    const isUnfinished = this.#fault?.isIncomplete === true;
    const query = isUnfinished ? queryOf(text.slice(0, termStart({ text, caret: text.length }))) : parsed;
    if (!(query instanceof QueryError)) this.#query = query.type === 'all' ? undefined : query;
  }

  #search(): void {
    const { trace } = this;
    const query = this.#query;
    const before = this.#work.search;
    if (before?.trace === trace && before?.query === query) return;
    if (trace && query) this.#work.start(trace, query);
    else this.#work.end();
    this.show(this.#work.matches(this.isHiding));
  }

  /** More was found. */
  #tell(): void {
    this.show(this.#work.matches(this.isHiding));
    if (this.#work.search?.isDone) this.#sayLater();
    this.requestUpdate();
  }

  /** Not at each letter, and not before all is read. */
  #sayLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#work.search?.isDone !== false) this.status = this.#faultWords || this.#foundWords();
    }, TELL_AFTER);
  }

  /** What is wrong, once it is no longer only unfinished. */
  get #wrong(): QueryError | undefined {
    return this.#fault && (!this.#fault.isIncomplete || this.#isInsisting) ? this.#fault : undefined;
  }

  get #faultWords(): string {
    const wrong = this.#wrong;
    return wrong ? this.messages.search.fault(wrong) : '';
  }

  #foundWords(): string {
    const search = this.#work.search;
    const { search: words } = this.messages;
    if (!search || !this.trace) return '';
    const at = this.#selectedAt;
    if (at !== undefined && search.matches[at]) return words.place(search.rankOf(at), search.count);
    return words.found(search.count, this.trace.spans.length);
  }

  #write(text: string): void {
    this.text = text;
    this.#isInsisting = false;
    /** @internal */
    this.dispatchEvent(new LlmQueryChangeEvent({ query: text }));
  }

  readonly #onInput = (): void => {
    const { value, selectionStart } = this.input!;
    this.#write(value);
    this.#suggest(value, selectionStart ?? value.length, true);
  };

  #suggest(text: string, caret: number, isTyped: boolean): void {
    this.#suggestions.open({ text, caret }, this.trace, this.settings, isTyped);
    this.requestUpdate();
  }

  #take(written: { text: string; caret: number } | undefined): boolean {
    const input = this.input;
    if (!written || !input) return false;
    input.value = written.text;
    input.setSelectionRange(written.caret, written.caret);
    this.#write(written.text);
    // After a field come its values; after a value, whoever wants another term begins it.
    if (written.text[written.caret - 1] === ' ') this.#closeSuggestions();
    else this.#suggest(written.text, written.caret, false);
    return true;
  }

  #closeSuggestions(): void {
    this.#suggestions.close();
    this.requestUpdate();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#isDone(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  /** Does what a key is for; returns whether it is for anything. */
  #isDone({ key, shiftKey }: KeyboardEvent): boolean {
    const suggestions = this.#suggestions;
    const { value, selectionStart } = this.input!;
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (!suggestions.isOpen) this.#suggest(value, selectionStart ?? value.length, false);
        suggestions.move(key === 'ArrowDown' ? 1 : -1);
        this.requestUpdate();
        return true;
      case 'Tab':
        return !shiftKey && this.#take(suggestions.taken(value, 'Tab'));
      case 'Enter':
        if (!shiftKey && this.#take(suggestions.taken(value, 'Enter'))) return true;
        this.#closeSuggestions();
        this.#insist();
        if (!this.#fault) this.go(shiftKey ? -1 : 1);
        return true;
      case 'Escape':
        if (suggestions.isOpen) this.#closeSuggestions();
        else if (value) this.#write('');
        else this.close();
        return true;
      default:
        return false;
    }
  }

  #insist(): void {
    this.#isInsisting = true;
    this.requestUpdate();
    if (this.#fault) this.#sayLater();
  }

  readonly #onFocus = (): void => {
    // What is searched and what is suggested is gathered once a trace, and not with the first letter.
    const { trace } = this;
    if (!trace || this.text) return;
    setTimeout(() => searchSpans(trace, { type: 'text', text: 'a' }));
    setTimeout(() => suggest('aa', 2, trace));
  };

  readonly #onBlur = (): void => {
    this.#closeSuggestions();
    this.#insist();
  };

  #clear(): void {
    this.#write('');
    this.#closeSuggestions();
    this.input?.focus();
  }

  /** Ends the search. */
  close(): void {
    if (this.text) this.#write('');
    /** @internal */
    this.dispatchEvent(new Event('llm-search-close'));
  }

  protected override firstUpdated(): void {
    this.ready();
  }

  protected override updated(): void {
    const active = this.renderRoot.querySelector<HTMLElement>('[role="option"][aria-selected="true"]');
    const list = active?.parentElement;
    if (!active || !list) return;
    const below = active.offsetTop + active.offsetHeight - list.clientHeight;
    list.scrollTop = Math.max(below, Math.min(list.scrollTop, active.offsetTop));
  }

  protected override render(): TemplateResult {
    const { search: words } = this.messages;
    const suggestions = this.#suggestions;
    const wrong = this.#wrong;
    const search = this.#work.search;
    return html`<div class="frame" role="search" aria-label=${words.search}>
      <div class="field ${wrong ? 'faulty' : ''}">
        ${searchIcon()}
        <input
          type="text"
          role="combobox"
          aria-label=${words.search}
          placeholder=${words.placeholder}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="search"
          aria-autocomplete="list"
          aria-expanded=${String(suggestions.isOpen)}
          aria-controls="suggestions"
          aria-activedescendant=${suggestions.active < 0 ? nothing : `suggestion-${suggestions.active}`}
          aria-invalid=${String(wrong !== undefined)}
          aria-describedby=${wrong ? 'fault' : nothing}
          .value=${live(this.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @focus=${this.#onFocus}
          @blur=${this.#onBlur}
        />
        ${this.text ? iconButton(words.clear, closeIcon(), () => this.#clear()) : nothing} ${this.#renderProgress()}
        ${suggestions.render(this.messages, (number) => this.#take(suggestions.take(this.text, number)))}
      </div>
      <span class="found" aria-hidden="true">${this.#foundWords()}</span>
      <span class="moves">
        ${iconButton(words.previous, previousIcon(), () => this.go(-1), !search?.count)}
        ${iconButton(words.next, nextIcon(), () => this.go(1), !search?.count)}
      </span>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked=${String(this.isHiding)}
        @click=${() => (this.isHiding = !this.isHiding)}
      >
        <span class="track" aria-hidden="true"></span>${words.hideOthers}
      </button>
      <span class="close">${iconButton(words.close, closeIcon(), () => this.close())}</span>
      ${wrong ? this.#renderFault(wrong) : nothing}
      <span class="visually-hidden" role="status">${this.status}</span>
    </div>`;
  }

  #renderProgress(): TemplateResult | typeof nothing {
    const search = this.#work.search;
    if (!search || search.isDone) return nothing;
    const { read, toRead } = search;
    const words = this.messages.search.reading(formatPercent(read / toRead, this.messages.locale));
    return html`<progress max=${toRead} .value=${read} aria-label=${words}></progress>`;
  }

  /** The query with what is wrong marked in it, and why. */
  #renderFault({ start, end }: QueryError): TemplateResult {
    const { text } = this;
    return html`<p class="fault" id="fault">
      <code
        >${revealed(text.slice(0, start))}<mark>${revealed(text.slice(start, end))}</mark>${revealed(text.slice(end))}</code
      >${this.#faultWords}
    </p>`;
  }
}

function queryOf(text: string): Query | QueryError {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

const iconButton = (label: string, icon: TemplateResult, act: () => void, isDisabled = false): TemplateResult =>
  html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${label}
    ?disabled=${isDisabled}
    @click=${act}
  >
    ${icon}
  </button>`;

declare global {
  interface HTMLElementTagNameMap {
    'llm-search-field': LlmSearchField;
  }
}
