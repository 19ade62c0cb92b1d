import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  statisticsInSteps,
  type PriceSource,
  type StatisticsBy,
  type StatisticsRow,
  type RollUps,
} from '../../analysis/index.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { rollUpsInSteps } from '../../internal/known-roll-ups.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { LaterElements, type ElementLoaders } from '../llm-trace-view/later-elements.js';
import { COLUMNS, sorted, type Order, type StatisticsColumn } from './columns.js';
import { statisticsStyles } from './llm-statistics.styles.js';

/** Rows that are shown at first, and with each “show more”. */
const PAGE = 100;

const GROUPS: readonly StatisticsBy[] = ['operation', 'model', 'tool', 'service'];

/** What was counted. */
interface Counted {
  readonly by: StatisticsBy;
  readonly rows: readonly StatisticsRow[];
  /** Spans that are in no row. */
  readonly others: number;
}

function* counted(
  traces: readonly Trace[],
  by: StatisticsBy,
  prices: PriceSource | undefined,
): Generator<undefined, Counted> {
  const all: RollUps[] = [];
  let others = 0;
  for (const trace of traces) {
    all.push(yield* rollUpsInSteps(trace, prices));
    others += trace.spans.length;
  }
  const rows = yield* statisticsInSteps(all, by);
  for (const { count } of rows) others -= count;
  return { by, rows, others };
}

/**
 * Figures of the spans of one trace or of many, put together by what they are: how many, how long, tokens, cost, errors.
 * The columns sort; a row leads to its slowest span. Counted in short stretches.
 *
 * Keys: the rows are one stop of the Tab key; up and down arrow, Home and End move in them, Enter chooses.
 *
 * @summary Statistics of spans, as a table with plots.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the slowest span of a row.
 * @csspart table - The table.
 */
export class LlmStatistics extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, statisticsStyles];

  /**
   * What loads the elements that are shown later (define/llm-statistics.ts).
   *
   * @internal
   */
  static laterElements: ElementLoaders = new Map();

  /** The trace whose spans are counted. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Several traces, instead of one. */
  @property({ attribute: false }) traces: readonly Trace[] | undefined;

  /** Knows what calls cost, where a trace does not state it. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** What spans are put together by: `operation`, `model`, `tool` or `service`. */
  @property() by: StatisticsBy = 'operation';

  @state() private order: Order = { column: 'self', isDescending: true };
  @state() private limit = PAGE;
  /** The row that the keys start from. */
  @state() private active = 0;

  /** Whether the stages of the calls are shown. */
  @state() private isStagesOpen = false;

  readonly #later = new LaterElements(this, LlmStatistics.laterElements);
  readonly #work = new SlicedWork<Counted>(this);
  /** What the rows were sorted of. */
  #counted: Counted | undefined;
  #sorted: readonly StatisticsRow[] = [];

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.go[tabindex="0"]')?.focus(options);
  }

  /** Once the spans were counted. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#work.done;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (['trace', 'traces', 'prices', 'by'].some((name) => changed.has(name))) {
      const traces = this.traces ?? (this.trace ? [this.trace] : []);
      this.#work.start(() => counted(traces, this.#by, this.prices));
    }
    if (changed.has('by')) this.limit = PAGE;
    if (this.#counted !== this.#work.result || changed.has('order')) {
      this.#counted = this.#work.result;
      this.#sorted = sorted(this.#counted?.rows ?? [], this.order);
    }
    if (changed.has('by') || changed.has('order')) this.active = 0;
  }

  get #by(): StatisticsBy {
    return GROUPS.includes(this.by) ? this.by : 'operation';
  }

  #sortBy(column: string): void {
    const { order } = this;
    const isDescending = order.column === column ? !order.isDescending : column !== 'name';
    this.order = { column, isDescending };
  }

  #select({ slowest: [span] }: StatisticsRow, at: number): void {
    this.active = at;
    if (!span) return;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.go')];
    const at = rows.indexOf(event.currentTarget as HTMLElement);
    const next = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['Home', 0],
      ['End', rows.length - 1],
    ]).get(event.key);
    const row = next === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, next))];
    if (!row) return;
    event.preventDefault();
    row.focus();
    this.active = rows.indexOf(row);
  };

  protected override render(): TemplateResult {
    const { messages } = this;
    const { isWorking } = this.#work;
    const { by = this.#by, rows: all = [], others = 0 } = this.#counted ?? {};
    const rows = this.#sorted.slice(0, this.limit);
    const more = this.#sorted.length - rows.length;
    const longest = all.reduce((most, { duration }) => Math.max(most, duration?.p99 ?? 0), 0);
    const columns = COLUMNS.filter(({ value }) => all.some((row) => value(row) !== undefined));
    return html`<div class="frame" aria-busy=${String(isWorking)}>
      <div class="groups" role="group" aria-label=${messages.statisticsBy}>
        ${GROUPS.map(
          (group) =>
            html`<button type="button" aria-pressed=${String(group === this.#by)} @click=${() => (this.by = group)}>
              ${messages.statisticsGroups[group]}
            </button>`,
        )}
      </div>
      ${
        rows.length
          ? html`<table part="table" aria-label=${`${messages.statisticsLabel}: ${messages.statisticsGroups[by]}`}>
              <thead>
                <tr>
                  ${this.#renderHeader('name', messages.columnName)}
                  ${columns.map((column) => this.#renderHeader(column.id, column.label(messages)))}
                  <th scope="col" class="plot" aria-hidden="true">${messages.columnSpread}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map((row, at) => this.#renderRow(row, at, columns, longest))}
              </tbody>
            </table>`
          : isWorking
            ? nothing
            : html`<p class="quiet">${messages.noStatistics}</p>`
      }
      ${
        more > 0
          ? html`<button type="button" class="button more" @click=${() => (this.limit += PAGE)}>
              ${messages.moreRows(Math.min(more, PAGE))}
            </button>`
          : nothing
      }
      ${others > 0 && rows.length ? html`<p class="quiet">${messages.inNoRow(others)}</p>` : nothing}
      ${this.trace && rows.length ? this.#renderStages(this.trace) : nothing}
      <div role="status">${isWorking ? html`<p class="quiet">${messages.findingsWorking}</p>` : nothing}</div>
    </div>`;
  }

  /** Stages and latencies of the calls, worked out when somebody asks. */
  #renderStages(trace: Trace): TemplateResult {
    const { messages, settings, isStagesOpen } = this;
    if (isStagesOpen) this.#later.want('llm-stage-view');
    return html`<details class="stages" @toggle=${this.#onStages}>
      <summary>${messages.stageView.spread}</summary>
      ${
        !isStagesOpen
          ? nothing
          : this.#later.hasFailed('llm-stage-view')
            ? html`<p class="quiet" role="alert">${messages.stageView.notLoaded}</p>`
            : html`<llm-stage-view .messages=${messages} .settings=${settings} .trace=${trace}></llm-stage-view>`
      }
    </details>`;
  }

  readonly #onStages = (event: Event): void => {
    this.isStagesOpen = (event.target as HTMLDetailsElement).open;
  };

  #renderHeader(id: string, label: string): TemplateResult {
    const { column, isDescending } = this.order;
    const direction = column !== id ? 'none' : isDescending ? 'descending' : 'ascending';
    return html`<th scope="col" class=${id} aria-sort=${direction}>
      <button type="button" @click=${() => this.#sortBy(id)}>${label}</button>
    </th>`;
  }

  #renderRow(row: StatisticsRow, at: number, columns: readonly StatisticsColumn[], longest: number): TemplateResult {
    const { messages } = this;
    const { kind, duration, untimed } = row;
    const name = this.settings.readable(text(row.name)) || messages.noName;
    const words = html`${
        kind ? html`<span class="kind-icon" title=${messages.kinds[kind]!}>${kindIcon(kind)}</span>` : nothing
      }<span class="words">${revealed(name)}</span>`;
    return html`<tr data-kind=${kind ?? 'span'}>
      <th scope="row" class="name">
        <button
          type="button"
          class="go"
          tabindex=${at === this.active ? 0 : -1}
          title=${`${revealedText(name)}: ${messages.toSlowest}`}
          @click=${() => this.#select(row, at)}
          @keydown=${this.#onKeydown}
        >
          ${words}
        </button>
        ${untimed > 0 ? html`<span class="muted untimed">${messages.untimed(untimed)}</span>` : nothing}
      </th>
      ${columns.map((column) => {
        const value = column.value(row);
        const isBad = column.id === 'errors' && row.errors > 0;
        return html`<td class="${column.id} ${isBad ? 'bad' : ''}">
          ${value === undefined ? nothing : column.text(value, messages, row)}
        </td>`;
      })}
      <td class="plot" aria-hidden="true">
        ${
          duration && longest > 0
            ? html`<span
                class="spread"
                .style=${`--p50: ${duration.p50 / longest}; --p95: ${duration.p95 / longest}; --p99: ${duration.p99 / longest}`}
              ></span>`
            : nothing
        }
      </td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-statistics': LlmStatistics;
  }
}
