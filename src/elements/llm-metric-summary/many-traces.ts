import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import {
  traceMetrics,
  type PriceSource,
  type TraceFigures,
  type TimeBucket,
  type TraceMetrics,
} from '../../analysis/index.js';
import {
  formatCost,
  formatDuration,
  formatMoment,
  formatNumber,
  formatPercent,
  readingErrorText,
  type Messages,
} from '../../i18n/index.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { StoreFollower, type StoredTraces } from '../../internal/stored-traces.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import type { TraceQuery, TraceSource } from '../../sources/source.js';
import type { TracesSelection } from '../events/index.js';
import { figuresOfSources, figuresOfTraces, type FiguresRead } from './figures-of-traces.js';
import type { CursorAction, Marked } from './plot-cursor.js';
import { renderPlot, type PlotLook } from './plot-view.js';
import { plotsOf, type Plot } from './plots.js';
import { figuresOfListed, SourceFigures } from './source-figures.js';

export { manyTracesStyles } from './many-traces.styles.js';

/** A stretch of time: milliseconds since the epoch. */
export interface MetricRange {
  readonly start: number;
  readonly end: number;
}

/** Where the figures of many traces come from. */
export interface ManySources {
  readonly summaries: readonly TraceFigures[] | undefined;
  readonly traces: readonly Trace[] | undefined;
  readonly sources: readonly unknown[] | undefined;
  readonly store: StoredTraces | undefined;
  readonly source: TraceSource | undefined;
  readonly filter: TraceQuery;
  readonly prices: PriceSource | undefined;
}

/** The element, as this part of it sees it. */
export interface ManyHost extends ReactiveControllerHost, HTMLElement {
  readonly messages: FirstMessages;
  readonly settings: ViewSettings;
  range: MetricRange | undefined;
}

/** A number, as stores answer faster to one. */
const ALL = 1_000_000;
/** Types of errors, and models, that are named. */
const MOST_NAMED = 10;

/** The figures of many traces, with plots of them over time: what `llm-metric-summary` loads when it is given many. */
export class ManyTraces {
  readonly #host: ManyHost;
  readonly #select: (selection: TracesSelection) => void;
  readonly #follower: StoreFollower;
  #sources: ManySources | undefined;
  /** Absent while they are read. */
  #figures: readonly TraceFigures[] | undefined;
  #metrics: TraceMetrics | undefined;
  #range: MetricRange | undefined;
  #plots: readonly Plot[] = [];
  #messages: Messages | undefined;
  #failure: string | undefined;
  /** How far files and addresses were read. */
  #read: FiguresRead | undefined;
  /** Where the figures are those of a backend. */
  #remote: SourceFigures | undefined;
  #marked: Marked | undefined;
  readonly #tables = new Set<string>();
  #reading = new AbortController();

  constructor(host: ManyHost, select: (selection: TracesSelection) => void) {
    this.#host = host;
    this.#select = select;
    this.#follower = new StoreFollower(host, { refresh: (store) => this.#readStore(store) });
  }

  /** Shows these from now on. */
  take({ summaries, traces, sources, store, source, filter, prices }: ManySources): void {
    const before = this.#sources;
    const isSame =
      before?.summaries === summaries &&
      before?.traces === traces &&
      before?.sources === sources &&
      before?.store === store &&
      before?.source === source &&
      before?.prices === prices &&
      before?.filter === filter;
    if (isSame) return;
    this.#sources = { summaries, traces, sources, store, source, filter, prices };
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#read = undefined;
    const isStore = !summaries && !traces && !sources;
    this.#remote?.stop();
    if (before?.source !== source) this.#remote = undefined;
    // What is shown stays until the new is there, unless it is of something else.
    if (before?.store !== store || before?.source !== source) this.#figures = this.#metrics = this.#failure = undefined;
    this.#follower.follow(isStore ? store : undefined);
    if (summaries) this.#show(summaries);
    else if (traces) void this.#readTraces(traces, prices, this.#reading.signal);
    else if (sources) void this.#readSources(sources, prices, this.#reading.signal);
    else if (source && !store) this.#askSource(source, filter);
  }

  async #readTraces(traces: readonly Trace[], prices: PriceSource | undefined, signal: AbortSignal): Promise<void> {
    const figures = await figuresOfTraces(traces, prices, signal);
    if (figures && !signal.aborted) this.#show(figures);
  }

  async #readSources(sources: readonly unknown[], prices: PriceSource | undefined, signal: AbortSignal): Promise<void> {
    if (sources.length === 0) return this.#show([]);
    await figuresOfSources(sources, prices, signal, (read) => {
      this.#read = read;
      this.#show(read.figures);
    });
  }

  #askSource(source: TraceSource, filter: TraceQuery): void {
    this.#remote ??= new SourceFigures(() => this.#hearSource());
    this.#range = this.#host.range;
    this.#remote.begin(source, filter, this.#range);
  }

  #hearSource(): void {
    const { metrics, figures, error } = this.#remote!;
    if (figures) this.#show(figures);
    if (metrics) {
      [this.#figures, this.#metrics, this.#plots, this.#messages] = [[], metrics, [], undefined];
      this.#marked = undefined;
    }
    this.#failure = error && (readingErrorText(error, this.#host.messages) ?? error.message);
    this.#host.requestUpdate();
  }

  async #readStore(store: StoredTraces): Promise<void> {
    const { signal } = this.#reading;
    try {
      const stored = await store.list({ limit: ALL });
      if (signal.aborted) return;
      this.#show(stored.map(figuresOfListed));
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = error instanceof Error ? error.message : String(error);
      this.#host.requestUpdate();
    }
  }

  #show(figures: readonly TraceFigures[]): void {
    this.#figures = figures;
    this.#metrics = this.#failure = undefined;
    this.#host.requestUpdate();
  }

  /** Worked out when they are shown, and again only for other traces, another time or other words. */
  #update(): void {
    const { range } = this.#host;
    const messages = wholeWords(this.#host.messages);
    if (!this.#figures) return;
    const { source, filter } = this.#sources!;
    const isSummed = this.#remote?.isSummed ?? false;
    if (isSummed && range !== this.#range) this.#askSource(source!, filter);
    const isOther = !isSummed && (!this.#metrics || range !== this.#range);
    if (isOther) {
      this.#metrics = traceMetrics(this.#figures, range && { from: range.start, to: range.end });
      this.#range = range;
      const last = this.#metrics.buckets.length - 1;
      if (this.#marked && Math.max(this.#marked.at, this.#marked.anchor) > last) this.#marked = undefined;
    }
    if (isOther || messages !== this.#messages) this.#plots = plotsOf(this.#metrics!, messages);
    this.#messages = messages;
  }

  readonly #act = (action: CursorAction): void => {
    const { buckets } = this.#metrics!;
    switch (action.type) {
      case 'mark':
        this.#marked = action.marked;
        break;
      case 'choose':
        this.#chooseBucket(buckets[action.at]!);
        break;
      case 'zoom':
        this.#zoom({ start: buckets[action.from]!.start, end: buckets[action.to]!.end });
        break;
      case 'whole':
        if (this.#host.range) this.#zoom(undefined);
        break;
    }
    this.#host.requestUpdate();
  };

  /** Of figures that a backend has worked out, nobody knows the traces: it is a stretch of time. */
  #chooseBucket({ start, end, traces, count }: TimeBucket): void {
    if (this.#remote?.isSummed && count > 0) this.#select({ traceIds: [], range: { start, end } });
    else this.#selectTraces(traces);
  }

  #zoom(range: MetricRange | undefined): void {
    this.#host.range = range;
    this.#marked = undefined;
    const isInside = ({ start }: TraceFigures): boolean => !range || (start >= range.start && start < range.end);
    this.#selectTraces(this.#figures!.filter(isInside), range);
  }

  #selectTraces(traces: readonly TraceFigures[], range?: MetricRange): void {
    if (traces.length || range) this.#select({ traceIds: traces.map(({ id }) => id), ...(range && { range }) });
  }

  render(): TemplateResult {
    this.#update();
    const messages = wholeWords(this.#host.messages);
    const { many } = messages;
    const metrics = this.#metrics;
    return html`<div class="frame many" aria-busy=${String(!metrics && this.#failure === undefined)}>
      ${
        this.#failure === undefined
          ? nothing
          : html`<div class="nothing" role="alert">
              <p><span class="error-text">${messages.tracesFailed}</span> ${text(this.#failure)}</p>
              <button type="button" class="button" @click=${() => this.#readAgain()}>${messages.tryAgain}</button>
            </div>`
      }
      ${this.#renderRead()} ${this.#remote?.renderNote(messages) ?? nothing}
      ${
        metrics && (metrics.count > 0 || this.#range)
          ? this.#renderMetrics(metrics)
          : this.#failure === undefined
            ? html`<p class="nothing" role="status">${metrics ? many.none : many.loading}</p>`
            : nothing
      }
    </div>`;
  }

  #readAgain(): void {
    if (this.#remote) this.#remote.again();
    else void this.#follower.refresh();
  }

  /** What is still to be read, and what could not be. */
  #renderRead(): TemplateResult | typeof nothing {
    const { settings } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many } = messages;
    const length = this.#sources?.sources?.length ?? 0;
    const { done = 0, failures = [] } = this.#read ?? {};
    if (done === length && failures.length === 0) return nothing;
    return html`<div class="left-out muted" role="status">
      ${done < length ? html`<p>${many.reading(done, length)}</p>` : nothing}
      ${failures.slice(0, MOST_NAMED).map(({ source, reason }) => {
        const name = source instanceof File ? source.name : typeof source === 'string' ? source : '';
        const words = [name, reason].filter(Boolean).join(': ');
        return html`<p>${revealed(settings.readable(text(many.notRead(words))))}</p>`;
      })}
      ${failures.length > MOST_NAMED ? html`<p>${many.more(failures.length - MOST_NAMED)}</p>` : nothing}
    </div>`;
  }

  #renderMetrics(metrics: TraceMetrics): TemplateResult {
    const { settings } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many } = messages;
    const look: PlotLook = {
      messages,
      settings,
      buckets: metrics.buckets,
      marked: this.#marked,
      tables: this.#tables,
      act: this.#act,
      openTable: (plot, isOpen) => {
        if (isOpen === this.#tables.has(plot)) return;
        if (isOpen) this.#tables.add(plot);
        else this.#tables.delete(plot);
        this.#host.requestUpdate();
      },
    };
    return html`<ul class="totals" aria-label=${many.label}>
        ${this.#totals(metrics).map(
          ([label, value, note, isBad]) =>
            html`<li>
              <div class="metric ${isBad ? 'bad' : ''}" part="metric">
                <span class="label">${label}</span> <span class="value">${value}</span>
                <span class="note">${note}</span>
              </div>
            </li>`,
        )}
      </ul>
      ${this.#renderRange(metrics)}
      ${
        metrics.buckets.length
          ? html`<p id="plot-hint" class="visually-hidden">${many.hint}</p>
              <div class="plots">${this.#plots.map((plot) => renderPlot(plot, look))}</div>`
          : nothing
      }
      <div class="plots">
        ${this.#renderErrorTypes(metrics)} ${this.#renderModels(metrics)} ${this.#renderScores(metrics)}
      </div>
      ${this.#renderLeftOut(metrics)}`;
  }

  /** Label, figure, what belongs to it, and whether it is bad news. */
  #totals(metrics: TraceMetrics): [label: string, value: string, note: string, isBad?: boolean][] {
    const { locale, many, noErrors } = wholeWords(this.#host.messages);
    const { count, perHour, duration, timeToFirstToken, failed, errorRate, tokens, cost, isEstimate } = metrics;
    const spread = ({ p95, p99 }: { p95: number; p99: number }): string =>
      `${many.percentile(95)} ${formatDuration(p95, locale)} · ${many.percentile(99)} ${formatDuration(p99, locale)}`;
    const totals: [string, string, string, boolean?][] = [
      [
        many.traces,
        formatNumber(count, locale),
        perHour === undefined ? '' : many.perHour(formatNumber(rounded(perHour), locale)),
      ],
    ];
    if (duration) totals.push([many.duration, formatDuration(duration.p50, locale), spread(duration)]);
    if (timeToFirstToken) {
      totals.push([many.timeToFirstToken, formatDuration(timeToFirstToken.p50, locale), spread(timeToFirstToken)]);
    }
    if (errorRate !== undefined) {
      const share = failed ? formatPercent(errorRate, locale) : noErrors;
      totals.push([many.errorRate, share, failed ? formatNumber(failed, locale) : '', failed > 0]);
    }
    if (tokens !== undefined) totals.push([many.tokens, formatNumber(tokens, locale), '']);
    if (cost !== undefined) {
      totals.push([many.cost, `${isEstimate ? '≈ ' : ''}${formatCost(cost, locale)}`, isEstimate ? many.estimate : '']);
    }
    return totals;
  }

  #renderRange({ buckets }: TraceMetrics): TemplateResult | typeof nothing {
    const { range } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many } = messages;
    const start = range?.start ?? buckets[0]?.start;
    const end = range?.end ?? buckets.at(-1)?.end;
    if (start === undefined || end === undefined) return nothing;
    return html`<div class="range">
      <span role="status">${many.range(formatMoment(start, messages), formatMoment(end, messages))}</span>
      ${
        range
          ? html`<button type="button" class="button" @click=${() => this.#act({ type: 'whole' })}>
              ${many.wholeTime}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderErrorTypes({ errorTypes, failed }: TraceMetrics): TemplateResult | typeof nothing {
    const { settings } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many, locale } = messages;
    if (errorTypes.size === 0) return nothing;
    const named = [...errorTypes].slice(0, MOST_NAMED);
    return html`<section class="plot" part="plot" aria-label=${many.errorTypes}>
      <h3>${many.errorTypes}</h3>
      <ul class="kinds-of-error">
        ${named.map(([type, count]) => {
          const name = settings.readable(text(type));
          return html`<li>
            <button
              type="button"
              ?disabled=${this.#remote?.isSummed}
              @click=${() => this.#choose((trace) => trace.errorTypes?.includes(type) ?? false)}
            >
              <span class="share" .style=${`width: ${(100 * count) / Math.max(failed, count)}%`}></span>
              <span class="series-name" title=${revealedText(name)}>${revealed(name)}</span>
              <b>${formatNumber(count, locale)}</b>
            </button>
          </li>`;
        })}
      </ul>
      ${errorTypes.size > named.length ? html`<p class="muted">${many.more(errorTypes.size - named.length)}</p>` : nothing}
    </section>`;
  }

  /** The traces that are shown and that something is true of. */
  #choose(matches: (trace: TraceFigures) => boolean): void {
    const range = this.#range;
    this.#selectTraces(
      this.#figures!.filter(
        (trace) => (!range || (trace.start >= range.start && trace.start < range.end)) && matches(trace),
      ),
    );
  }

  #renderModels({ models }: TraceMetrics): TemplateResult | typeof nothing {
    const { settings } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many, locale } = messages;
    if (models.length === 0) return nothing;
    const named = models.slice(0, MOST_NAMED);
    return html`<section class="plot" part="plot" aria-label=${many.models}>
      <h3>${many.models}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">${many.model}</th>
            <th scope="col">${many.calls}</th>
            <th scope="col">${many.tokens}</th>
            <th scope="col">${many.cost}</th>
          </tr>
        </thead>
        <tbody>
          ${named.map(({ model, calls, tokens, cost }) => {
            const name = settings.readable(text(model));
            return html`<tr>
              <th scope="row">
                <button
                  type="button"
                  class="link-button"
                  ?disabled=${this.#remote?.isSummed}
                  title=${revealedText(name)}
                  @click=${() => this.#choose(({ models: used }) => used?.some((one) => one.model === model) ?? false)}
                >
                  ${revealed(name)}
                </button>
              </th>
              <td>${formatNumber(calls, locale)}</td>
              <td>${tokens === undefined ? '' : formatNumber(tokens, locale)}</td>
              <td>${cost === undefined ? '' : formatCost(cost, locale)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
      ${models.length > named.length ? html`<p class="muted">${many.more(models.length - named.length)}</p>` : nothing}
    </section>`;
  }

  /** Scores in words, which have no mean and no plot. */
  #renderScores({ scores }: TraceMetrics): TemplateResult | typeof nothing {
    const { settings } = this.#host;
    const messages = wholeWords(this.#host.messages);
    const { many, locale } = messages;
    const rows = scores
      .filter(({ values }) => values.size > 0)
      .flatMap(({ name, values }) => Array.from(values, ([value, count]) => ({ name, value, count })));
    if (rows.length === 0) return nothing;
    const named = rows.slice(0, 2 * MOST_NAMED);
    return html`<section class="plot" part="plot" aria-label=${many.scores}>
      <h3>${many.scores}</h3>
      <table>
        <tbody>
          ${named.map(
            ({ name, value, count }) =>
              html`<tr>
                <th scope="row">${revealed(settings.readable(text(name)))}</th>
                <td>${revealed(settings.readable(text(value)))}</td>
                <td>${formatNumber(count, locale)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${rows.length > named.length ? html`<p class="muted">${many.more(rows.length - named.length)}</p>` : nothing}
    </section>`;
  }

  #renderLeftOut({ leftOut, count, tokens, cost }: TraceMetrics): TemplateResult | typeof nothing {
    const { many } = wholeWords(this.#host.messages);
    const { untimed, undated, withoutTokens, withoutCost } = leftOut;
    // Where no trace states something there is no figure that it could be missing from.
    const notes = [
      untimed ? many.untimed(untimed) : '',
      undated ? many.undated(undated) : '',
      withoutTokens && tokens !== undefined && count ? many.withoutTokens(withoutTokens) : '',
      withoutCost && cost !== undefined && count ? many.withoutCost(withoutCost) : '',
    ].filter(Boolean);
    return notes.length ? html`<p class="left-out muted">${notes.join(' · ')}</p>` : nothing;
  }
}

/** Two digits are enough of a rate. */
const rounded = (rate: number): number => (rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2)));
