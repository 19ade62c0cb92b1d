import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatCompact, formatCost, formatDuration, formatMoment } from '../../i18n/index.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import { StoreFollower, type StoredSummary, type StoredTraces } from '../../internal/stored-traces.js';
import { base } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { totalTokens, type Trace } from '../../model/index.js';
import { LlmTraceSelectEvent } from '../events/index.js';
import { listStyles } from './llm-trace-list.styles.js';
import { inSessions, summaryOf, type Session } from './summaries.js';

/** Traces that are listed at first, and with each “show more”. */
const PAGE = 50;
/** Milliseconds after which what says that it runs is shown as still: its page may have crashed. */
const PATIENCE = 10 * 60_000;

/**
 * Many traces, newest first: from a store, which is followed while it grows, or from traces that were read.
 *
 * Keys: the list is one stop of the Tab key; arrows, Home and End move in it, Enter chooses.
 *
 * @summary A list of traces.
 * @fires {LlmTraceSelectEvent} llm-trace-select - A person chose a trace.
 * @csspart trace - One trace of the list.
 * @csspart session - The line above the traces of a session.
 */
export class LlmTraceList extends MaskingElement {
  static override styles = [tokens, base, texts, listStyles];

  /** A store of traces, as `openTraceStore()` gives it. */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /** Traces that were read, where there is no store. */
  @property({ attribute: false }) traces: readonly Trace[] = [];

  /** Id of the trace that is marked as chosen. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** Whether the traces of a session stand together, under a line that sums them up. */
  @property({ type: Boolean }) sessions = false;

  /** Absent until the store has answered. */
  @state() private stored: readonly StoredSummary[] | undefined;
  @state() private limit = PAGE;
  @state() private failure: string | undefined;
  /** Id of the trace that the keys start from. */
  @state() private active: string | undefined;

  /** Id of the trace that was brought into sight last. */
  #revealed: string | undefined;
  readonly #follower = new StoreFollower(this, { refresh: (store) => this.#list(store) });

  /** Sets the focus on the trace that is chosen, or on the first. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.trace[tabindex="0"]')?.focus(options);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('store')) {
      this.stored = undefined;
      this.failure = undefined;
      this.#follower.follow(this.store);
    } else if (changed.has('limit')) void this.#follower.refresh();
    if (changed.has('selected')) this.active = this.selected;
  }

  /** What is chosen comes into sight, once it is there. */
  protected override updated(): void {
    if (this.selected === this.#revealed) return;
    const row = this.selected === undefined ? undefined : this.renderRoot.querySelector('[aria-current="true"]');
    if (row === null) return;
    this.#revealed = this.selected;
    if (!row) return;
    // Nothing but the list is moved: scrollIntoView() would move the page as well.
    const frame = this.renderRoot.querySelector('.frame')!;
    const head = row.closest('[role="group"]')?.querySelector('.session');
    const [seen, wanted] = [frame.getBoundingClientRect(), row.getBoundingClientRect()];
    frame.scrollTop +=
      Math.min(0, wanted.top - seen.top - (head?.clientHeight ?? 0)) + Math.max(0, wanted.bottom - seen.bottom);
  }

  async #list(store: StoredTraces): Promise<void> {
    try {
      // One more than is shown tells whether there are more.
      const stored = await store.list({ limit: this.limit + 1 });
      if (this.store !== store) return;
      this.stored = stored;
      this.failure = undefined;
    } catch (error) {
      if (this.store === store) this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #select(traceId: string): void {
    this.selected = traceId;
    /** @internal */
    this.dispatchEvent(new LlmTraceSelectEvent({ traceId }));
  }

  #onKeydown(event: KeyboardEvent): void {
    const { altKey, ctrlKey, key, metaKey } = event;
    const traces = [...this.renderRoot.querySelectorAll<HTMLElement>('.trace')];
    const at = traces.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: traces.length - 1 }[key];
    if (altKey || ctrlKey || metaKey || to === undefined || at < 0) return;
    event.preventDefault();
    traces[to]?.focus();
  }

  protected override render(): TemplateResult {
    const { messages, limit } = this;
    const all = this.store ? this.stored : this.traces.map(summaryOf).sort((one, other) => other.start - one.start);
    const shown = all?.slice(0, limit) ?? [];
    const inOrder = this.sessions ? inSessions(shown) : undefined;
    // The one that the Tab key comes to: it may have been deleted meanwhile.
    const ordered = inOrder?.flatMap(({ traces }) => traces) ?? shown;
    const stop = (ordered.find(({ id }) => id === this.active) ?? ordered[0])?.id;
    const hasCost = shown.some(({ cost }) => cost !== undefined);
    return html`<div
      class="frame ${hasCost ? '' : 'no-cost'}"
      aria-busy=${String(!all && !this.failure)}
      @keydown=${this.#onKeydown}
    >
      ${this.#renderState(all)}
      ${
        inOrder
          ? html`${repeat(inOrder, sessionKey, (session) => this.#renderSession(session, stop))}`
          : this.#renderTraces(shown, messages.tracesLabel, stop)
      }
      ${
        all && all.length > limit
          ? html`<button type="button" class="button more" @click=${() => (this.limit += PAGE)}>
              ${messages.moreTraces}
            </button>`
          : nothing
      }
    </div>`;
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
    if (all?.length) return nothing;
    return html`<p class="nothing" role="status">${all ? messages.noTraces : messages.loadingTraces}</p>`;
  }

  #renderSession({ id, traces, errorCount, tokens, cost }: Session, stop: string | undefined): TemplateResult {
    const { messages } = this;
    const name = id === undefined ? messages.noSession : messages.session(this.settings.readable(text(id)));
    return html`<div role="group" aria-label=${revealedText(name)}>
      <div class="session" part="session">
        <h3 title=${revealedText(name)}>${revealed(name)}</h3>
        <span>${messages.traceCount(traces.length)}</span>
        ${errorCount ? html`<span class="error-text">${messages.errorCount(errorCount)}</span>` : nothing}
        <span class="sums">${this.#tokens(tokens)}</span>
        <span>${this.#cost(cost)}</span>
      </div>
      ${this.#renderTraces(traces, messages.tracesLabel, stop)}
    </div>`;
  }

  /** By their ids, so that the focus stays on a trace when others come before it. */
  #renderTraces(traces: readonly StoredSummary[], label: string, stop: string | undefined): TemplateResult {
    return html`<ul aria-label=${label}>
      ${repeat(
        traces,
        ({ id }) => id,
        (trace) => html`<li>${this.#renderTrace(trace, trace.id === stop)}</li>`,
      )}
    </ul>`;
  }

  #renderTrace(trace: StoredSummary, isStop: boolean): TemplateResult {
    const { messages } = this;
    const { locale } = messages;
    const isLive = trace.isRunning && Date.now() - trace.start - trace.duration < PATIENCE;
    const state = isLive ? 'running live' : trace.isRunning ? 'running' : trace.status === 'error' ? 'error' : '';
    const name = this.settings.readable(text(trace.name));
    return html`<button
      type="button"
      class="trace"
      part="trace"
      data-trace-id=${trace.id}
      tabindex=${isStop ? 0 : -1}
      aria-current=${String(trace.id === this.selected)}
      @click=${() => this.#select(trace.id)}
      @focus=${() => (this.active = trace.id)}
    >
      <span class="dot ${state}"></span>
      <span class="name" title=${revealedText(name)}>
        ${revealed(name)} ${trace.isRunning ? html`<span class="muted">${messages.running}</span>` : nothing}
        ${trace.errorCount ? html`<span class="error-text">${messages.errorCount(trace.errorCount)}</span>` : nothing}
      </span>
      <span class="figure">${trace.isRunning && !trace.duration ? '' : formatDuration(trace.duration, locale)}</span>
      <span class="figure tokens">${this.#tokens(trace.usage && totalTokens(trace.usage))}</span>
      <span class="figure cost">${this.#cost(trace.cost)}</span>
      <span class="figure moment">${trace.start ? formatMoment(trace.start, locale) : ''}</span>
    </button>`;
  }

  #tokens(count: number | undefined): string {
    const { locale, tokenCount } = this.messages;
    return count === undefined ? '' : tokenCount(formatCompact(count, locale));
  }

  #cost(dollars: number | undefined): string {
    return dollars === undefined ? '' : formatCost(dollars, this.messages.locale);
  }
}

const sessionKey = ({ id }: Session): string => id ?? '';

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-list': LlmTraceList;
  }
}
