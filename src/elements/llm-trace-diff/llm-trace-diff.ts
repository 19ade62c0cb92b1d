import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { wholeWords } from '../../i18n/whole-words.js';
import type { PriceSource, SpanPair } from '../../analysis/index.js';
import { formatPercent } from '../../i18n/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { closeIcon } from '../../internal/icons.js';
import { optionalText } from '../../internal/optional-text.js';
import { RowWindow } from '../../internal/row-window.js';
import { Splitter } from '../../internal/splitter.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { divider } from '../../internal/styles/divider.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { FIGURES, nameOf, renderDiffRow } from './diff-row.js';
import { renderToolbar } from './diff-toolbar.js';
import { DiffWork } from './diff-work.js';
import { diffStyles } from './llm-trace-diff.styles.js';
import { contentOf, PairWork } from './pair-content.js';
import { renderPair } from './pair-detail.js';
import { pairStyles } from './pair-detail.styles.js';
import { ShownRows } from './shown-rows.js';
import type { TextPiece } from './text-diff.js';

const HEADER_HEIGHT = 26;
const FIRST_SHARE = { beside: 0.55, stacked: 0.5 };

const isSpan = (side: Trace | Span): side is Span => 'trace' in side;

/**
 * Two traces compared: their spans in one tree, aligned by kind, name and path, with what was added, is missing, moved, was renamed or
 * changed, and how much longer, larger and dearer each became. What two spans were given and gave is compared word by word.
 *
 * Given two spans, as two calls of one trace, it compares those: which messages entered the context and which fell out of it.
 *
 * Keys: those of a tree; with Alt, the arrows up and down go to the change before and the next one. Enter goes to the
 * comparison of the span, Escape comes back.
 *
 * @summary Two traces, or two calls, compared.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span: that of the trace after, or what is missing there.
 * @csspart toolbar - Sums and buttons.
 * @csspart row - The row of a span.
 * @csspart detail - The comparison of two spans.
 * @csspart text - A text with what differs in it.
 * @csspart divider - The line between tree and detail.
 */
export class LlmTraceDiff extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, divider, diffStyles, pairStyles];

  /** What was before: a trace, or a span. (`before` and `after` are methods of every element.) */
  @property({ attribute: false }) left: Trace | Span | undefined;

  /** What came after: a trace, or a span. */
  @property({ attribute: false }) right: Trace | Span | undefined;

  /** Knows what calls cost, where the traces do not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Whether long texts stand beside each other; in a narrow element they stand one above the other. */
  @property({ type: Boolean, attribute: 'side-by-side' }) sideBySide = false;

  /** Whether spans that are the same, and hold nothing that is not, have no row. */
  @property({ type: Boolean, attribute: 'only-changes' }) onlyChanges = false;

  /** Id of the selected span, of the trace after, or of what is missing there. */
  @property({ converter: optionalText }) selected: string | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;
  @query('.detail') private detail!: HTMLElement | null;

  /** Place in the merged tree that the keys start from. */
  @state() private active = 0;
  @state() private unfolded: ReadonlySet<TextPiece> = new Set();

  readonly #work = new DiffWork(this);
  readonly #texts = new PairWork(() => this.requestUpdate());
  #shown: ShownRows | undefined;
  #version = -1;
  /** The place that a person chose: an id may be that of another span in the other trace. */
  #chosen = -1;
  /** The pair in the detail, and what its texts were written with. */
  #pair: SpanPair | undefined;
  #look = '';
  #toReveal: number | undefined;
  readonly #typeAhead = new TypeAhead(this);
  readonly #splitter = new Splitter(this, FIRST_SHARE, () => this.renderRoot.querySelector<HTMLElement>('.panes'));
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#shown?.rows.count ?? 0,
    headerHeight: () => HEADER_HEIGHT,
  });

  override focus(options?: FocusOptions): void {
    (this.scroller ?? this.detail)?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const { left, right } = this;
    if (changed.has('left') || changed.has('right') || changed.has('prices')) {
      const [before, after] = left && right && !isSpan(left) && !isSpan(right) ? [left, right] : [];
      this.#work.compare(before, after, this.prices);
      this.#chosen = -1;
      this.#shown = undefined;
      this.active = 0;
    }
    const shown = this.#shown;
    this.#list();
    if (changed.has('selected') || this.#shown !== shown) this.#findSelected();
    this.#compareTexts();
    this.#window.refresh();
  }

  protected override updated(): void {
    if (this.#toReveal === undefined) return;
    const place = this.#toReveal;
    this.#toReveal = undefined;
    // The list must be as high as its rows before it can be scrolled.
    void this.updateComplete.then(() => {
      const row = this.#rowOf(place);
      if (row >= 0) this.#window.scrollTo(row, 'nearest');
    });
  }

  /** Lists the rows anew where there are others. What is closed stays so only while all rows are those of before. */
  #list(): void {
    const { diff, version } = this.#work;
    if (!diff) return;
    const isOther = this.#shown?.onlyChanges !== this.onlyChanges;
    if (!isOther && (version === this.#version || !this.onlyChanges)) return;
    this.#version = version;
    this.#shown = new ShownRows(diff, this.onlyChanges);
    if (this.#shown.positionOf(this.active) < 0) this.active = this.#shown.rows.count ? this.#shown.placeOf(0) : 0;
    if (isOther) this.#toReveal = this.active;
  }

  /** What the page selected comes into sight. */
  #findSelected(): void {
    const place = this.#selectedPlace;
    if (place >= 0 && place !== this.active) this.#show(place);
  }

  /** The place of the selected span in the merged tree; -1 for none. */
  get #selectedPlace(): number {
    const { diff } = this.#work;
    const { selected } = this;
    if (!diff || selected === undefined) return -1;
    if (this.#chosen >= 0) {
      const { before, after } = diff.at(this.#chosen);
      if ((after ?? before)!.id === selected) return this.#chosen;
    }
    const span = diff.after.span(selected) ?? diff.before.span(selected);
    return span ? diff.positionOf(span) : -1;
  }

  /** The pair that the detail is of, anew where it is another one or is to be written otherwise. */
  #compareTexts(): void {
    const { left, right, settings, messages } = this;
    const { diff } = this.#work;
    let pair: SpanPair | undefined;
    if (left && right && isSpan(left) && isSpan(right)) {
      pair = { position: -1, before: left, after: right, change: 'changed', differences: [] };
    } else {
      const place = this.#selectedPlace;
      if (place >= 0) pair = diff!.at(place);
    }
    const look = `${settings.version} ${messages.locale}`;
    const isSame = pair?.before === this.#pair?.before && pair?.after === this.#pair?.after && look === this.#look;
    this.#pair = pair;
    if (isSame) return;
    this.#look = look;
    this.unfolded = new Set();
    this.#texts.take(pair && contentOf(pair.before, pair.after, { messages, settings }));
  }

  #rowOf(place: number): number {
    const position = this.#shown?.positionOf(place) ?? -1;
    return position < 0 ? -1 : this.#shown!.rows.rowOf(position);
  }

  /** The keys go on from this place, and it comes into sight. */
  #show(place: number): void {
    const position = this.#shown?.positionOf(place) ?? -1;
    if (position >= 0) this.#shown!.rows.openAbove(position);
    this.active = place;
    this.#toReveal = place;
  }

  #select(place: number): void {
    const { before, after } = this.#work.diff!.at(place);
    const span = (after ?? before)!;
    this.active = place;
    this.#toReveal = place;
    if (this.selected === span.id && this.#selectedPlace === place) return;
    this.#chosen = place;
    this.selected = span.id;
    this.requestUpdate();
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  #placeOfRow(row: number): number {
    const { rows } = this.#shown!;
    return this.#shown!.placeOf(rows.at(Math.min(rows.count - 1, Math.max(0, row))));
  }

  /** To the next place that is not the same, round the end. */
  #goToChange(by: 1 | -1): void {
    const { diff } = this.#work;
    if (!diff || diff.changeCount === 0) return;
    const count = diff.tree.nodes.length;
    let place = this.active;
    // From where nothing was chosen, the first row may be the change.
    if (this.selected === undefined && by === 1) place--;
    do place = (place + by + count) % count;
    while (diff.changeAt(place) === 'equal');
    this.#show(place);
    this.#select(place);
  }

  #toggle(position: number): void {
    this.#shown!.rows.toggle(position, this.#shown!.rows.isClosed(position));
    this.requestUpdate();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!this.#shown?.rows.count) return;
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (event.altKey && isArrow && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#goToChange(event.key === 'ArrowDown' ? 1 : -1);
      return;
    }
    const action = treeAction(event, {
      pageSize: this.#window.pageSize,
      isRightToLeft: this.matches(':dir(rtl)'),
      isTyping: this.#typeAhead.isTyping,
    });
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: TreeAction): void {
    const { rows } = this.#shown!;
    const position = this.#shown!.positionOf(this.active);
    const row = Math.max(0, rows.rowOf(position));
    const isOpen = rows.isParent(position) && !rows.isClosed(position);
    switch (action.type) {
      case 'move':
        return this.#select(this.#placeOfRow(row + action.by));
      case 'first':
        return this.#select(this.#placeOfRow(0));
      case 'last':
        return this.#select(this.#placeOfRow(rows.count - 1));
      case 'into':
        if (isOpen) return this.#select(this.#placeOfRow(row + 1));
        return this.#toggle(position);
      case 'out': {
        if (isOpen) return this.#toggle(position);
        const parent = rows.tree.parent[position]!;
        return parent >= 0 ? this.#select(this.#shown!.placeOf(parent)) : undefined;
      }
      case 'select':
        return this.#select(this.active);
      case 'open':
        this.#select(this.active);
        return void this.updateComplete.then(() => this.detail?.focus());
      case 'expand-subtree':
        rows.openInside(position);
        return this.requestUpdate();
      case 'find': {
        const nameAt = (at: number): string => {
          const { before, after } = this.#work.diff!.at(this.#placeOfRow(at));
          return text((after ?? before)!.name);
        };
        const found = this.#typeAhead.find(action.letter, row, rows.count, nameAt);
        return found === undefined ? undefined : this.#select(this.#placeOfRow(found));
      }
    }
  }

  #onClick({ target }: MouseEvent): void {
    const row = (target as Element).closest<HTMLElement>('[data-row]');
    if (!row) return;
    const position = this.#shown!.rows.at(Number(row.dataset['row']));
    if ((target as Element).closest('.twisty') && this.#shown!.rows.isParent(position)) {
      this.active = this.#shown!.placeOf(position);
      this.#toggle(position);
    } else this.#select(this.#shown!.placeOf(position));
  }

  #onDetailKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.scroller) return;
    event.preventDefault();
    event.stopPropagation();
    this.scroller.focus();
  }

  #close(): void {
    this.selected = undefined;
    this.scroller?.focus();
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    const { diff, isWorking } = this.#work;
    if (this.#pair && !diff) {
      return html`<div class="frame"><div class="panes">${this.#renderDetail(this.#pair, true)}</div></div>`;
    }
    const words = isWorking
      ? diff
        ? messages.diff.reading(formatPercent(diff.pairsRead / Math.max(1, diff.pairCount), messages.locale))
        : messages.diff.comparing
      : diff
        ? diff.changeCount === 0
          ? messages.diff.nothingDiffers
          : ''
        : messages.diff.twoNeeded;
    return html`<div class="frame" aria-busy=${String(isWorking)}>
      ${
        diff
          ? renderToolbar(diff, {
              messages: this.messages,
              settings: this.settings,
              prices: this.prices,
              onlyChanges: this.onlyChanges,
              showOnlyChanges: (isOnly) => (this.onlyChanges = isOnly),
              goToChange: (by) => this.#goToChange(by),
            })
          : nothing
      }
      <p class="status" role="status">${words}</p>
      ${diff ? this.#renderPanes() : nothing}
    </div>`;
  }

  #renderPanes(): TemplateResult {
    const { messages } = this;
    const { share } = this.#splitter;
    return html`<div class="panes ${this.#pair ? 'split' : ''}" .style=${`--share: ${share}`}>
        ${this.#renderTree()}
        ${
          this.#pair
            ? html`${this.#splitter.render(messages.divider)} ${this.#renderDetail(this.#pair, false)}`
            : nothing
        }
      </div>
      ${this.#pair ? nothing : html`<div class="hint">${messages.diff.hint}</div>`}`;
  }

  #renderTree(): TemplateResult {
    const { messages } = this;
    const { before, after } = this.#work.diff!;
    const name = (trace: Trace): string => revealedText(this.settings.readable(text(trace.name)));
    const { rows } = this.#shown!;
    const labels = {
      time: messages.diff.columnTime,
      tokens: messages.diff.columnTokens,
      cost: messages.diff.columnCost,
    };
    const hidden = [
      before.usage || after.usage ? '' : 'no-tokens',
      before.cost === undefined && after.cost === undefined && !this.prices ? 'no-cost' : '',
    ].join(' ');
    const active = this.#rowOf(this.active);
    return html`<div
      class="scroller ${hidden}"
      role="treegrid"
      tabindex="0"
      aria-label=${messages.diff.label(name(before), name(after))}
      aria-rowcount=${rows.count + 1}
      aria-activedescendant=${active < 0 ? nothing : `row-${active}`}
      @keydown=${this.#onKeydown}
      @click=${this.#onClick}
    >
      <div class="row header" part="header" role="row" aria-rowindex="1">
        <span class="name" role="columnheader">${messages.columnSpan}</span>
        <span class="change" role="columnheader">${messages.diff.columnChange}</span>
        ${FIGURES.map((figure) => html`<span class="number ${figure}" role="columnheader">${labels[figure]}</span>`)}
      </div>
      <div class="list" .style=${`--count: ${this.#window.heightInRows}`}>
        <div class="probe" aria-hidden="true"></div>
        <div class="rows" role="rowgroup">${this.#renderRows(active)}</div>
      </div>
    </div>`;
  }

  /** Rows in sight, and the active one wherever it is: it must not vanish under a reader's focus. */
  #renderRows(active: number): TemplateResult[] {
    const { first, end } = this.#window;
    const rows: TemplateResult[] = [];
    if (active >= 0 && active < first) rows.push(this.#renderRow(active, active));
    for (let row = first; row < end; row++) rows.push(this.#renderRow(row, active));
    if (active >= end) rows.push(this.#renderRow(active, active));
    return rows;
  }

  #renderRow(row: number, active: number): TemplateResult {
    const shown = this.#shown!;
    const { rows } = shown;
    const { tree } = rows;
    const position = rows.at(row);
    const place = shown.placeOf(position);
    const pair = this.#work.diff!.at(place);
    const parent = tree.parent[position]!;
    const state = {
      row,
      place: this.#window.placeOf(row),
      depth: tree.depth[position]!,
      siblings: parent < 0 ? tree.rootCount : tree.childCount[parent]!,
      siblingIndex: tree.siblingIndex[position]!,
      isOpen: rows.isParent(position) ? !rows.isClosed(position) : undefined,
      changesInside: shown.changesInside(position),
      isActive: row === active,
      isSelected: pair.before === this.#pair?.before && pair.after === this.#pair?.after,
      prices: this.prices,
    };
    return renderDiffRow(pair, state, this);
  }

  #renderDetail(pair: SpanPair, areCalls: boolean): TemplateResult {
    const { messages, settings, prices, sideBySide, unfolded } = this;
    const look = {
      messages,
      settings,
      prices,
      isBeside: sideBySide,
      setBeside: (isBeside: boolean) => (this.sideBySide = isBeside),
      work: this.#texts,
      areCalls,
      unfolded,
      unfold: (piece: TextPiece) => (this.unfolded = new Set(unfolded).add(piece)),
    };
    const parts = [
      pair.before,
      pair.after,
      pair.change,
      pair.differences.join(),
      this.#texts.version,
      unfolded,
      sideBySide,
      prices,
      this.#look,
    ];
    return html`<div
      class="detail"
      part="detail"
      role="region"
      tabindex="0"
      aria-label=${`${messages.diff.pairLabel}: ${revealedText(nameOf(pair, this))}`}
      @keydown=${this.#onDetailKeydown}
    >
      ${
        areCalls
          ? nothing
          : html`<button
              type="button"
              class="icon-button close"
              aria-label=${messages.diff.close}
              title=${messages.diff.close}
              @click=${this.#close}
            >
              ${closeIcon()}
            </button>`
      }
      ${guard(parts, () => renderPair(pair, look))}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-diff': LlmTraceDiff;
  }
}
