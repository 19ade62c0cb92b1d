import { adoptStyles, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { listedTrace } from '../../analysis/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { optionalText } from '../../internal/optional-text.js';
import { RowWindow } from '../../internal/row-window.js';
import { StoreFollower, type StoredSummary, type StoredTraces } from '../../internal/stored-traces.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { treeAction, type TreeAction } from '../../internal/tree-keys.js';
import { TypeAhead } from '../../internal/type-ahead.js';
import type { Trace } from '../../model/index.js';
import type { TraceQuery, TraceSource } from '../../sources/source.js';
import { LlmTraceSelectEvent } from '../events/index.js';
import { LiveRows } from './live-rows.js';
import { groupingOf, orderOf, renderListHeader, renderListToolbar } from './list-toolbar.js';
import { listStyles } from './llm-trace-list.styles.js';
import type { SourcePart } from './source-part.js';
import { renderRow } from './trace-row.js';
import { listRows, type ListRow, type TraceGrouping, type TraceOrder } from './trace-rows.js';

/** Traces of a store that are read at first, so that they are soon seen. */
const FIRST_READ = 200;
/** And then all: a number, as stores answer faster to one. */
const ALL = 1_000_000;
/** Traces that are asked whether they have previews: each that was read would have to read a span for it. */
const LOOKED_AT = 20;

/**
 * Many traces: from a store, which is followed while it grows, or from traces that were read. They can be searched (name,
 * id, session, user, tags), sorted and put together. Only the rows in sight are in the page.
 *
 * What changes in the store is marked for a moment. While the pointer is on the rows they stay in their places, and a
 * button says how many traces have come.
 *
 * From a `source`, which is a backend, traces come page by page as they are scrolled to, in the order of the backend, which also
 * filters them: then they are neither sorted nor put together here.
 *
 * Keys: the rows are one stop of the Tab key; arrows, Page up and down, Home and End move, Enter chooses, left and right
 * close and open a group, letters find a name.
 *
 * @summary A list of traces.
 * @fires {LlmTraceSelectEvent} llm-trace-select - A person chose a trace.
 * @csspart toolbar - Search, sort and grouping.
 * @csspart trace - One trace of the list.
 * @csspart group - The line above the traces of a group.
 */
export class LlmTraceList extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, listStyles];

  /** A store of traces, as `openTraceStore()` gives it. */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /** Traces that were read, where there is no store. */
  @property({ attribute: false }) traces: readonly Trace[] = [];

  /** A backend, as `llm-trace-kit/sources` gives it. */
  @property({ attribute: false }) source: TraceSource | undefined;

  /** What is asked of the source. A person may change it. */
  @property({ attribute: false }) filter: TraceQuery = {};

  /** Ids of the only traces that are listed, such as those of `llm-traces-select`; all where it is absent. */
  @property({ attribute: false }) traceIds: readonly string[] | undefined;

  /** Id of the trace that is marked as chosen. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** What is searched for: traces that have every word of it. Of a source, a name. */
  @property() query = '';

  /** What the traces are sorted by: `start`, `name`, `duration`, `tokens`, `cost` or `errors`. */
  @property({ attribute: 'order-by' }) orderBy: TraceOrder = 'start';

  /** Whether the smallest comes first, and not the largest or newest. */
  @property({ type: Boolean }) ascending = false;

  /** What the traces are put together by: `session`, `user`, `tag` or `model`. */
  @property({ attribute: 'group-by', converter: optionalText }) groupBy: TraceGrouping | undefined;

  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.header') private header!: HTMLElement | null;
  @query('.probe') private probe!: HTMLElement | null;

  /** Absent until the store has answered. */
  @state() private stored: readonly StoredSummary[] | undefined;
  @state() private failure: string | undefined;
  /** Key of the row that the keys start from. */
  @state() private active: string | undefined;

  /** Loaded for a source only: most lists have none. */
  #remote: SourcePart | undefined;
  #closed = new Set<string | undefined>();
  readonly #live = new LiveRows(this);
  /** The row that stays where it is while others come, and how much of it was scrolled away, in rows. */
  #anchor: { key: string; cut: number } | undefined;
  /** Id of the trace that was brought into sight last. */
  #revealed: string | undefined;
  /** Absent while they are read. */
  #all: readonly StoredSummary[] | undefined;
  #hasCost = false;
  #hasPreview = false;
  /** Whether the rows are to be worked out anew. */
  #isStale = false;
  readonly #typeAhead = new TypeAhead(this);
  readonly #follower = new StoreFollower(this, { refresh: (store) => this.#read(store) });
  readonly #window = new RowWindow(this, {
    scroller: () => this.scroller ?? undefined,
    probe: () => this.probe ?? undefined,
    rowCount: () => this.#live.rows.length,
    headerHeight: () => this.header?.offsetHeight ?? 0,
    changed: () => this.#onMoved(),
  });

  /** What the rows in the page were rendered for. */
  #drawn = { first: 0, end: 0, shift: 0, rowHeight: 0 };

  #onMoved(): void {
    const { first, end, shift, rowHeight } = this.#window;
    const drawn = this.#drawn;
    const isSame = first === drawn.first && end === drawn.end && shift === drawn.shift && rowHeight === drawn.rowHeight;
    if (isSame) return;
    // Rows of another height: what was at the top stays there.
    if (rowHeight !== drawn.rowHeight && drawn.rowHeight > 0) {
      this.#drawn = { first, end, shift, rowHeight };
      this.#window.holdAt((this.scroller?.scrollTop ?? 0) / drawn.rowHeight + shift);
    }
    this.requestUpdate();
  }

  /** Sets the focus on the rows. */
  override focus(options?: FocusOptions): void {
    this.scroller?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this> & Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (this.source) return this.#takeSource(changed);
    if (changed.has('store')) {
      this.stored = undefined;
      this.failure = undefined;
      this.#live.forget();
      this.#follower.follow(this.store);
    }
    const isNews = changed.has('stored') || changed.has('traces');
    const isAsked =
      this.#isStale ||
      (['query', 'orderBy', 'ascending', 'groupBy', 'traceIds'] as const).some((name) => changed.has(name));
    if (isNews || changed.has('store') || changed.has('source')) {
      this.#all = this.store ? this.stored : this.traces.map(listedTrace);
      this.#hasCost = this.#all?.some(({ cost }) => cost !== undefined) ?? false;
      this.#hasPreview = this.#all?.slice(0, LOOKED_AT).some(({ preview }) => preview !== undefined) ?? false;
      if (this.#all) this.#live.hear(this.#all);
    }
    if (isNews || isAsked || changed.has('store') || changed.has('source'))
      this.#arrange(this.#all ?? [], isNews && !isAsked);
    if (changed.has('selected')) this.active = this.#keyOf(this.selected) ?? this.active;
    this.#window.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#remote?.leave();
  }

  #takeSource(changed: PropertyValues<this>): void {
    if (!this.#remote) void this.#loadRemote();
    this.#remote?.take();
    const rows = this.#remote?.rows ?? [];
    if (rows !== this.#live.rows) {
      this.#all = this.#remote?.traces;
      this.#hasCost = this.#all?.some(({ cost }) => cost !== undefined) ?? false;
      this.#hasPreview = this.#all?.slice(0, LOOKED_AT).some(({ preview }) => preview !== undefined) ?? false;
      this.#live.take(rows, false);
    }
    if (changed.has('selected')) this.active = this.#keyOf(this.selected) ?? this.active;
    this.#window.refresh();
  }

  async #loadRemote(): Promise<void> {
    const part = await import('./source-part.js').catch(() => undefined);
    // The next change tries again.
    if (!part || this.#remote) return;
    const { elementStyles } = this.constructor as typeof LlmTraceList;
    adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, part.sourceStyles]);
    this.#remote = new part.SourcePart(this);
    this.requestUpdate();
  }

  get #grouping(): TraceGrouping | undefined {
    return this.source ? undefined : groupingOf(this.groupBy);
  }

  get #order(): TraceOrder {
    return orderOf(this.orderBy);
  }

  #arrange(all: readonly StoredSummary[], isNews: boolean): void {
    this.#isStale = false;
    const above = this.#window.rowsAbove;
    const first = this.#live.rows[Math.floor(above)];
    // What is at the top stays there, unless that is the beginning.
    this.#anchor = isNews && above > 0 && first ? { key: first.key, cut: above - Math.floor(above) } : undefined;
    const rows = listRows(all, {
      query: this.query,
      orderBy: this.#order,
      ascending: this.ascending,
      groupBy: this.#grouping,
      only: this.traceIds && new Set(this.traceIds),
      closed: this.#closed,
    });
    this.#live.take(rows, isNews);
  }

  protected override updated(): void {
    const { rows } = this.#live;
    if (this.source) this.#remote?.show(this.#window.end);
    const anchor = this.#anchor;
    this.#anchor = undefined;
    if (anchor) {
      const at = rows.findIndex(({ key }) => key === anchor.key);
      if (at >= 0 && at + anchor.cut !== this.#window.rowsAbove) {
        this.#window.holdAt(at + anchor.cut);
        this.requestUpdate();
      }
    }
    // What is chosen comes into sight, once it is there.
    if (this.selected === this.#revealed) return;
    const at = rows.findIndex(({ trace }) => trace?.id === this.selected);
    if (this.selected !== undefined && at < 0) return;
    // The height of the rows has just changed: the window is told soon, and renders anew.
    if (this.probe?.offsetHeight !== Math.round(this.#window.rowHeight)) return;
    this.#revealed = this.selected;
    if (at < 0) return;
    this.active = rows[at]!.key;
    this.#window.scrollTo(at);
  }

  async #read(store: StoredTraces): Promise<void> {
    try {
      let stored = await store.list({ limit: this.stored ? ALL : FIRST_READ });
      if (this.store !== store) return;
      if (!this.stored && stored.length >= FIRST_READ) {
        this.stored = stored;
        stored = await store.list({ limit: ALL });
        if (this.store !== store) return;
        // They were there before: nothing has changed.
        this.#live.forget();
      }
      this.stored = stored;
      this.failure = undefined;
    } catch (error) {
      if (this.store === store) this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #keyOf(traceId: string | undefined): string | undefined {
    return traceId === undefined ? undefined : this.#live.rows.find(({ trace }) => trace?.id === traceId)?.key;
  }

  get #activeIndex(): number {
    const { rows } = this.#live;
    const at =
      this.active === undefined
        ? 0
        : Math.max(
            0,
            rows.findIndex(({ key }) => key === this.active),
          );
    return rows.length ? at : -1;
  }

  #choose(row: ListRow): void {
    this.active = row.key;
    if (!row.trace) return this.#toggle(row);
    this.#revealed = this.selected = row.trace.id;
    /** @internal */
    this.dispatchEvent(new LlmTraceSelectEvent({ traceId: row.trace.id }));
  }

  #toggle({ key, group }: ListRow): void {
    if (!this.#closed.delete(group!.name)) this.#closed.add(group!.name);
    this.active = key;
    this.#isStale = true;
    this.requestUpdate();
  }

  #moveTo(index: number): void {
    const { rows } = this.#live;
    const at = Math.min(rows.length - 1, Math.max(0, index));
    this.active = rows[at]!.key;
    this.#window.scrollTo(at);
  }

  #onKeydown(event: KeyboardEvent): void {
    // Keys of the buttons in the head are their own.
    if (event.target !== this.scroller || this.#live.rows.length === 0) return;
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
    const { rows } = this.#live;
    const at = this.#activeIndex;
    const row = rows[at]!;
    const isClosed = !row.trace && this.#closed.has(row.group!.name);
    switch (action.type) {
      case 'move':
        return this.#moveTo(at + action.by);
      case 'first':
        return this.#moveTo(0);
      case 'last':
        return this.#moveTo(rows.length - 1);
      case 'into':
        if (row.trace) return undefined;
        return isClosed ? this.#toggle(row) : this.#moveTo(at + 1);
      case 'out': {
        if (!row.group) return undefined;
        if (row.trace) return this.#moveTo(rows.findIndex(({ group, trace }) => !trace && group === row.group));
        return isClosed ? undefined : this.#toggle(row);
      }
      case 'select':
      case 'open':
        return this.#choose(row);
      case 'expand-subtree':
        this.#closed.clear();
        this.#isStale = true;
        return this.requestUpdate();
      case 'find': {
        const nameAt = (index: number): string => rows[index]!.trace?.name ?? '';
        const found = this.#typeAhead.find(action.letter, at, rows.length, nameAt);
        return found === undefined ? undefined : this.#moveTo(found);
      }
    }
  }

  #onClick({ target }: MouseEvent): void {
    const index = (target as Element).closest<HTMLElement>('[data-index]')?.dataset['index'];
    const row = index === undefined ? undefined : this.#live.rows[Number(index)];
    if (row) this.#choose(row);
  }

  /** A finger covers what it touches, and does not stay. */
  #onPointerOver({ pointerType }: PointerEvent): void {
    if (pointerType !== 'touch') this.#live.hold();
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    const { rows } = this.#live;
    const all = this.#all;
    const active = this.#activeIndex;
    const classes = [
      'scroller',
      rows.length === 0 && 'empty',
      !this.#hasCost && 'no-cost',
      this.#hasPreview && 'with-preview',
    ];
    const remote = this.source && this.#remote;
    return html`<div class="frame" aria-busy=${String(remote?.isBusy ?? (!all && !this.failure))}>
      ${
        remote
          ? html`${remote.renderToolbar()} ${remote.renderState()}`
          : html`${renderListToolbar(this, this.#live.waiting, () => this.#live.showWaiting())}
            ${this.#renderState(all)}`
      }
      <div
        class=${classes.filter(Boolean).join(' ')}
        role=${this.#grouping ? 'treegrid' : 'grid'}
        tabindex="0"
        aria-label=${messages.tracesLabel}
        aria-rowcount=${remote?.rowCount === -1 ? -1 : (remote?.rowCount ?? rows.length) + 1}
        aria-activedescendant=${active < 0 ? nothing : `row-${active}`}
        @keydown=${this.#onKeydown}
        @click=${this.#onClick}
      >
        ${renderListHeader(this, !this.source)}
        <div
          class="list"
          role="rowgroup"
          .style=${`--count: ${this.#window.heightInRows}`}
          @pointerover=${this.#onPointerOver}
          @pointerleave=${() => this.#live.release()}
        >
          <div class="probe" aria-hidden="true"></div>
          ${repeat(
            this.#rowsInPage(active),
            (index) => rows[index]!.key,
            (index) => this.#renderRow(index, active),
          )}
        </div>
      </div>
      ${remote?.renderFoot() ?? nothing}
    </div>`;
  }

  /** Places of the rows that are in the page. */
  #rowsInPage(active: number): number[] {
    const { first, end, shift, rowHeight } = this.#window;
    this.#drawn = { first, end, shift, rowHeight };
    const indexes = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
    // The active row must not vanish under a reader's focus, wherever it is.
    if (active >= 0 && (active < first || active >= end)) indexes.push(active);
    return indexes;
  }

  #renderRow(index: number, active: number): TemplateResult {
    const row = this.#live.rows[index]!;
    return renderRow(row, {
      messages: this.messages,
      settings: this.settings,
      groupBy: this.#grouping,
      index,
      top: this.#window.placeOf(index) * this.#window.rowHeight,
      isActive: index === active,
      isSelected: row.trace !== undefined && row.trace.id === this.selected,
      isClosed: !row.trace && this.#closed.has(row.group?.name),
      isMarked: row.trace !== undefined && this.#live.isMarked(row.trace.id),
    });
  }

  /** What there is to say beside the traces: that they come, why they do not, or that there are none. */
  #renderState(all: readonly StoredSummary[] | undefined): TemplateResult | typeof nothing {
    const { messages, failure } = this;
    if (failure !== undefined) {
      return html`<div class="nothing" role="alert">
        <p><span class="error-text">${messages.tracesFailed}</span> ${text(failure)}</p>
        <button type="button" class="button" @click=${() => void this.#follower.refresh()}>${messages.tryAgain}</button>
      </div>`;
    }
    if (this.#live.rows.length) return nothing;
    const words = !all ? messages.loadingTraces : all.length ? messages.noTraceMatches : messages.noTraces;
    return html`<p class="nothing" role="status">${words}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-list': LlmTraceList;
  }
}
