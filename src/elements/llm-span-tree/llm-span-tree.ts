import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatDuration } from '../../i18n/index.js';
import { optionalText } from '../../internal/optional-text.js';
import { RowWindow } from '../../internal/row-window.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TimeScale } from '../../internal/time-scale.js';
import { text } from '../../internal/text.js';
import { TraceElement } from '../../internal/trace-element.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { errorsBefore, parentsOf, rowOf, visibleRows } from '../../internal/tree-rows.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmSpanOpenEvent, LlmSpanSelectEvent } from '../events/index.js';
import { treeStyles } from './llm-span-tree.styles.js';
import { renderSpanRow } from './span-row.js';

const HEADER_HEIGHT = 26;
/** A label further on would be cut off by the end of the lane. */
const LAST_LABEL = 0.9;

/**
 * The spans of a trace as a tree, each with its bar on a common time axis. Only the rows in sight are in the DOM.
 *
 * Keys: arrows move, open and close; Home, End, Page Up and Page Down jump; `*` opens everything below a span; letters
 * find the next span by name; Space selects; Enter selects and fires `llm-span-open`.
 *
 * @summary The tree of spans with its waterfall.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @csspart row - A span's row.
 * @csspart bar - A span's bar on the time axis.
 * @csspart header - The row of column names.
 * @cssprop [--llm-row-height=28px] - Height of a row; 24px at least, so that it can be hit.
 * @cssprop [--llm-name-width=38%] - Width of the column with the names.
 */
export class LlmSpanTree extends TraceElement {
  static override styles = [tokens, base, texts, kindColours, treeStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** Milliseconds that a running trace has taken by now, where somebody counts them: bars of what runs reach there. */
  @property({ attribute: false }) runningFor: number | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  @state() private collapsed: ReadonlySet<number> = new Set();
  /** Position of the span that the keys start from. */
  @state() private active = 0;

  #rows: Uint32Array = new Uint32Array();
  #errorsBefore: Uint32Array = new Uint32Array(1);
  #scale = new TimeScale(0, 0);
  #ticks: readonly number[] = [];
  /** Position that is to be brought into sight once it is rendered. */
  #toReveal: number | undefined;
  readonly #typeAhead = new TypeAhead(this);
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#rows.length,
    headerHeight: () => HEADER_HEIGHT,
  });

  /** Opens what hides the span, selects it, and brings it into sight. Ids that are not in the trace do nothing. */
  reveal(spanId: string): void {
    const span = this.trace?.span(spanId);
    if (!span) return;
    this.selected = spanId;
    this.#show(span.index);
    this.requestUpdate();
  }

  expandAll(): void {
    this.collapsed = new Set();
  }

  /** Leaves the roots. */
  collapseAll(): void {
    if (this.trace) this.collapsed = parentsOf(this.trace.tree);
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('trace') as Trace | undefined;
    if (changed.has('trace')) this.#takeTrace(before);
    if (changed.has('trace') || changed.has('runningFor')) {
      const { startTime = 0, duration = 0 } = this.trace ?? {};
      this.#scale = new TimeScale(startTime, Math.max(duration, this.runningFor ?? 0));
      this.#ticks = this.#scale.ticks(5);
    }
    // A trace that only grew is not scrolled back to what is selected in it.
    if (changed.has('selected') || (changed.has('trace') && before?.id !== this.trace?.id)) {
      const span = this.selected === undefined ? undefined : this.trace?.span(this.selected);
      // What a person chose here is in sight; what the page chose may not be.
      if (span && span.index !== this.active) this.#show(span.index);
    }
    if (changed.has('trace') || changed.has('collapsed')) {
      this.#rows = this.trace ? visibleRows(this.trace.tree, this.collapsed) : new Uint32Array();
      this.active = this.#visible(this.active);
    }
    this.#window.refresh();
  }

  protected override updated(): void {
    if (this.#toReveal === undefined) return;
    const row = rowOf(this.#rows, this.#toReveal);
    this.#toReveal = undefined;
    // Scrolling renders other rows, which is another update.
    if (row >= 0) void this.updateComplete.then(() => this.#window.scrollTo(row, 'center'));
  }

  /** The keys go on from this span, and it comes into sight. */
  #show(position: number): void {
    this.#openAncestors(position);
    this.active = position;
    this.#toReveal = position;
  }

  /** The span at a position, or the outermost closed one that hides it. */
  #visible(position: number): number {
    const tree = this.trace?.tree;
    let visible = position;
    for (let at = position; tree && at >= 0; at = tree.parent[at] ?? -1) if (this.collapsed.has(at)) visible = at;
    return visible;
  }

  /** A trace that grew keeps what was open, closed and active, by the ids of the spans. */
  #takeTrace(before: Trace | undefined): void {
    const { trace } = this;
    const moved = (position: number): number | undefined =>
      before && position < before.spans.length ? trace?.span(before.idAt(position))?.index : undefined;
    const isSame = before !== undefined && before.id === trace?.id;
    const collapsed = new Set<number>();
    if (isSame) {
      for (const position of this.collapsed) {
        const now = moved(position);
        if (now !== undefined) collapsed.add(now);
      }
    }
    this.collapsed = collapsed;
    this.active = (isSame ? moved(this.active) : undefined) ?? 0;
    this.#errorsBefore = trace
      ? errorsBefore(trace.tree, (position) => trace.table.statuses[trace.rowAt(position)] === 'error')
      : new Uint32Array(1);
  }

  #openAncestors(position: number): void {
    const tree = this.trace?.tree;
    if (!tree) return;
    const collapsed = new Set(this.collapsed);
    for (let above = tree.parent[position]!; above >= 0; above = tree.parent[above]!) collapsed.delete(above);
    if (collapsed.size !== this.collapsed.size) this.collapsed = collapsed;
  }

  #toggle(position: number, open: boolean): void {
    const collapsed = new Set(this.collapsed);
    if (open) collapsed.delete(position);
    else collapsed.add(position);
    this.collapsed = collapsed;
  }

  #select(position: number): void {
    const span = this.trace!.spanAt(position);
    this.active = position;
    if (this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  #moveTo(row: number): void {
    const last = this.#rows.length - 1;
    const target = Math.min(last, Math.max(0, row));
    this.#select(this.#rows[target]!);
    this.#window.scrollTo(target);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!this.trace || this.#rows.length === 0) return;
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
    const { tree } = this.trace!;
    const position = this.active;
    const row = Math.max(0, rowOf(this.#rows, position));
    const isParent = tree.childCount[position]! > 0;
    const isOpen = isParent && !this.collapsed.has(position);
    switch (action.type) {
      case 'move':
        return this.#moveTo(row + action.by);
      case 'first':
        return this.#moveTo(0);
      case 'last':
        return this.#moveTo(this.#rows.length - 1);
      case 'into':
        if (isOpen) return this.#moveTo(row + 1);
        return isParent ? this.#toggle(position, true) : undefined;
      case 'out': {
        if (isOpen) return this.#toggle(position, false);
        const parent = tree.parent[position]!;
        return parent >= 0 ? this.#moveTo(rowOf(this.#rows, parent)) : undefined;
      }
      case 'select':
        return this.#select(position);
      case 'open':
        this.#select(position);
        /** @internal */
        this.dispatchEvent(new LlmSpanOpenEvent({ span: this.trace!.spanAt(position) }));
        return undefined;
      case 'expand-subtree': {
        const end = position + tree.size[position]!;
        this.collapsed = new Set([...this.collapsed].filter((closed) => closed < position || closed >= end));
        return undefined;
      }
      case 'find': {
        const names = this.trace!.table.names;
        const found = this.#typeAhead.find(action.letter, row, this.#rows.length, (at) => {
          return names[this.trace!.rowAt(this.#rows[at]!)]!;
        });
        return found === undefined ? undefined : this.#moveTo(found);
      }
    }
  }

  #onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-position]');
    if (!row) return;
    const position = Number(row.dataset['position']);
    if (target.closest('.twisty') && this.trace!.tree.childCount[position]) {
      this.#toggle(position, this.collapsed.has(position));
    } else this.#select(position);
  }

  #onDoubleClick(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-position]');
    if (!row || (event.target as Element).closest('.twisty')) return;
    const position = Number(row.dataset['position']);
    if (this.trace!.tree.childCount[position]) this.#toggle(position, this.collapsed.has(position));
  }

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const isEmpty = this.#rows.length === 0;
    return html`<div class="frame">
      <div
        class="scroller ${this.#columns(trace)}"
        role="treegrid"
        tabindex="0"
        aria-label=${messages.spansOf(text(trace?.name ?? ''))}
        aria-rowcount=${this.#rows.length + 1}
        aria-activedescendant=${isEmpty ? nothing : `row-${this.active}`}
        @keydown=${this.#onKeydown}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
      >
        <div class="row header" part="header" role="row" aria-rowindex="1">
          <span role="columnheader">${messages.columnSpan}</span>
          <span role="columnheader" class="number">${messages.columnTime}</span>
          <span role="columnheader" class="number tokens">${messages.columnTokens}</span>
          <span role="columnheader" class="number cost">${messages.columnCost}</span>
          <span role="columnheader" class="lane">
            <span class="visually-hidden">${messages.columnTimeline}</span>
            ${this.#ticks
              .filter((tick) => tick <= this.#scale.duration * LAST_LABEL)
              .map(
                (tick) =>
                  html`<span class="tick" aria-hidden="true" .style=${this.#place(tick)}
                    >${this.#tickLabel(tick)}</span
                  >`,
              )}
          </span>
        </div>
        <div class="rows" role="rowgroup" .style=${`--count: ${this.#window.heightInRows}`}>
          <div class="probe" aria-hidden="true"></div>
          <div class="grid" aria-hidden="true">
            <div class="lane">
              ${this.#ticks.map((tick) => html`<span class="grid-line" .style=${this.#place(tick)}></span>`)}
            </div>
          </div>
          ${this.#mountedRows().map((row) => this.#renderRow(row))}
        </div>
      </div>
    </div>`;
  }

  /** Classes that say how much room the columns of figures need. */
  #columns(trace: Trace | undefined): string {
    const classes = [];
    if (!trace?.usage) classes.push('no-tokens');
    if (trace?.cost === undefined) classes.push('no-cost');
    if (trace && this.#scale.duration >= 60_000) classes.push('long');
    return classes.join(' ');
  }

  /** Rows in sight, and the active one wherever it is: it must not vanish under a reader's focus. */
  #mountedRows(): number[] {
    const { first, end } = this.#window;
    const rows: number[] = [];
    const active = rowOf(this.#rows, this.active);
    if (active >= 0 && active < first) rows.push(active);
    for (let row = first; row < end; row++) rows.push(row);
    if (active >= end) rows.push(active);
    return rows;
  }

  #place(tick: number): string {
    const at = this.#scale.duration ? (tick / this.#scale.duration) * 100 : 0;
    return `--at: ${at}`;
  }

  #tickLabel(tick: number): string {
    return tick === 0 ? '0' : formatDuration(tick, this.messages.locale);
  }

  #renderRow(row: number): TemplateResult {
    const position = this.#rows[row]!;
    const span = this.trace!.spanAt(position);
    return renderSpanRow(span, {
      messages: this.messages,
      scale: this.#scale,
      row,
      place: this.#window.placeOf(row),
      isActive: position === this.active,
      isSelected: span.id === this.selected,
      isClosed: this.collapsed.has(position),
      isLive: this.runningFor !== undefined,
      errorsHidden: this.#errorsHidden(span),
    });
  }

  /** How many errors a closed span hides. */
  #errorsHidden({ index, trace, status }: Span): number {
    if (!this.collapsed.has(index) || status === 'error') return 0;
    return this.#errorsBefore[index + trace.tree.size[index]!]! - this.#errorsBefore[index]!;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-tree': LlmSpanTree;
  }
}
