import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { nextSpan, summarise, type TraceSummary } from '../../analysis/index.js';
import { formatCost, formatDuration, formatNumber, formatPercent } from '../../i18n/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { kindIcon } from '../../internal/icons.js';
import { optionalText } from '../../internal/optional-text.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Span, SpanKind, Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';

/** One figure, and the span that it leads to. */
interface Metric {
  label: string;
  value: string;
  note?: string;
  isBad?: boolean;
  /** Absent where there is no span behind the figure. */
  target: (() => Span | undefined) | undefined;
}

/**
 * What a trace comes to: how long it took, calls, tokens, cost, errors. Each figure is a button that leads to the span
 * behind it; those that stand for several spans lead from one to the next.
 *
 * @summary The figures of a trace.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person asked for the span behind a figure.
 * @csspart metric - One figure.
 */
export class LlmMetricSummary extends MaskingElement {
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
        max-width: 34ch;
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

  /** Milliseconds that a running trace has taken by now, where somebody counts them. */
  @property({ attribute: false }) runningFor: number | undefined;

  /** Id of the selected span: figures that stand for several spans lead on from there. */
  @property({ converter: optionalText }) selected: string | undefined;

  #summary: TraceSummary | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('trace')) this.#summary = this.trace && summarise(this.trace);
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
    const summary = this.#summary;
    if (!summary) return html`<div class="frame"></div>`;
    return html`<div class="frame">
      <ul aria-label=${messages.summaryLabel}>
        ${this.#metrics(summary).map((metric) => this.#renderMetric(metric))}
        <li class="kinds">${Array.from(summary.kinds, ([kind, count]) => this.#renderKind(kind, count))}</li>
      </ul>
    </div>`;
  }

  #metrics(summary: TraceSummary): Metric[] {
    const { messages } = this;
    const { locale } = messages;
    const { usage, cost, slowest, mostExpensive } = summary;
    const metrics: Metric[] = [
      {
        label: messages.duration,
        value: formatDuration(this.runningFor ?? summary.duration, locale),
        ...(summary.isRunning && { note: messages.running }),
        target: () => this.trace?.spans.at(0),
      },
    ];
    if (summary.llmCalls) {
      metrics.push({
        label: messages.llmCalls,
        value: formatNumber(summary.llmCalls, locale),
        note: messages.models(summary.models.size),
        target: () => this.#next((span) => span.kind === 'llm'),
      });
    }
    if (usage) {
      metrics.push({
        label: messages.tokens,
        value: this.#tokenValue(usage),
        note: this.#tokenNote(usage),
        target: summary.mostTokens && (() => summary.mostTokens),
      });
    }
    if (cost !== undefined) {
      metrics.push({
        label: messages.cost,
        value: formatCost(cost, locale),
        target: mostExpensive && (() => mostExpensive),
      });
    }
    metrics.push({
      label: messages.errors,
      value: summary.errors ? formatNumber(summary.errors, locale) : messages.noErrors,
      isBad: summary.errors > 0,
      target: summary.errors ? () => this.#next((span) => span.status === 'error') : undefined,
    });
    if (slowest) {
      metrics.push({
        label: messages.slowest,
        value: formatDuration(slowest.time, locale),
        note: this.settings.readable(text(slowest.span.name)),
        target: () => slowest.span,
      });
    }
    if (mostExpensive?.cost !== undefined) {
      metrics.push({
        label: messages.mostExpensive,
        value: formatCost(mostExpensive.cost, locale),
        note: this.settings.readable(text(mostExpensive.name)),
        target: () => mostExpensive,
      });
    }
    return metrics;
  }

  #tokenValue({ input, output, total }: NonNullable<TraceSummary['usage']>): string {
    const { locale, tokensIn, tokensOut } = this.messages;
    const sides = [
      input !== undefined && `${formatNumber(input, locale)} ${tokensIn}`,
      output !== undefined && `${formatNumber(output, locale)} ${tokensOut}`,
    ].filter(Boolean);
    return sides.length ? sides.join(' · ') : formatNumber(total ?? 0, locale);
  }

  #tokenNote({ input, cacheRead, reasoning }: NonNullable<TraceSummary['usage']>): string {
    const { messages } = this;
    const { locale } = messages;
    return [
      cacheRead && input ? messages.cached(formatPercent(cacheRead / input, locale)) : '',
      reasoning ? messages.reasoningTokens(formatNumber(reasoning, locale)) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }

  #renderMetric({ label, value, note, isBad, target }: Metric): TemplateResult {
    const content = html`<span class="label">${label}</span> <span class="value">${value}</span> ${
        note ? html`<span class="note" title=${revealedText(note)}>${revealed(note)}</span>` : nothing
      }`;
    if (!target) return html`<li><div class="metric" part="metric">${content}</div></li>`;
    return html`<li>
      <button type="button" class="metric ${isBad ? 'bad' : ''}" part="metric" @click=${() => this.#reveal(target())}>
        ${content}
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
      <span class="kind-icon">${kindIcon(kind)}</span>${formatNumber(count, messages.locale)}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-metric-summary': LlmMetricSummary;
  }
}
