import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  figureOf,
  SPAN_COLUMNS,
  spanOrder,
  type PriceSource,
  type RollUps,
  type SpanColumn,
} from '../../analysis/index.js';
import { formatCost, formatDuration, formatNumber } from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { errorIcon, kindIcon } from '../../internal/first-icons.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { runInSlices } from '../../internal/time-slices.js';
import type { Span } from '../../model/index.js';
import { RowListElement, rowWith } from '../row-list-element.js';
import { rowListStyles } from '../row-list-element.styles.js';
import { spanTableStyles } from './llm-span-table.styles.js';

const LONG = 60_000;
/** Columns that begin with the largest when they are first chosen. */
const LARGEST_FIRST: ReadonlySet<SpanColumn> = new Set<SpanColumn>(['duration', 'own', 'tokens', 'cost']);
const NUMBERS: ReadonlySet<SpanColumn> = new Set<SpanColumn>(['start', 'duration', 'own', 'tokens', 'cost']);

/**
 * All spans of a trace as a flat table. The columns sort. Only the rows in sight are in the DOM.
 *
 * Keys: arrows, Home, End, Page Up and Page Down move; letters find the next span by name; Space selects; Enter selects and fires
 * `llm-span-open`.
 *
 * @summary The spans of a trace as a table that can be sorted.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person wants to see what is hidden.
 * @fires {LlmSpanOpenEvent} llm-span-open - A person wants to read a span (Enter).
 * @csspart hidden-note - How many spans are hidden.
 * @csspart row - A row.
 * @csspart header - The row of column names.
 * @cssprop [--llm-row-height=28px] - Height of a row; 24px at least, so that it can be hit.
 */
export class LlmSpanTable extends RowListElement {
  static override styles = [tokens, base, texts, kindColours, rowListStyles, spanTableStyles];

  /**
   * What the spans are sorted by: `name`, `kind`, `start`, `duration`, `own`, `tokens`, `cost`, `status`, `model` or `service`. Any
   * other word stands for `start`.
   */
  @property({ attribute: 'order-by' }) orderBy: SpanColumn = 'start';

  /** Whether the largest come first. What states nothing comes last in any case. */
  @property({ type: Boolean }) descending = false;

  /** Knows what calls cost, where the trace does not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Milliseconds that a running trace has taken by now, where somebody counts them. */
  @property({ attribute: false }) runningFor: number | undefined;

  @state() private isSorting = false;

  protected override readonly headerHeight = 26;

  /** The position of each row; in the order of the tree while it is absent. */
  #order: Uint32Array | undefined;
  /** The row of each position; -1 for one that is hidden. */
  #rows: Int32Array | undefined;
  #rollUps: RollUps | undefined;
  /** Classes for columns in which nothing stands. */
  #empty = '';
  #sorting: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sorting?.abort();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isSorting) this.#sort();
  }

  protected override get rowCount(): number {
    return this.#order?.length ?? this.shown?.spans.length ?? 0;
  }

  protected override spanAt(row: number): Span | undefined {
    return this.shown?.spans.at(this.#order ? (this.#order[row] ?? row) : row);
  }

  protected override rowOf({ index }: Span): number {
    return this.#rows ? (this.#rows[index] ?? -1) : index;
  }

  protected override nameAt(row: number): string {
    return this.shown!.table.names[this.shown!.rowAt(this.#order ? this.#order[row]! : row)]!;
  }

  protected override opensOnly(): boolean {
    return false;
  }

  protected override goInto(): void {
    // Nothing is inside a row.
  }

  protected override goOut(): void {
    // Nothing is around a row.
  }

  protected override openInside(): void {
    // Nothing is closed.
  }

  protected override takeTrace(): void {
    const { trace } = this;
    this.#order = this.#rows = this.#rollUps = undefined;
    this.#empty = '';
    if (!trace) return;
    const { table } = trace;
    const hasAny = (texts: { at(row: number): string | undefined }): boolean => {
      for (const row of trace.rows) if (texts.at(row) !== undefined) return true;
      return false;
    };
    const empty = [
      trace.usage ? '' : 'no-tokens',
      trace.cost !== undefined || this.prices ? '' : 'no-cost',
      hasAny(table.models) ? '' : 'no-model',
      hasAny(table.services) ? '' : 'no-service',
    ];
    this.#empty = empty.filter(Boolean).join(' ');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (['trace', 'orderBy', 'descending', 'prices', 'noise'].some((name) => changed.has(name))) this.#sort();
  }

  get #column(): SpanColumn {
    return SPAN_COLUMNS.includes(this.orderBy) ? this.orderBy : 'start';
  }

  #sort(): void {
    this.#sorting?.abort();
    const { trace, prices, descending } = this;
    const column = this.#column;
    if (!trace) return;
    const sorting = (this.#sorting = new AbortController());
    let rollUps: RollUps | undefined;
    let order: Uint32Array | undefined;
    const work = function* (): Generator<undefined, void> {
      rollUps = yield* rollUpsInSteps(trace, prices);
      order = yield* spanOrder(rollUps, column, descending);
    };
    this.isSorting = true;
    void runInSlices(work(), { take: () => {}, signal: sorting.signal }).then((isOver) => {
      if (!isOver || sorting.signal.aborted) return;
      this.isSorting = false;
      this.#rollUps = rollUps;
      this.changeRows(() => this.#take(order!));
      // Who sorts wants to see what is first; what is selected is found by its name.
      if (this.#isChosen) this.revealRow(0);
      this.#isChosen = false;
    });
  }

  /** Whether a person chose another order. */
  #isChosen = false;

  #take(order: Uint32Array): void {
    const bits = this.hiddenSpans?.bits;
    const rows = new Int32Array(order.length).fill(-1);
    this.#order = bits ? order.filter((position) => bits[position] === 0) : order;
    for (let row = 0; row < this.#order.length; row++) rows[this.#order[row]!] = row;
    this.#rows = rows;
  }

  #sortBy(column: SpanColumn): void {
    this.descending = column === this.#column ? !this.descending : LARGEST_FIRST.has(column);
    this.orderBy = column;
    this.#isChosen = true;
  }

  readonly #onClick = ({ target }: MouseEvent): void => {
    const row = rowWith(target);
    if (row !== undefined) this.select(row);
  };

  protected override render(): TemplateResult {
    const { messages, trace } = this;
    const isLong = trace && Math.max(trace.duration, this.runningFor ?? 0) >= LONG;
    return html`<div class="frame">
      ${this.isSorting ? html`<span class="sorting" role="status">${messages.views.sorting}</span>` : nothing}
      <div
        class="scroller ${this.#empty} ${isLong ? 'long' : ''}"
        role="grid"
        tabindex="0"
        aria-label=${messages.views.tableOf(this.readableText(trace?.name ?? ''))}
        aria-busy=${String(this.isSorting)}
        aria-rowcount=${this.rowCount + 1}
        aria-activedescendant=${this.rowCount === 0 ? nothing : `row-${this.active}`}
        @keydown=${this.onKeydown}
        @click=${this.#onClick}
      >
        <div class="row header" part="header" role="row" aria-rowindex="1">
          ${SPAN_COLUMNS.map((column) => this.#renderHeader(column))}
        </div>
        <div class="list" .style=${`--count: ${this.window.heightInRows}`} role="none">
          <div class="probe" aria-hidden="true"></div>
          <div class="rows" role="rowgroup">${this.renderRows((row, top) => this.#renderRow(row, top))}</div>
        </div>
      </div>
      ${this.renderNotPrinted()} ${this.renderHiddenNote()}
    </div>`;
  }

  #renderHeader(column: SpanColumn): TemplateResult {
    const isSorted = column === this.#column;
    return html`<span
      role="columnheader"
      class="cell ${column} ${NUMBERS.has(column) ? 'number' : ''}"
      aria-sort=${isSorted ? (this.descending ? 'descending' : 'ascending') : 'none'}
      ><button type="button" @click=${() => this.#sortBy(column)}>${this.messages.views.columns[column]}</button></span
    >`;
  }

  #renderRow(row: number, top: number): TemplateResult {
    const { messages, settings } = this;
    const span = this.spanAt(row)!;
    const readable = (value: string | undefined): string => settings.readable(text(value ?? ''));
    const name = readable(span.name) || messages.noName;
    const kind = messages.kinds[span.kind] ?? '';
    const status = messages.views.statuses[span.status];
    const model = readable(span.model);
    const service = readable(span.service);
    const figures = (['start', 'duration', 'own', 'tokens', 'cost'] as const).map(
      (column) => [column, this.#figure(column, span)] as const,
    );
    const spoken = [
      name,
      kind,
      span.status === 'error' ? messages.errorMark : '',
      ...figures.map(([, words]) => words),
      model,
      service,
    ];
    return html`<div
      id="row-${row}"
      class="row ${row === this.active ? 'active' : ''}"
      part="row"
      role="row"
      data-row=${row}
      data-span-id=${span.id}
      aria-rowindex=${row + 2}
      aria-selected=${String(span.id === this.selected)}
      aria-label=${revealedText(spoken.filter(Boolean).join(', '))}
      .style=${`transform: translateY(${top}px)`}
    >
      <span role="rowheader" class="cell name" title=${revealedText(name)}
        ><span class="kind-icon" data-kind=${span.kind}>${kindIcon(span.kind)}</span>${
          span.status === 'error'
            ? html`<span class="error-mark" title=${revealedText(readable(span.statusMessage)) || messages.errorMark}
                >${errorIcon()}</span
              >`
            : nothing
        }<span class="words">${revealed(name)}</span></span
      ><span role="gridcell" class="cell kind">${kind}</span
      >${figures.map(([column, words]) => html`<span role="gridcell" class="cell number ${column}">${words}</span>`)}<span
        role="gridcell"
        class="cell status ${span.status === 'error' ? 'failed' : ''}"
        >${status}</span
      ><span role="gridcell" class="cell model" title=${revealedText(model)}>${revealed(model)}</span
      ><span role="gridcell" class="cell service" title=${revealedText(service)}>${revealed(service)}</span>
    </div>`;
  }

  #figure(column: 'start' | 'duration' | 'own' | 'tokens' | 'cost', span: Span): string {
    const { messages } = this;
    const { locale } = messages;
    if (column === 'duration' && span.isRunning) return messages.running;
    const rollUps = this.#rollUps;
    if (rollUps?.trace !== span.trace) return '';
    const value = figureOf(rollUps, column, span.index);
    if (Number.isNaN(value)) return '';
    if (column === 'tokens') return formatNumber(value, locale);
    if (column !== 'cost') return formatDuration(value, locale);
    const cost = formatCost(value, locale);
    return span.cost === undefined ? messages.estimated(cost) : cost;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-span-table': LlmSpanTable;
  }
}
