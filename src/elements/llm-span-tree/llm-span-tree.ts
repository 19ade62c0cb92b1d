import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CriticalPath } from '../../analysis/index.js';
import { formatDuration } from '../../i18n/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import { RowWindow } from '../../internal/row-window.js';
import type { SpanMatches } from '../../internal/span-matches.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TimeScale } from '../../internal/time-scale.js';
import { text } from '../../internal/text.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { stickyRows } from '../../internal/sticky-rows.js';
import { errorsBefore, TreeRows } from '../../internal/tree-rows.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import type { Span, Trace } from '../../model/index.js';
import { LlmSpanOpenEvent, LlmSpansChooseEvent, LlmSpanSelectEvent } from '../events/index.js';
import { stretchesBySpan } from './critical-stretches.js';
import { treeStyles } from './llm-span-tree.styles.js';
import type { RowLook, SpanRow } from './span-row.js';
import { SpanRows, StickyCopies, type RowsView } from './span-rows.js';

const HEADER_HEIGHT = 26;
/** A label further on would be cut off by the end of the lane. */
const LAST_LABEL = 0.9;
/** Ancestors of the first row that are kept in sight, and the share of a page that they may take. */
const MOST_STICKY = 5;
const STICKY_SHARE = 0.25;
/** A step of a scroll beyond this share of a page, after another one, is too far to read on the way. */
const SWIFT_SHARE = 0.25;
/** Milliseconds without a scroll after which it is over. */
const REST = 150;

/**
 * The spans of a trace as a tree, each with its bar on a common time axis. Only the rows in sight are in the DOM.
 *
 * Keys: arrows move, open and close; Home, End, Page Up and Page Down jump; `*` opens everything below a span; letters
 * find the next span by name; Space selects; Enter selects and fires `llm-span-open`.
 *
 * @summary The tree of spans with its waterfall.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpansChooseEvent} llm-spans-choose - A person chose spans as examples, or took that back (only where `chosen` is given).
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @csspart row - A span's row.
 * @csspart bar - A span's bar on the time axis.
 * @csspart critical - What of a span is on the critical path.
 * @csspart header - The row of column names.
 * @cssprop [--llm-row-height=28px] - Height of a row; 24px at least, so that it can be hit.
 * @cssprop [--llm-name-width=38%] - Width of the column with the names.
 */
export class LlmSpanTree extends MaskingElement {
  static override styles = [tokens, base, texts, kindColours, treeStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** The critical path, where it is to be marked: what `criticalPath(trace)` gives. */
  @property({ attribute: false }) critical: CriticalPath | undefined;

  /**
   * Ids of the spans that are chosen as examples, where people are to choose: by a box in each row, Ctrl or ⌘ with a click,
   * Shift with a click or with Space.
   */
  @property({ attribute: false }) chosen: ReadonlySet<string> | undefined;

  /** What a search has found: other rows are hidden or dimmed. What it found in another trace means nothing. */
  @property({ attribute: false }) found: SpanMatches | undefined;

  /** Milliseconds that a running trace has taken by now, where somebody counts them: bars of what runs reach there. */
  @property({ attribute: false }) runningFor: number | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;
  @query('.rows') private rowsElement!: HTMLElement;
  @query('.sticky') private stickyElement!: HTMLElement;

  /** Position of the span that the keys start from. */
  @state() private active = 0;

  #rows: TreeRows | undefined;
  /** Worked out when a closed span may hide errors. */
  #errorsBefore: Uint32Array | undefined;
  #look: RowLook | undefined;
  /** Of the settings that the look is of. */
  #settingsVersion = 0;
  #critical: RowLook['critical'];
  #mounted: SpanRows | undefined;
  #sticky: StickyCopies | undefined;
  /** The span that stays where it is while others come and go, and how much of it was scrolled away, in rows. */
  #held: { position: number; cut: number } | undefined;
  /** The last step of a scroll, and whether it left out rows that nobody could read. */
  #lastMove = { at: 0, rowsAbove: 0, isFar: false };
  #isSwift = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #scale = new TimeScale(0, 0);
  #ticks: readonly number[] = [];
  /** Position of the selected span; -1 for none. */
  #selectedAt = -1;
  /** Position that is to be brought into sight once it is rendered. */
  #toReveal: number | undefined;
  /** Position of the span that was selected before the search began. */
  #selectedBefore = -1;
  /** Position of the span that was chosen last. */
  #lastChosen: number | undefined;
  readonly #typeAhead = new TypeAhead(this);
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#rows?.count ?? 0,
    headerHeight: () => HEADER_HEIGHT,
    rowsOnTopOf: (row) => this.#stickyAbove(row),
    changed: () => this.#onMoved(),
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
    this.#change((rows) => rows.openAll());
  }

  /** Leaves the roots. */
  collapseAll(): void {
    this.#change((rows) => rows.closeAll());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    const before = changed.get('trace') as Trace | undefined;
    if (changed.has('trace')) this.#takeTrace(before);
    if (changed.has('trace') || changed.has('found')) this.#filter(changed);
    if (changed.has('trace') || changed.has('runningFor')) {
      const { startTime = 0, duration = 0 } = this.trace ?? {};
      this.#scale = new TimeScale(startTime, Math.max(duration, this.runningFor ?? 0));
      this.#ticks = this.#scale.ticks(5);
    }
    // A trace that only grew is not scrolled back to what is selected in it.
    if (changed.has('selected') || (changed.has('trace') && before?.id !== this.trace?.id)) {
      const span = this.#selectedSpan;
      // What a person chose here is in sight; what the page chose may not be.
      if (span && span.index !== this.active) this.#show(span.index);
    }
    if (changed.has('selected') || changed.has('trace')) this.#selectedAt = this.#selectedSpan?.index ?? -1;
    if (this.#rows) this.active = this.#rows.shown(this.active);
  }

  get #selectedSpan(): Span | undefined {
    return this.selected === undefined ? undefined : this.trace?.span(this.selected);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('critical')) this.#critical = this.critical && stretchesBySpan(this.critical);
    this.#takeLook(changed);
    const held = this.#held;
    this.#held = undefined;
    if (held && this.#rows) {
      const shown = this.#rows.shown(held.position);
      const row = this.#rows.rowOf(shown);
      this.#window.holdAt(shown === held.position ? row + held.cut : row - this.#stickyAbove(row));
    }
    const row = this.#toReveal === undefined ? -1 : (this.#rows?.rowOf(this.#toReveal) ?? -1);
    this.#toReveal = undefined;
    // Rows beyond what is in sight are for those who scroll.
    this.#window.refresh(this.#window.rowsAbove === 0);
    this.#setSwift(false);
    this.#draw(true);
    if (row >= 0) this.#window.scrollTo(row, 'center');
  }

  /** Another look only where it is another: rows that have it are left alone. */
  #takeLook(changed: PropertyValues): void {
    const { trace, messages, settings, runningFor, chosen } = this;
    const isOther = ['trace', 'messages', 'settings', 'critical', 'runningFor', 'chosen', 'found'].some((name) =>
      changed.has(name),
    );
    if (!isOther && settings.version === this.#settingsVersion) return;
    this.#settingsVersion = settings.version;
    const isLive = runningFor !== undefined;
    const critical = this.#critical;
    const matches = this.#found;
    this.#look = trace && { trace, messages, settings, scale: this.#scale, critical, isLive, chosen, matches };
  }

  /** Opens or closes spans. What is at the top stays there. */
  #change(act: (rows: TreeRows) => void): void {
    if (!this.#rows) return;
    this.#hold();
    act(this.#rows);
    this.requestUpdate();
  }

  /** Remembers what is at the top, unless that is the beginning. */
  #hold(): void {
    this.#window.readPlace();
    const above = this.#window.rowsAbove;
    const first = Math.floor(above);
    if (this.#held || above === 0 || !this.#rows || first >= this.#rows.count) return;
    this.#held = { position: this.#rows.at(first), cut: above - first };
  }

  /** While it is scrolled, only what is in sight counts, and of rows that fly by only what can be seen. */
  #onMoved(): void {
    const { rowsAbove, pageSize } = this.#window;
    const now = performance.now();
    const isFar = Math.abs(rowsAbove - this.#lastMove.rowsAbove) > pageSize * SWIFT_SHARE;
    this.#setSwift(isFar && this.#lastMove.isFar && now - this.#lastMove.at < REST);
    this.#lastMove = { at: now, rowsAbove, isFar };
    if (this.#isSwift) this.#window.refresh(true);
    this.#draw();
    this.#restSoon();
  }

  /** Once nothing moves, everything is as it should be: rows in their order, whole, and some beyond what is in sight. */
  #restSoon(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#setSwift(false);
      this.#window.refresh();
      this.#draw(true);
    }, REST);
  }

  #setSwift(isSwift: boolean): void {
    if (isSwift === this.#isSwift) return;
    this.#isSwift = isSwift;
    this.scroller?.toggleAttribute('data-swift', isSwift);
  }

  /** Brings the rows in the DOM to what is in sight; as many as those, and in their order, where it rests. */
  #draw(isAtRest = false): void {
    const look = this.#look;
    const rows = this.#rows;
    if (!this.hasUpdated) return;
    this.#mounted ??= new SpanRows(this.rowsElement);
    this.#sticky ??= new StickyCopies(this.stickyElement);
    if (!look || !rows) return this.#mounted.clear();
    const { first, end, rowHeight, rowsAbove } = this.#window;
    if (isAtRest || this.#mounted.count < end - first) this.#mounted.resize(first, end - first);
    const active = rows.rowOf(this.active);
    // The active row must not vanish under a reader's focus, wherever it is.
    const pinned = active >= first && active < end ? -1 : active;
    const view: RowsView = {
      look,
      form: this.#isSwift ? 'brief' : 'whole',
      positionOf: (row) => rows.at(row),
      stateOf: (position, row) => ({
        row,
        top: this.#window.placeOf(row) * rowHeight,
        isActive: position === this.active,
        isSelected: position === this.#selectedAt,
        isParent: rows.isParent(position),
        isClosed: rows.isClosed(position),
        errorsHidden: this.#errorsHidden(position),
      }),
    };
    this.#mounted.show(first, end, pinned, view);
    if (isAtRest) this.#mounted.order(first);
    const top = Math.min(Math.floor(rowsAbove), rows.count - 1);
    const cut = (rowsAbove - top) * rowHeight;
    this.#sticky.show(stickyRows(rows, Math.max(0, top), cut > 0, this.#mostSticky), rowHeight, cut, view);
  }

  get #mostSticky(): number {
    return Math.min(MOST_STICKY, Math.floor(this.#window.pageSize * STICKY_SHARE));
  }

  /** How many sticky rows there are where this row is the first one under them. */
  #stickyAbove(row: number): number {
    const depth = this.#rows?.tree.depth[this.#rows.at(row)] ?? 0;
    return Math.min(depth, this.#mostSticky);
  }

  /** The keys go on from this span, and it comes into sight. */
  #show(position: number): void {
    this.#rows?.openAbove(position);
    this.active = position;
    this.#toReveal = position;
  }

  /** A trace that grew keeps what was open, closed, active and at the top, by the ids of the spans. */
  #takeTrace(before: Trace | undefined): void {
    const { trace } = this;
    const rows = this.#rows;
    const isSame = before !== undefined && before.id === trace?.id;
    if (isSame) this.#hold();
    this.#lastChosen = undefined;
    this.#errorsBefore = undefined;
    this.#rows = trace && new TreeRows(trace.tree);
    if (!isSame || !rows) {
      this.active = 0;
      this.#held = undefined;
      return;
    }
    const find = (position: number): number | undefined => trace.span(before.idAt(position))?.index;
    this.#rows!.closeAs(rows, find);
    this.active = find(this.active) ?? 0;
    const held = this.#held && find(this.#held.position);
    this.#held = held === undefined ? undefined : { position: held, cut: this.#held!.cut };
  }

  /** What was found in this trace. */
  get #found(): SpanMatches | undefined {
    return this.found?.trace === this.trace ? this.found : undefined;
  }

  /** Hides the rows that a search did not find, or shows them again. What is selected, or at the top, stays where it is. */
  #filter(changed: PropertyValues): void {
    const rows = this.#rows;
    const filter = this.#found?.isHiding ? this.#found : undefined;
    if (!rows || !(filter ?? rows.isFiltered)) return;
    const before = changed.get('found') as SpanMatches | undefined;
    const isSame = filter !== undefined && before?.words === filter.words && rows.isFiltered;
    const selected = this.#selectedSpan?.index ?? -1;
    const hadRow = rows.rowOf(selected) >= 0;
    const place = changed.has('trace') ? undefined : this.#placeInSight(selected);
    if (!changed.has('trace')) this.#hold();
    if (!isSame) rows.filter(undefined);
    if (filter) {
      // Before the first letter; what a person went to since then is to be seen afterwards, too.
      if (!isSame && !before) this.#selectedBefore = selected;
      rows.filter(filter);
      if (isSame && hadRow && selected >= 0) rows.keep(selected);
    } else if (selected >= 0 && selected !== this.#selectedBefore) rows.openAbove(selected);
    if (rows.rowOf(selected) < 0) return;
    this.active = selected;
    if (place !== undefined) this.#held = { position: selected, cut: place };
  }

  /** How much lower than the top a row is, as it is held; `undefined` where it is out of sight. */
  #placeInSight(position: number): number | undefined {
    this.#window.readPlace();
    const row = this.#rows!.rowOf(position);
    const cut = this.#window.rowsAbove - row;
    return row >= 0 && cut <= 0 && -cut <= this.#window.pageSize ? cut : undefined;
  }

  #toggle(position: number): void {
    const isOpen = this.#rows!.isClosed(position);
    this.#change((rows) => rows.toggle(position, isOpen));
  }

  #select(position: number): void {
    const span = this.trace!.spanAt(position);
    this.active = position;
    if (this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  /** Chooses a span, or takes that back; or chooses all rows from the one that was chosen last. */
  #choose(position: number, isRange = false): void {
    const rows = this.#rows!;
    const trace = this.trace!;
    const isChosen = isRange || !this.chosen!.has(trace.idAt(position));
    const ends = [position, isRange ? rows.shown(this.#lastChosen ?? this.active) : position].map((at) =>
      rows.rowOf(at),
    );
    const spans: Span[] = [];
    for (let row = Math.min(...ends); row <= Math.max(...ends); row++) spans.push(trace.spanAt(rows.at(row)));
    this.#lastChosen = position;
    // What a browser marks as text between two clicks.
    if (isRange) document.getSelection()?.empty();
    /** @internal */
    this.dispatchEvent(new LlmSpansChooseEvent({ spans, isChosen }));
  }

  #moveTo(row: number): void {
    const rows = this.#rows!;
    const target = Math.min(rows.count - 1, Math.max(0, row));
    this.#select(rows.at(target));
    this.#window.scrollTo(target);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!this.#rows?.count) return;
    if (this.chosen && event.shiftKey && event.key === ' ') {
      event.preventDefault();
      return this.#choose(this.active);
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
    const rows = this.#rows!;
    const position = this.active;
    const row = Math.max(0, rows.rowOf(position));
    const isOpen = rows.isParent(position) && !rows.isClosed(position);
    switch (action.type) {
      case 'move':
        return this.#moveTo(row + action.by);
      case 'first':
        return this.#moveTo(0);
      case 'last':
        return this.#moveTo(rows.count - 1);
      case 'into':
        if (isOpen) return this.#moveTo(row + 1);
        return this.#toggle(position);
      case 'out': {
        if (isOpen) return this.#toggle(position);
        const parent = rows.tree.parent[position]!;
        return parent >= 0 ? this.#moveTo(rows.rowOf(parent)) : undefined;
      }
      case 'select':
        return this.#select(position);
      case 'open':
        this.#select(position);
        /** @internal */
        this.dispatchEvent(new LlmSpanOpenEvent({ span: this.trace!.spanAt(position) }));
        return undefined;
      case 'expand-subtree':
        return this.#change(() => rows.openInside(position));
      case 'find': {
        const names = this.trace!.table.names;
        const found = this.#typeAhead.find(action.letter, row, rows.count, (at) => {
          return names[this.trace!.rowAt(rows.at(at))]!;
        });
        return found === undefined ? undefined : this.#moveTo(found);
      }
    }
  }

  #onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const position = this.#rowWith(target)?.position;
    if (position === undefined) return;
    const isSticky = this.stickyElement.contains(target);
    // The box is drawn by the row itself.
    if (this.chosen && (event.shiftKey || event.ctrlKey || event.metaKey || target.matches('.row'))) {
      return this.#choose(position, event.shiftKey);
    }
    if (target.closest('.twisty') && this.#rows!.isParent(position)) {
      this.#toggle(position);
      // What is closed there would be out of sight.
      if (isSticky) this.#held = { position, cut: -this.#stickyAbove(this.#rows!.rowOf(position)) };
    } else if (isSticky) this.#moveTo(this.#rows!.rowOf(position));
    else this.#select(position);
  }

  #onDoubleClick({ target }: MouseEvent): void {
    const position = this.#rowWith(target as Element)?.position;
    if (position !== undefined && !(target as Element).closest('.twisty')) this.#toggle(position);
  }

  #onPointerOver({ target }: PointerEvent): void {
    this.#rowWith(target as Element)?.giveTitle(target as Element);
  }

  #rowWith(element: Element): SpanRow | undefined {
    return this.#mounted?.rowWith(element) ?? this.#sticky?.rowWith(element);
  }

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const count = this.#rows?.count ?? 0;
    return html`<div class="frame">
      <div
        class="scroller ${this.#columns(trace)}"
        role="treegrid"
        tabindex="0"
        aria-label=${messages.spansOf(revealedText(this.settings.readable(text(trace?.name ?? ''))))}
        aria-rowcount=${count + 1}
        ?data-choosing=${this.chosen !== undefined}
        aria-activedescendant=${count === 0 ? nothing : `row-${this.active}`}
        @keydown=${this.#onKeydown}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
        @pointerover=${this.#onPointerOver}
      >
        <div class="row header" part="header" role="row" aria-rowindex="1">
          <span role="columnheader">${messages.columnSpan}</span>
          <span role="columnheader" class="number time">${messages.columnTime}</span>
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
        <div class="sticky" aria-hidden="true"></div>
        <div class="list" .style=${`--count: ${this.#window.heightInRows}`}>
          <div class="probe" aria-hidden="true"></div>
          <div class="row grid" aria-hidden="true">
            <span></span><span class="time"></span><span class="number tokens"></span><span class="number cost"></span>
            <span class="lane">
              ${this.#ticks.map((tick) => html`<span class="grid-line" .style=${this.#place(tick)}></span>`)}
            </span>
          </div>
          <div class="rows" role="rowgroup"></div>
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

  #place(tick: number): string {
    const at = this.#scale.duration ? (tick / this.#scale.duration) * 100 : 0;
    return `--at: ${at}`;
  }

  #tickLabel(tick: number): string {
    return tick === 0 ? '0' : formatDuration(tick, this.messages.locale);
  }

  /** How many errors a closed span hides. */
  #errorsHidden(position: number): number {
    const { trace } = this;
    if (!trace || !this.#rows!.isClosed(position)) return 0;
    const { statuses } = trace.table;
    const isError = (at: number): boolean => statuses[trace.rowAt(at)] === 'error';
    if (isError(position)) return 0;
    this.#errorsBefore ??= errorsBefore(trace.tree, isError);
    return this.#errorsBefore[position + trace.tree.size[position]!]! - this.#errorsBefore[position]!;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-tree': LlmSpanTree;
  }
}
