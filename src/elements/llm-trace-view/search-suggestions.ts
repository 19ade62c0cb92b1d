import { html, nothing, type TemplateResult } from 'lit';
import { suggest, type Suggestion, type Suggestions } from '../../analysis/query/index.js';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';

const MOST_SHOWN = 12;

/** A text with the place in it that is written at. */
export interface WrittenText {
  readonly text: string;
  readonly caret: number;
}

/** Where the term begins that is written at. */
export const termStart = ({ text, caret }: WrittenText): number => suggest(text, caret).start;

/** The list below the search field: what could be written there, and which of it the arrows are at. */
export class SearchSuggestions {
  #given: Suggestions | undefined;
  #active = -1;
  /** Whether what is shown was asked for by typing: Tab takes it then, and else leaves the field. */
  #isTyped = false;

  get items(): readonly Suggestion[] {
    return this.#given?.items ?? [];
  }

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  /** The number of the one that the arrows are at; -1 for none. */
  get active(): number {
    return this.#active;
  }

  open({ text, caret }: WrittenText, trace: Trace | undefined, settings: ViewSettings, isTyped: boolean): void {
    const given = suggest(text, caret, trace && [trace], { most: MOST_SHOWN + 1 });
    const written = text.slice(given.start, given.end);
    this.#isTyped = isTyped;
    this.#active = -1;
    // What is written already needs no suggestion, and who goes on to another term does not ask for any yet.
    const isAsked = !isTyped || written !== '';
    // What is masked would be written out.
    const isShown = (item: Suggestion): boolean => item.text !== written && !settings.isMasked(item.text);
    const items = isAsked ? given.items.filter(isShown).slice(0, MOST_SHOWN) : [];
    this.#given = { ...given, items };
  }

  close(): void {
    this.#given = undefined;
    this.#active = -1;
  }

  /** Goes to the next one or the one before, round and round, with the field itself between the last and the first. */
  move(by: number): void {
    const count = this.items.length + 1;
    this.#active = ((this.#active + 1 + by + count) % count) - 1;
  }

  /** What the text becomes when one is taken: by Enter that of the arrows, by Tab the first as well. */
  taken(text: string, key: 'Enter' | 'Tab'): WrittenText | undefined {
    return this.#active >= 0 || (key === 'Tab' && this.#isTyped)
      ? this.take(text, Math.max(0, this.#active))
      : undefined;
  }

  take(text: string, number: number): WrittenText | undefined {
    const item = this.items[number];
    if (!item || !this.#given) return undefined;
    const { start, end } = this.#given;
    const after = text.slice(end);
    const isWhole = !/[:>]$/.test(item.text);
    const before = text.slice(0, start) + item.text + (isWhole && !after.startsWith(' ') ? ' ' : '');
    return { text: before + after, caret: before.length };
  }

  render(messages: Messages, take: (number: number) => void): TemplateResult {
    const { search } = messages;
    return html`<div
      id="suggestions"
      class="suggestions"
      role="listbox"
      aria-label=${search.suggestions}
      ?hidden=${!this.isOpen}
      @pointerdown=${keepFocus}
    >
      ${this.items.map((item, number) => {
        const about = search.about(item);
        return html`<button
          type="button"
          id="suggestion-${number}"
          role="option"
          tabindex="-1"
          aria-selected=${String(number === this.#active)}
          @click=${() => take(number)}
        >
          <span class="suggested">${revealed(item.text)}</span>
          <span class="muted">${about}</span>
          ${item.count === undefined ? nothing : html`<span class="muted spans">${search.spans(item.count)}</span>`}
        </button>`;
      })}
    </div>`;
  }
}

/** A pointer in the list does not take the focus out of the field. */
const keepFocus = (event: Event): void => event.preventDefault();
