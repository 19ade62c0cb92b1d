import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { ContentElement } from '../../internal/content-element.js';
import { collapseIcon, expandIcon } from '../../internal/first-icons.js';
import { checkIcon, copyIcon, nextIcon, previousIcon } from '../../internal/icons.js';
import { JustCopied } from '../../internal/just-copied.js';
import { jsonText } from '../../internal/json-text.js';
import { isContainer } from '../../internal/json/json-value.js';
import { literalPattern, searchJson, type JsonPath } from '../../internal/json/json-search.js';
import { JsonTree, type JsonBranch, type JsonRow } from '../../internal/json/json-tree.js';
import { RowWindow } from '../../internal/row-window.js';
import type { MatchedWords, MatchRevealing } from '../../internal/span-matches.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { isOtherValue, text, type Boxed } from '../../internal/text.js';
import { runInSlices } from '../../internal/time-slices.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import { renderJsonRow } from './json-row.js';
import { jsonStyles } from './llm-json.styles.js';

/** Rows that are open at first: what a person takes in at a glance. */
const FIRST_ROWS = 40;
/** Smaller values need no search. */
const SMALL = 12;
const MOST_COPIED = 50_000_000;
/** Rests of a search after which the first match of another one is not looked for any longer. */
const MOST_RESTS = 50;
/** Width of a character of the font, and of what stands before a line, in px. */
const COLUMN = 7.3;
const BEFORE_LINE = 70;

/**
 * Any JSON value, however large, as a tree: folds, searches, copies. Strings that hold JSON open in place, long ones into
 * their lines. Only the rows in sight are in the DOM.
 *
 * Keys: arrows move, open and close; `*` opens everything; letters find the next key; Ctrl+C copies the value of the row.
 * While a person masks by hand, Delete masks the value of the row, or shows it.
 *
 * @summary A JSON value of any size.
 * @csspart row - A row.
 * @csspart tools - Search and buttons, where the value is not small.
 * @cssprop [--llm-json-height=480px] - Height at the most; the rest is scrolled to.
 */
export class LlmJson extends ContentElement implements MatchRevealing {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, jsonStyles];

  /** A value in a box (see `boxed`), or any value from a page. */
  @property({ attribute: false, hasChanged: isOtherValue }) value: Boxed | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;
  @query('.search') private searchField!: HTMLInputElement | null;

  @state() private wanted = '';

  #tree = new JsonTree(undefined);
  /** The row that the keys start from. */
  #active: { branch: JsonBranch; index: number } = { branch: this.#tree.root, index: 0 };
  #hasTools = false;
  /** Whether a text has been opened into its lines. */
  #hasLines = false;
  #matches: JsonPath[] = [];
  #match = -1;
  #isSearching = false;
  #search: AbortController | undefined;
  readonly #copied = new JustCopied<'value' | 'path'>(this);
  #toReveal: number | undefined;
  readonly #typeAhead = new TypeAhead(this);
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#tree.rowCount,
    headerHeight: () => 0,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#search?.abort();
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    if (changed.has('value')) this.#take(this.value?.value);
    if (this.#hasLines) this.#fitLines();
    this.#window.refresh();
  }

  protected override updated(): void {
    if (this.#toReveal === undefined) return;
    const row = this.#toReveal;
    this.#toReveal = undefined;
    void this.updateComplete.then(() => this.#window.scrollTo(row));
  }

  #take(value: unknown): void {
    this.#tree = new JsonTree(value);
    const isWhole = this.#tree.openOutside(FIRST_ROWS);
    this.#hasLines = false;
    this.#hasTools = !isWhole || this.#tree.rowCount > SMALL;
    this.#active = { branch: this.#tree.root, index: 0 };
    this.#find('');
  }

  get #activeRow(): number {
    return this.#tree.rowOf(this.#active.branch, this.#active.index);
  }

  #moveTo(row: number): void {
    const target = Math.min(this.#tree.rowCount - 1, Math.max(0, row));
    const { branch, index } = this.#tree.rowAt(target);
    this.#active = { branch, index };
    this.#toReveal = target;
    this.requestUpdate();
  }

  /** Lines of a text are as long as there is room for. Asking for that makes the browser lay out what it has so far. */
  #fitLines(): void {
    if (this.clientWidth) this.#tree.setColumns(Math.max(24, Math.floor((this.clientWidth - BEFORE_LINE) / COLUMN)));
  }

  #toggle({ branch, index, isOpen, value }: JsonRow): void {
    this.#active = { branch, index };
    // What is masked may go from line to line.
    if (!isOpen && typeof value === 'string' && this.settings.isMaskedByHand(value)) return;
    if (!isOpen && typeof value === 'string') {
      this.#hasLines = true;
      this.#fitLines();
    }
    if (isOpen) this.#tree.close(branch, index);
    else this.#tree.open(branch, index);
    this.requestUpdate();
  }

  #onKeydown(event: KeyboardEvent): void {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key === 'c' && this.#canCopy && getSelection()?.isCollapsed !== false) {
      event.preventDefault();
      void this.#copy('value');
      return;
    }
    if (event.key === 'Delete' && this.settings.isMasking && this.#tree.rowCount) {
      event.preventDefault();
      void this.#toggleMask();
      return;
    }
    const action = treeAction(event, {
      pageSize: this.#window.pageSize,
      // JSON is code: it reads from left to right on every page.
      isRightToLeft: false,
      isTyping: this.#typeAhead.isTyping,
    });
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: TreeAction): void {
    const row = this.#activeRow;
    const item = this.#tree.rowAt(row);
    switch (action.type) {
      case 'move':
        return this.#moveTo(row + action.by);
      case 'first':
        return this.#moveTo(0);
      case 'last':
        return this.#moveTo(this.#tree.rowCount - 1);
      case 'into':
        if (item.isOpen) return this.#moveTo(row + 1);
        return item.canOpen ? this.#toggle(item) : undefined;
      case 'out': {
        if (item.isOpen) return this.#toggle(item);
        const { parent, index } = item.branch;
        return parent ? this.#moveTo(this.#tree.rowOf(parent, index)) : undefined;
      }
      case 'select':
      case 'open':
        return item.canOpen ? this.#toggle(item) : undefined;
      case 'expand-subtree':
        return this.#openAll();
      case 'find': {
        const found = this.#typeAhead.find(action.letter, row, this.#tree.rowCount, (at) =>
          text(this.#tree.rowAt(at).key),
        );
        return found === undefined ? undefined : this.#moveTo(found);
      }
    }
  }

  /** Ctrl+F is the page's own but where the focus is in here. */
  #onFrameKeydown(event: KeyboardEvent): void {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (!this.searchField) return;
    event.preventDefault();
    this.searchField.focus();
    this.searchField.select();
  }

  #onSearchKeydown(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#goToMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') this.focus();
    else if (event.key === 'Escape' && this.wanted) this.#find('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-row]');
    // Somebody who marks a text wants to copy it.
    if (!row || getSelection()?.isCollapsed === false) return;
    const item = this.#tree.rowAt(Number(row.dataset['row']));
    this.#active = { branch: item.branch, index: item.index };
    if (this.settings.isMasking && target.closest('.value') && !isContainer(item.value)) {
      void this.#toggleMask();
      return;
    }
    // What is read stays as it is under a click: the text of a string opens by its arrow.
    if (item.canOpen && !target.closest('.value.string')) this.#toggle(item);
    this.requestUpdate();
  }

  /** Masks the value of the active row, or shows it. */
  async #toggleMask(): Promise<void> {
    const { branch, index, isOpen, value } = this.#tree.rowAt(this.#activeRow);
    if (typeof value === 'string' && isOpen) this.#tree.close(branch, index);
    await this.settings.toggleMask(value);
    this.requestUpdate();
  }

  #openAll(): void {
    this.#tree.openOutside();
    this.#toReveal = this.#activeRow;
    this.requestUpdate();
  }

  #closeAll(): void {
    this.#tree.closeAll();
    this.#moveTo(0);
  }

  #find(wanted: string): void {
    this.#search?.abort();
    this.wanted = wanted;
    this.#matches = [];
    this.#match = -1;
    this.#isSearching = wanted !== '';
    if (!wanted) return;
    const search = (this.#search = new AbortController());
    void runInSlices(searchJson(this.value?.value, wanted), {
      signal: search.signal,
      take: (path) => {
        this.#matches.push(path);
        if (this.#matches.length === 1) this.#goToMatch(1);
      },
      rested: () => this.requestUpdate(),
    }).then((isOver) => {
      if (isOver && !search.signal.aborted) this.#isSearching = false;
      this.requestUpdate();
    });
  }

  #goToMatch(by: number): void {
    const count = this.#matches.length;
    if (!count) return;
    this.#match = (this.#match + by + count) % count;
    this.#moveTo(this.#tree.reveal(this.#matches[this.#match]!));
  }

  /**
   * Opens the way to the first value with a match of a search of the whole trace, and goes there.
   *
   * @internal
   */
  showMatch(words: MatchedWords): boolean {
    let rests = 0;
    for (const path of searchJson(this.value?.value, { test: (item) => words.rangesIn(item).length > 0 })) {
      if (!path && ++rests > MOST_RESTS) return false;
      if (!path) continue;
      const row = this.#tree.reveal(path);
      if (row === this.#activeRow) return false;
      this.#moveTo(row);
      return true;
    }
    return false;
  }

  /** What is masked does not leave the page whole. */
  get #canCopy(): boolean {
    return 'clipboard' in navigator && this.settings.content === 'full';
  }

  async #copy(what: 'value' | 'path', value = this.#tree.rowAt(this.#activeRow).value): Promise<void> {
    const words =
      what === 'path'
        ? this.#tree.pathOf(this.#tree.rowAt(this.#activeRow))
        : typeof value === 'string'
          ? this.settings.readable(value)
          : jsonText(value, MOST_COPIED, this.settings.masking).text;
    await this.#copied.copy(what, words);
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    return html`<div class="frame" @keydown=${this.#onFrameKeydown}>
      ${this.#hasTools || this.settings.isMasking ? this.#renderTools() : nothing}
      <div
        class="scroller"
        role="tree"
        tabindex="0"
        aria-label=${messages.jsonLabel}
        aria-activedescendant=${this.#tree.rowCount ? `row-${this.#activeRow}` : nothing}
        @keydown=${this.#onKeydown}
        @click=${this.#onClick}
      >
        <div class="rows" role="none" .style=${`--count: ${this.#window.heightInRows}`}>
          <div class="probe" aria-hidden="true"></div>
          ${this.#renderRows()}
        </div>
      </div>
      ${this.#renderNotPrinted()}
      ${this.#hasTools || this.settings.isMasking || !this.#canCopy ? nothing : this.#renderCopyAll()}
    </div>`;
  }

  /** Rows in sight, and the active one wherever it is: it must not vanish under a reader's focus. */
  #renderRows(): TemplateResult[] {
    const { first, end } = this.#window;
    const active = this.#activeRow;
    const pattern = this.wanted ? literalPattern(this.wanted) : undefined;
    const rows: TemplateResult[] = [];
    const show = (row: number): void => {
      const isActive = row === active;
      rows.push(
        renderJsonRow(this.#tree.rowAt(row), {
          messages: this.messages,
          settings: this.settings,
          row,
          place: this.#window.placeOf(row),
          isActive,
          pattern,
        }),
      );
    };
    if (active < first && active < this.#tree.rowCount) show(active);
    for (let row = first; row < end; row++) show(row);
    if (active >= end && active < this.#tree.rowCount) show(active);
    return rows;
  }

  /** For paper, on which nobody scrolls. */
  #renderNotPrinted(): TemplateResult | typeof nothing {
    const more = this.#tree.rowCount - this.#window.pageSize - 1;
    return more > 0 ? html`<p class="not-printed note">${this.messages.rowsNotPrinted(more)}</p>` : nothing;
  }

  #renderTools(): TemplateResult {
    const { messages } = this;
    const button = (label: string, icon: TemplateResult, act: () => void): TemplateResult =>
      html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${act}>${icon}</button>`;
    return html`<div class="tools" part="tools">
      <input
        type="search"
        class="search"
        aria-label=${messages.searchJson}
        placeholder=${messages.searchJson}
        .value=${this.wanted}
        @input=${(event: InputEvent) => this.#find((event.target as HTMLInputElement).value)}
        @keydown=${this.#onSearchKeydown}
      />
      ${
        this.wanted
          ? html`<span class="found" role="status">${this.#foundText()}</span>
              ${button(messages.previousMatch, previousIcon(), () => this.#goToMatch(-1))}
              ${button(messages.nextMatch, nextIcon(), () => this.#goToMatch(1))}`
          : nothing
      }
      <span class="space"></span>
      ${button(messages.expandAll, expandIcon(), () => this.#openAll())}
      ${button(messages.collapseAll, collapseIcon(), () => this.#closeAll())}
      ${this.settings.isMasking && this.#tree.rowCount ? this.#renderMaskButton() : nothing}
      ${
        this.#canCopy
          ? html`<button type="button" class="button" @click=${() => this.#copy('path')}>
                ${this.#copied.what === 'path' ? messages.copied : messages.copyPath}
              </button>
              <button type="button" class="button" @click=${() => this.#copy('value')}>
                ${this.#copied.what === 'value' ? messages.copied : messages.copyValue}
              </button>`
          : nothing
      }
    </div>`;
  }

  #renderMaskButton(): TemplateResult {
    const { messages, settings } = this;
    const { value } = this.#tree.rowAt(this.#activeRow);
    const isMasked = settings.isMaskedWhole(value);
    return html`<button type="button" class="button" @click=${() => this.#toggleMask()}>
      ${isMasked ? messages.share.revealValue : messages.share.maskValue}
    </button>`;
  }

  #foundText(): string {
    const { messages } = this;
    if (!this.#matches.length) return this.#isSearching ? messages.searching : messages.noMatch;
    return messages.matchOf(this.#match + 1, this.#matches.length, !this.#isSearching);
  }

  #renderCopyAll(): TemplateResult {
    const { messages } = this;
    return html`<button
      type="button"
      class="copy icon-button ${this.#copied.what ? 'done' : ''}"
      aria-label=${this.#copied.what ? messages.copied : messages.copy}
      title=${messages.copy}
      @click=${() => this.#copy('value', this.value?.value)}
    >
      ${this.#copied.what ? checkIcon() : copyIcon()}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-json': LlmJson;
  }
}
