import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { formatCompact, formatCost, formatDuration, formatMoment } from '../../i18n/index.js';
import { optionalText } from '../../internal/optional-text.js';
import { StoreFollower, type StoredSummary, type StoredTraces } from '../../internal/stored-traces.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { TraceElement } from '../../internal/trace-element.js';
import { totalTokens, type Trace } from '../../model/index.js';
import { LlmTraceSelectEvent } from '../events/index.js';
import { listStyles } from './llm-trace-list.styles.js';

/** Traces that are listed at first, and with each “show more”. */
const PAGE = 50;

/**
 * Many traces, newest first: from a store, which is followed while it grows, or from traces that were read.
 *
 * @summary A list of traces.
 * @fires {LlmTraceSelectEvent} llm-trace-select - A person chose a trace.
 * @csspart trace - One trace of the list.
 */
export class LlmTraceList extends TraceElement {
  static override styles = [tokens, base, listStyles];

  /** A store of traces, as `openTraceStore()` gives it. */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /** Traces that were read, where there is no store. */
  @property({ attribute: false }) traces: readonly Trace[] = [];

  /** Id of the trace that is marked as chosen. */
  @property({ converter: optionalText }) selected: string | undefined;

  @state() private stored: readonly StoredSummary[] = [];
  @state() private limit = PAGE;
  @state() private failure: string | undefined;

  readonly #follower = new StoreFollower(this, (store) => this.#list(store));

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('store')) {
      this.stored = [];
      this.#follower.follow(this.store);
    } else if (changed.has('limit')) void this.#follower.refresh();
  }

  async #list(store: StoredTraces): Promise<void> {
    try {
      // One more than is shown tells whether there are more.
      const stored = await store.list({ limit: this.limit + 1 });
      if (this.store !== store) return;
      this.stored = stored;
      this.failure = undefined;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #select(traceId: string): void {
    this.selected = traceId;
    /** @internal */
    this.dispatchEvent(new LlmTraceSelectEvent({ traceId }));
  }

  protected override render(): TemplateResult {
    const { messages, limit } = this;
    const all = this.store ? this.stored : this.traces.map(summaryOf).sort((one, other) => other.start - one.start);
    return html`<div class="frame">
      ${this.failure === undefined ? nothing : html`<p class="nothing error-text" role="alert">${this.failure}</p>`}
      ${all.length ? nothing : html`<p class="nothing">${messages.noTraces}</p>`}
      <ul aria-label=${messages.tracesLabel}>
        ${all.slice(0, limit).map((trace) => html`<li>${this.#renderTrace(trace)}</li>`)}
      </ul>
      ${
        all.length > limit
          ? html`<button type="button" class="button more" @click=${() => (this.limit += PAGE)}>
              ${messages.moreTraces}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderTrace(trace: StoredSummary): TemplateResult {
    const { messages } = this;
    const { locale } = messages;
    const used = trace.usage && totalTokens(trace.usage);
    const state = trace.isRunning ? 'running' : trace.status === 'error' ? 'error' : '';
    return html`<button
      type="button"
      class="trace"
      part="trace"
      data-trace-id=${trace.id}
      aria-current=${String(trace.id === this.selected)}
      @click=${() => this.#select(trace.id)}
    >
      <span class="dot ${state}"></span>
      <span class="name" title=${trace.name}>
        ${trace.name} ${trace.isRunning ? html`<span class="muted">${messages.running}</span>` : nothing}
        ${trace.errorCount ? html`<span class="error-text">${messages.errorCount(trace.errorCount)}</span>` : nothing}
      </span>
      <span class="figure">${formatDuration(trace.duration, locale)}</span>
      <span class="figure tokens"
        >${used === undefined ? '' : `${formatCompact(used, locale)} ${messages.tokens}`}</span
      >
      <span class="figure cost">${trace.cost === undefined ? '' : formatCost(trace.cost, locale)}</span>
      <span class="figure moment">${trace.start ? formatMoment(trace.start, locale) : ''}</span>
    </button>`;
  }
}

function summaryOf(trace: Trace): StoredSummary {
  const { id, name, start, duration, isRunning, usage, cost, table } = trace;
  let errorCount = 0;
  for (const row of trace.rows) if (table.statuses[row] === 'error') errorCount++;
  return {
    id,
    name,
    start,
    duration,
    isRunning,
    errorCount,
    spanCount: trace.spans.length,
    status: trace.spans.at(0)?.status ?? 'unset',
    ...(usage && { usage }),
    ...(cost !== undefined && { cost }),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-list': LlmTraceList;
  }
}
