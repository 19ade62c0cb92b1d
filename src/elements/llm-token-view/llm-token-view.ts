import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { maskedInternals, type Internals, type Tokenizer } from '../../internals/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { RowWindow } from '../../internal/row-window.js';
import { base } from '../../internal/styles/base.js';
import { insideModel } from '../../internal/styles/inside-model.js';
import { smallTable } from '../../internal/styles/small-table.js';
import { tokens as tokenStyles } from '../../internal/styles/tokens.js';
import type { Span } from '../../model/index.js';
import type { TokenRange } from '../events/index.js';
import { renderEmpty, renderProblems, renderStatedMean } from './empty.js';
import { jsonFields, type JsonField } from './json-fields.js';
import { tokenViewStyles } from './llm-token-view.styles.js';
import { isUncertain, MEASURES, type Measure, type MeasureName } from './measures.js';
import { PrintedTokens } from './printed-tokens.js';
import { renderCard } from './token-card.js';
import { renderFigures, renderScale } from './token-figures.js';
import { TokenChoice } from './token-choice.js';
import { tokenAction, type TokenAction } from './token-keys.js';
import { TokenList } from './token-list.js';
import { cellWith, renderTokenRow, type RowLook } from './token-row.js';
import { rowOfCell, rowsOf } from './token-rows.js';
import { renderFields, renderTokenTable } from './token-table.js';
import { TokenizedText } from './tokenized-text.js';

/** Digits whose width is measured: one alone is rounded. */
const PROBE = '0'.repeat(40);

/**
 * The tokens of a call, coloured by how likely they were, with what else was likely at each place. Only the rows in sight are in
 * the DOM. Uncertain tokens have a line below them, the heavier the less certain; a table has the same as text.
 *
 * Keys: arrows go from token to token and from row to row, with Shift they choose a stretch; `n` and `p` go to the next and the
 * previous uncertain token, Home and End to the first and the last one; Escape lets go of what is chosen.
 *
 * @summary Tokens and their probabilities.
 * @fires {LlmTokenSelectEvent} llm-token-select - A person chose a token, or a stretch of them.
 * @csspart toolbar - The buttons and the scale.
 * @csspart token - A token.
 * @csspart card - What is known of one token.
 */
export class LlmTokenView extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokenStyles, base, smallTable, insideModel, tokenViewStyles];

  /** The span whose tokens are shown. */
  @property({ attribute: false }) span: Span | undefined;

  /** What is shown in place of what the span holds. */
  @property({ attribute: false }) internals: Internals | undefined;

  /** Takes the texts of a span apart that has no tokens of its own. */
  @property({ attribute: false }) tokenizer: Tokenizer | undefined;

  /** What tokens are coloured by: `probability`, `rank` or `entropy`. What is not known gives way to what is. */
  @property() measure: MeasureName = 'probability';

  /** The tokens that are chosen. */
  @property({ attribute: false }) selected: TokenRange | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;
  @query('.tools') private toolbar!: HTMLElement | null;

  /** Cell that keys start from. */
  @state() private active = 0;
  @state() private hovered: number | undefined;
  @state() private isTable = false;
  @state() private page = 0;
  /** Characters of a row. */
  @state() private columns = 60;

  #list: TokenList | undefined;
  #fields: readonly JsonField[] = [];
  #rows: Int32Array = new Int32Array(0);
  #rowsFor: { list: TokenList; columns: number } | undefined;
  /** Cell at which a choice by Shift began. */
  #anchor: number | undefined;
  readonly #choice = new TokenChoice(this);
  /** What the list was made of. */
  #made: { held: Internals | undefined; version: number } | undefined;
  #toReveal: number | undefined;
  readonly #tokenized = new TokenizedText(this);
  readonly #printed = new PrintedTokens(this);
  readonly #resize = new ResizeObserver(() => this.#measureColumns());
  #watched: Element | null = null;
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => Math.max(0, this.#rows.length - 1),
    headerHeight: () => 0,
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#watched = null;
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('span') as Span | undefined;
    const isOther =
      (changed.has('span') && (before?.id !== this.span?.id || before?.traceId !== this.span?.traceId)) ||
      changed.has('internals');
    const stated = this.internals ?? this.span?.internals;
    if (stated?.tokens) this.#tokenized.end();
    else this.#tokenized.want(this.tokenizer, this.span);
    this.#takeTokens(stated?.tokens ? stated : (this.#tokenized.internals ?? stated));
    const list = this.#list;
    if (isOther) {
      this.page = 0;
      this.hovered = this.#anchor = undefined;
      this.active = list && list.split < list.count ? list.split : 0;
      this.#toReveal = this.active;
      if (!changed.has('selected')) this.selected = undefined;
    }
    if (changed.has('selected') && this.#choice.isByPage() && this.selected && list) {
      const cell = list.cellOf(this.selected.start);
      if (cell !== this.active) {
        this.#anchor = undefined;
        this.active = cell;
        this.#toReveal = cell;
      }
    }
    this.active = Math.max(0, Math.min(this.active, (list?.count ?? 0) - 1));
    if (list && (this.#rowsFor?.list !== list || this.#rowsFor.columns !== this.columns)) {
      this.#rows = rowsOf(list, this.columns);
      this.#rowsFor = { list, columns: this.columns };
    }
    this.#window.refresh();
  }

  /** Another list only where the tokens are others, or other texts are masked. */
  #takeTokens(held: Internals | undefined): void {
    const { settings } = this;
    if (this.#made?.held === held && this.#made?.version === settings.version) return;
    this.#made = { held, version: settings.version };
    const { masking } = settings;
    const shown = held && masking ? maskedInternals(held, (text) => masking(text, '')) : held;
    this.#list = shown?.tokens ? new TokenList(shown) : undefined;
    this.#fields = this.#list
      ? jsonFields(this.#list, this.span).map((field) => ({ ...field, tool: settings.readable(field.tool) }))
      : [];
  }

  protected override updated(): void {
    const { scroller } = this;
    if (scroller !== this.#watched) {
      this.#resize.disconnect();
      // As wide as the list, and above it: what is rendered does not change its height.
      if (scroller && this.toolbar) this.#resize.observe(this.toolbar);
      if (scroller && this.probe) this.#resize.observe(this.probe);
      this.#watched = scroller;
    }
    const cell = this.#toReveal;
    if (cell === undefined || !scroller) return;
    this.#toReveal = undefined;
    void this.updateComplete.then(() => this.#window.scrollTo(rowOfCell(this.#rows, cell), 'center'));
  }

  #measureColumns(): void {
    const { scroller, probe } = this;
    const width = (probe?.getBoundingClientRect().width ?? 0) / PROBE.length;
    if (!scroller || !width) return;
    const { paddingLeft, paddingRight } = getComputedStyle(scroller);
    const room = scroller.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const columns = Math.max(8, Math.floor(room / width));
    if (columns === this.columns) return;
    // What is at the top stays there.
    const cell = this.#rows[Math.floor(this.#window.rowsAbove)];
    this.columns = columns;
    if (cell !== undefined && this.#window.rowsAbove > 0) {
      void this.updateComplete.then(() => this.#window.holdAt(rowOfCell(this.#rows, cell)));
    }
  }

  get #measure(): Measure | undefined {
    const list = this.#list;
    if (!list) return undefined;
    const usable = MEASURES.filter((measure) => measure.isIn(list));
    return usable.find(({ name }) => name === this.measure) ?? usable[0];
  }

  protected override render(): TemplateResult {
    const { messages, span } = this;
    const list = this.#list;
    const words = messages.tokenView;
    const held = this.internals ?? span?.internals;
    const problems = this.internals ? [] : (span?.internalsProblems ?? []);
    const measure = this.#measure;
    if (!list || list.count === 0) {
      return html`<div class="frame">
        ${renderStatedMean(held?.output, messages)} ${renderProblems(problems, messages)}
        ${held?.output?.mean === undefined ? renderEmpty(messages, this.#tokenized) : nothing}
      </div>`;
    }
    return html`<div class="frame">
      <div class="tools" part="toolbar">
        ${measure ? this.#renderSwitch(list, measure) : nothing}
        <button
          type="button"
          class="button"
          aria-pressed=${String(this.isTable)}
          @click=${() => (this.isTable = !this.isTable)}
        >
          ${words.table}
        </button>
        ${measure && !this.isTable ? renderScale(measure, messages) : nothing}
      </div>
      ${renderFigures(list, measure, messages)}
      ${this.#tokenized.name === undefined ? nothing : html`<p class="note">${words.approximate(this.#tokenized.name)}</p>`}
      ${renderProblems(problems, messages)}
      ${this.isTable ? renderTokenTable(list, this.page, messages, (page) => (this.page = page)) : this.#renderText(list, measure)}
      ${guard([list, messages], () =>
        renderFields(list, this.#fields, messages, (field) => this.#choose(field.start, field.end - 1)),
      )}
      ${this.#printed.render(list, measure, messages)}
    </div>`;
  }

  #renderSwitch(list: TokenList, measure: Measure): TemplateResult {
    const words = this.messages.tokenView;
    return html`<label
        >${words.colourBy}
        <select @change=${(event: Event) => (this.measure = (event.target as HTMLSelectElement).value as MeasureName)}>
          ${MEASURES.filter((other) => other.isIn(list)).map(
            ({ name }) =>
              html`<option value=${name} ?selected=${name === measure.name}>${words.measures[name]}</option>`,
          )}
        </select></label
      >
      <button type="button" class="button" @click=${() => this.#toUncertain(-1)} aria-label=${words.previousUncertain}>
        <span aria-hidden="true">↑</span>
      </button>
      <button type="button" class="button" @click=${() => this.#toUncertain(1)}>
        <span aria-hidden="true">↓</span> ${words.nextUncertain}
      </button>`;
  }

  #renderText(list: TokenList, measure: Measure | undefined): TemplateResult {
    const { messages, active } = this;
    const words = messages.tokenView;
    const count = Math.max(0, this.#rows.length - 1);
    const shown = this.hovered ?? active;
    const look: RowLook = { list, measure, messages, columns: this.columns, active, chosen: this.#chosenIn(list) };
    return html`<p class="visually-hidden" id="keys">${words.keys}</p>
      <div class="body">
        <div
          class="scroller"
          role="listbox"
          tabindex="0"
          aria-label=${words.title}
          aria-describedby="keys"
          aria-multiselectable="true"
          aria-activedescendant=${`token-${active}`}
          @keydown=${this.#onKeydown}
          @click=${this.#onClick}
          @pointerover=${this.#onPointer}
          @pointerleave=${() => (this.hovered = undefined)}
        >
          <div class="probe" role="presentation" aria-hidden="true">${PROBE}</div>
          <div class="list" role="presentation" .style=${`--count: ${Math.min(count, this.#window.heightInRows)}`}>
            ${repeat(
              this.#rowsInSight(count),
              (row) => row,
              (row) =>
                renderTokenRow(
                  look,
                  this.#rows[row]!,
                  this.#rows[row + 1]!,
                  this.#window.placeOf(row) * this.#window.rowHeight,
                ),
            )}
          </div>
        </div>
        <div class="card" part="card" role="group" aria-label=${words.place}>
          ${guard([list, shown, messages], () => renderCard(list, shown, this.#fields, messages))}
        </div>
      </div>`;
  }

  /** The active one is always there: it must not vanish under a reader's focus. */
  #rowsInSight(count: number): number[] {
    const { first, end } = this.#window;
    const rows = Array.from({ length: Math.max(0, Math.min(end, count) - first) }, (_, at) => first + at);
    const activeRow = rowOfCell(this.#rows, this.active);
    if (activeRow < first) rows.unshift(activeRow);
    else if (activeRow >= end && activeRow < count) rows.push(activeRow);
    return rows;
  }

  /** The cells that are chosen: the first, and the one behind the last. */
  #chosenIn(list: TokenList): readonly [from: number, to: number] {
    const { selected } = this;
    if (!selected || selected.end <= selected.start) return [0, 0];
    return [list.cellOf(selected.start), list.cellOf(selected.end - 1) + 1];
  }

  // --- What a person does --------------------------------------------------------------------------------------------

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const action = tokenAction(event, this.matches(':dir(rtl)'));
    if (!action || !this.#list) return;
    event.preventDefault();
    this.hovered = undefined;
    this.#act(action, event.shiftKey);
  };

  #act(action: TokenAction, isExtending: boolean): void {
    const list = this.#list!;
    switch (action.type) {
      case 'move':
        return this.#moveTo(this.active + action.by, isExtending);
      case 'row':
        return this.#moveTo(this.#cellInRow(action.by), isExtending);
      case 'page':
        return this.#moveTo(this.#cellInRow(action.by * this.#window.pageSize), isExtending);
      case 'first':
        return this.#moveTo(0, isExtending);
      case 'last':
        return this.#moveTo(list.count - 1, isExtending);
      case 'select':
        return this.#choose(this.active, this.active);
      case 'clear':
        return this.#choice.make(undefined);
      case 'uncertain':
        return this.#toUncertain(action.by);
    }
  }

  /** The cell at the same place of another row, as far as that goes. */
  #cellInRow(by: number): number {
    const row = rowOfCell(this.#rows, this.active);
    const target = Math.max(0, Math.min(this.#rows.length - 2, row + by));
    const place = this.active - this.#rows[row]!;
    return Math.min(this.#rows[target]! + place, this.#rows[target + 1]! - 1);
  }

  #moveTo(cell: number, isExtending: boolean): void {
    const target = Math.max(0, Math.min(this.#list!.count - 1, cell));
    if (isExtending) {
      this.#anchor ??= this.active;
      this.active = target;
      this.#selectCells(this.#anchor, target);
    } else {
      this.#anchor = undefined;
      this.active = target;
    }
    this.#window.scrollTo(rowOfCell(this.#rows, target));
  }

  /** Goes to the next cell that is uncertain, around the end. */
  #toUncertain(by: 1 | -1): void {
    const list = this.#list;
    const measure = this.#measure;
    if (!list || !measure) return;
    for (let step = 1; step <= list.count; step++) {
      const cell = (this.active + by * step + list.count * 2) % list.count;
      if (!isUncertain(measure, list, cell)) continue;
      this.isTable = false;
      this.#choose(cell, cell);
      return;
    }
  }

  readonly #onClick = (event: MouseEvent): void => {
    const cell = cellWith(event.target);
    if (cell === undefined) return;
    if (event.shiftKey) {
      this.#anchor ??= this.active;
      this.active = cell;
      this.#selectCells(this.#anchor, cell);
    } else this.#choose(cell, cell);
  };

  readonly #onPointer = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.hovered = cellWith(event.target);
  };

  /** Chooses cells and brings them into sight. */
  #choose(first: number, last: number): void {
    this.isTable = false;
    this.#anchor = undefined;
    this.hovered = undefined;
    this.active = first;
    this.#selectCells(first, last);
    this.#toReveal = first;
  }

  #selectCells(one: number, other: number): void {
    const list = this.#list!;
    this.#choice.make({ start: list.tokensOf(Math.min(one, other))[0], end: list.tokensOf(Math.max(one, other))[1] });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-token-view': LlmTokenView;
  }
}
