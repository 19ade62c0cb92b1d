import { adoptStyles, css, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import { nextSpan } from '../../analysis/summary.js';
import type { PriceSource, TraceFigures } from '../../analysis/index.js';
import { formatNumber } from '../../i18n/format.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/first-icons.js';
import { optionalText } from '../../internal/optional-text.js';
import type { StoredTraces } from '../../internal/stored-traces.js';
import type { TraceQuery, TraceSource } from '../../sources/source.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { html } from '../../internal/tight-html.js';
import type { Span, SpanKind, Trace } from '../../model/index.js';
import { LlmSpanSelectEvent, LlmTracesSelectEvent } from '../events/index.js';
import { figuresOfTrace, type FiguresOfTrace } from './figures-of-trace.js';
import type { ManyTraces, MetricRange } from './many-traces.js';
import { metricsOf, type Metric } from './metrics.js';

export type { MetricRange };

/** Addresses in an attribute. */
const addresses = {
  fromAttribute: (value: string | null): readonly string[] | undefined => value?.split(/\s+/).filter(Boolean),
};

/**
 * What a trace comes to: how long it took, calls, tokens, cost, errors. Each figure is a button that leads to the span
 * behind it; those that stand for several spans lead from one to the next.
 *
 * Given `traces`, `sources`, a `store`, a `source` or `summaries`, what many traces come to: how many, how fast, how dear and how good they were,
 * in plots over time, each of which is a table as well. A click, or Enter, chooses the traces of a moment; a drag, or Shift
 * with the arrows and Enter, shows a stretch of time alone, and Escape all of it.
 *
 * @summary The figures of a trace, or of many.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the span behind a figure.
 * @fires {LlmTracesSelectEvent} llm-traces-select - A person chose the traces behind a figure, or a stretch of time.
 * @csspart metric - One figure.
 * @csspart plot - A plot over time, or a list of figures, of many traces.
 */
export class LlmMetricSummary extends MaskingElement<FirstMessages> {
  static override styles = [
    tokens,
    base,
    texts,
    kindColours,
    css`
      :host {
        container: llm-metric-summary / inline-size;
      }
      .frame {
        height: auto;
        background: var(--_surface);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        margin: 0;
        padding: 0;
        overflow: hidden;
        list-style: none;
      }
      li {
        display: flex;
        min-width: 0;
      }
      /* A line between two figures; the one before the first lies outside, also where they wrap. */
      li:not(.kinds) {
        margin-inline-start: -1px;
        border-inline-start: 1px solid var(--_line);
      }
      .metric {
        display: block;
        min-width: 0;
        padding: 7px 16px;
        line-height: 1.35;
      }
      button.metric:hover,
      .kinds button:hover {
        background: var(--_hover);
      }
      .label {
        display: block;
        font-size: var(--_font-size-small);
        color: var(--_muted);
        white-space: nowrap;
      }
      .value {
        font-size: 15px;
        font-weight: 600;
        white-space: nowrap;
      }
      .note {
        display: inline-block;
        max-width: 48ch;
        overflow: hidden;
        text-overflow: ellipsis;
        vertical-align: bottom;
        font-size: 12px;
        color: var(--_muted);
        white-space: nowrap;
      }
      .bad .value {
        color: var(--_error);
      }
      .kinds {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px;
        margin-inline-start: auto;
        padding: 5px 10px;
      }
      .kinds button {
        display: flex;
        align-items: center;
        gap: 5px;
        min-height: 24px;
        padding: 0 5px;
        border-radius: var(--_radius);
        font-size: 12px;
      }
      .kinds svg {
        color: var(--_kind);
      }
      @media (forced-colors: active) {
        .kinds svg {
          color: CanvasText;
        }
      }
      /* Where there is no room, one line that scrolls: the spans below need the height. */
      @container llm-metric-summary (max-width: 600px) {
        ul {
          flex-wrap: nowrap;
          overflow-x: auto;
          scrollbar-width: none;
        }
        li {
          flex: none;
        }
        .metric {
          padding-inline: 12px;
        }
        .kinds {
          flex-wrap: nowrap;
        }
      }
    `,
  ];

  /** The trace whose figures are shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Many traces that were read. */
  @property({ attribute: false }) traces: readonly Trace[] | undefined;

  /**
   * Many traces behind addresses, in files, or in anything else that `readTraces` takes; as an attribute, addresses between
   * spaces. They are read one after the other, and not kept.
   */
  @property({ converter: addresses }) sources: readonly unknown[] | undefined;

  /** A store of traces, as `openTraceStore()` gives it; it is followed while it grows. */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /**
   * A backend, as `llm-trace-kit/sources` gives it: it works the figures out itself where it can, else they are those of its
   * first pages.
   */
  @property({ attribute: false }) source: TraceSource | undefined;

  /** Which traces of the source are meant. */
  @property({ attribute: false }) filter: TraceQuery = {};

  /** Figures of many traces, as `traceFigures()` or a store gives them. */
  @property({ attribute: false }) summaries: readonly TraceFigures[] | undefined;

  /** The time of which many traces are shown, as a person or the page chose it; all where it is absent. */
  @property({ attribute: false }) range: MetricRange | undefined;

  /** Knows what calls cost, where the trace does not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Milliseconds that a running trace has taken by now, where somebody counts them. */
  @property({ attribute: false }) runningFor: number | undefined;

  /** Id of the selected span: figures that stand for several spans lead on from there. */
  @property({ converter: optionalText }) selected: string | undefined;

  #figures: FiguresOfTrace | undefined;
  /** Loaded for many traces only: most pages show one. */
  #many: ManyTraces | undefined;
  #isLoading = false;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const { trace, prices } = this;
    if (changed.has('trace') || changed.has('prices')) this.#figures = trace && figuresOfTrace(trace, prices);
    if (this.#isOfMany && !this.#isLoading && !this.#many) void this.#loadMany();
    this.#many?.take(this);
  }

  get #isOfMany(): boolean {
    return Boolean(this.summaries ?? this.traces ?? this.sources ?? this.store ?? this.source);
  }

  async #loadMany(): Promise<void> {
    this.#isLoading = true;
    try {
      const { ManyTraces, manyTracesStyles } = await import('./many-traces.js');
      const { elementStyles } = this.constructor as typeof LlmMetricSummary;
      adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, manyTracesStyles]);
      this.#many = new ManyTraces(this, (selection) => {
        /** @internal */
        this.dispatchEvent(new LlmTracesSelectEvent(selection));
      });
      this.requestUpdate();
    } catch {
      // The next change tries again.
    }
    this.#isLoading = false;
  }

  #next(matches: (span: Span) => boolean): Span | undefined {
    const { trace } = this;
    if (!trace) return undefined;
    const from = this.selected === undefined ? undefined : trace.span(this.selected);
    return nextSpan(trace, from?.index ?? -1, matches);
  }

  #reveal(span: Span | undefined): void {
    if (!span) return;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  protected override render(): TemplateResult {
    const { messages } = this;
    if (this.#isOfMany) {
      return (
        this.#many?.render() ??
        html`<div class="frame" aria-busy="true"><p class="muted" role="status">${messages.many.loading}</p></div>`
      );
    }
    if (!this.#figures) return html`<div class="frame"></div>`;
    const { summary } = this.#figures;
    const metrics = metricsOf(this.#figures, this, (matches) => this.#next(matches));
    return html`<div class="frame">
      <ul aria-label=${messages.summaryLabel}>
        ${metrics.map((metric) => this.#renderMetric(metric))}
        <li class="kinds">${Array.from(summary.kinds, ([kind, count]) => this.#renderKind(kind, count))}</li>
      </ul>
    </div>`;
  }

  #renderMetric({ label, value, note = '', isBad, target }: Metric): TemplateResult {
    const noteTitle = revealedText(note) || nothing;
    // A space between them, which is heard as well.
    const figure = note ? `${value} ` : value;
    // Each of them whole: pieces that are put together have nodes between them.
    if (!target) {
      return html`<li>
        <div class="metric" part="metric">
          <span class="label" .textContent=${label}></span>
          <span class="value" .textContent=${figure}></span>
          <span class="note" title=${noteTitle}>${revealed(note)}</span>
        </div>
      </li>`;
    }
    return html`<li>
      <button type="button" class="metric ${isBad ? 'bad' : ''}" part="metric" @click=${() => this.#reveal(target())}>
        <span class="label" .textContent=${label}></span>
        <span class="value" .textContent=${figure}></span>
        <span class="note" title=${noteTitle}>${revealed(note)}</span>
      </button>
    </li>`;
  }

  #renderKind(kind: SpanKind, count: number): TemplateResult {
    const { messages } = this;
    return html`<button
      type="button"
      data-kind=${kind}
      title=${messages.kindCount(count, kind)}
      aria-label=${messages.kindCount(count, kind)}
      @click=${() => this.#reveal(this.#next((span) => span.kind === kind))}
    >
      ${kindIcon(kind)}${formatNumber(count, messages.locale)}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-metric-summary': LlmMetricSummary;
  }
}
