import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatBytes, formatMoment } from '../../i18n/index.js';
import { fetchTrace } from '../../internal/fetch-trace.js';
import { copyText } from '../../internal/clipboard.js';
import { collapseIcon, expandIcon, warningIcon } from '../../internal/icons.js';
import { InlineJson } from '../../internal/inline-json.js';
import { optionalText } from '../../internal/optional-text.js';
import { StoreFollower, type StoredTraces } from '../../internal/stored-traces.js';
import { Splitter } from '../../internal/splitter.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import { TraceElement } from '../../internal/trace-element.js';
import type { Trace, TraceProblem } from '../../model/index.js';
import { LlmTraceErrorEvent, LlmTraceLoadEvent, type LlmSpanSelectEvent } from '../events/index.js';
import type { LlmSpanDetail } from '../llm-span-detail/llm-span-detail.js';
import type { LlmSpanTree } from '../llm-span-tree/llm-span-tree.js';
import { viewStyles } from './llm-trace-view.styles.js';
import { TraceLoader, type OpenSource } from './trace-loader.js';

/** Findings that are in the DOM; the count says how many there are. */
const MOST_PROBLEMS = 100;
const FIRST_SHARE = { beside: 0.58, stacked: 0.44 };

/**
 * A trace, readable: summary, tree with waterfall, and the detail of the selected span. Takes the trace from an address
 * (`src`), from a value (`data`), from a `<script type="application/json">` inside it, or from `load()`.
 *
 * @summary Shows an LLM trace.
 * @slot - A `<script type="application/json">` with the trace.
 * @fires {LlmTraceLoadEvent} llm-trace-load - Traces were read and are shown.
 * @fires {LlmTraceErrorEvent} llm-trace-error - An input could not be read; what was shown before still is.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @csspart toolbar - Name of the trace and its buttons.
 * @csspart summary - The figures of the trace.
 * @csspart tree - The tree of spans.
 * @csspart detail - The detail of the selected span.
 * @csspart divider - The line between tree and detail.
 * @csspart row - A row of the tree.
 * @csspart bar - A bar of the waterfall.
 * @csspart message - A message of a conversation.
 * @cssstate loading - Something is being read.
 * @cssstate empty - There is no trace to show.
 * @cssstate error - The last input could not be read.
 */
export class LlmTraceView extends TraceElement {
  static override styles = [tokens, base, viewStyles];

  /** Address of a trace. Changing it loads anew. */
  @property({ converter: optionalText }) src: string | undefined;

  /** A trace: anything that `readTraces` takes. Setting it loads it. */
  @property({ attribute: false }) data: unknown;

  /**
   * A store of traces, as `openTraceStore()` gives it. Shows the trace that `trace-id` names, or the newest, and follows it
   * while it grows.
   */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /** Name of the format, where the page knows better than detection. */
  @property({ converter: optionalText }) format: string | undefined;

  /** Id of the trace that is shown, where there are several. */
  @property({ attribute: 'trace-id', converter: optionalText }) traceId: string | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /** Parts that are not wanted, as words: `summary`, `toolbar`, `detail`. */
  @property() hide = '';

  /** Whether cookies go with the request for `src`. */
  @property() credentials: RequestCredentials = 'omit';

  /** Milliseconds without a byte after which the server behind `src` is given up. */
  @property({ type: Number }) timeout = 30_000;

  @state() private areProblemsShown = false;
  @query('llm-span-tree') private tree!: LlmSpanTree | null;
  @query('llm-span-detail') private detail!: LlmSpanDetail | null;

  /** The source that a property or the page gave and that is being read: it can be opened again. */
  #source: OpenSource | undefined;
  readonly #splitter = new Splitter(this, FIRST_SHARE, () => this.renderRoot.querySelector<HTMLElement>('.panes'));
  readonly #loader = new TraceLoader({
    changed: () => this.requestUpdate(),
    loaded: (traces) => {
      this.#source = undefined;
      /** @internal */
      this.dispatchEvent(new LlmTraceLoadEvent({ traces }));
    },
    failed: (error) => {
      this.#source = undefined;
      /** @internal */
      this.dispatchEvent(new LlmTraceErrorEvent({ error }));
    },
  });
  readonly #follower = new StoreFollower(
    this,
    (store) => this.#loadStored(store),
    (traceIds) => this.traceId === undefined || traceIds.includes(this.traceId),
  );
  readonly #inline = new InlineJson(this, (text) => {
    if (this.src === undefined && this.data === undefined) this.#loadQuietly(() => Promise.resolve(text));
  });

  /** All traces that were read. */
  get traces(): readonly Trace[] {
    return this.#loader.traces;
  }

  /** The trace that is shown. */
  get trace(): Trace | undefined {
    return this.traces.find((trace) => trace.id === this.traceId) ?? this.traces[0];
  }

  get loading(): boolean {
    return this.#loader.isLoading;
  }

  /** Why the last input could not be read. */
  get error(): Error | undefined {
    return this.#loader.error;
  }

  /**
   * Shows another input: anything that `readTraces` takes. Resolves when it is read; what is shown stays until then.
   *
   * @throws what `readTraces` throws; an `AbortError` when a newer input took over, or the element left the page
   */
  async load(input: unknown): Promise<void> {
    this.#source = undefined;
    await this.#loader.load(() => Promise.resolve(input), this.format);
  }

  /**
   * Adds spans to what is shown, in any order: a child may come before its parent, and a span that was running is
   * replaced when it comes again with an end.
   *
   * Every element has a method of this name that adds child nodes: given nodes, this one still does.
   *
   * @throws what `readTraces` throws; what is shown stays
   */
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- what a caller of the DOM method ignores
  override async append(input: unknown, ...more: Node[]): Promise<void> {
    if (input instanceof Node) super.append(input, ...more);
    else await this.#loader.append(input, this.format);
  }

  /** Selects a span and brings it into sight. An id that is not in the traces does nothing. */
  reveal(spanId: string): void {
    const home = this.trace?.span(spanId) ? this.trace : this.traces.find((trace) => trace.span(spanId));
    if (!home) return;
    if (home !== this.trace) this.traceId = home.id;
    this.selected = spanId;
    void this.updateComplete.then(() => this.tree?.reveal(spanId));
  }

  expandAll(): void {
    this.tree?.expandAll();
  }

  collapseAll(): void {
    this.tree?.collapseAll();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Leaving the page cut the reading off.
    if (this.#source) this.#loadQuietly(this.#source);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#source) this.#loader.abort();
    else {
      // Somebody waits for what was given to load() or append(): being moved in the page does not end it, leaving does.
      queueMicrotask(() => {
        if (!this.isConnected) this.#loader.abort();
      });
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('data') && this.data !== undefined) {
      const { data } = this;
      this.#loadQuietly(() => Promise.resolve(data));
    } else if (changed.has('src') && this.src !== undefined) this.#loadSrc();
    if (changed.has('store')) this.#follower.follow(this.store);
    else if (changed.has('traceId') && this.store && this.trace?.id !== this.traceId) void this.#follower.refresh();
    this.setState('loading', this.loading);
    this.setState('empty', !this.trace);
    this.setState('error', this.error !== undefined);
  }

  #loadSrc(): void {
    const { src, timeout, credentials } = this;
    if (src === undefined) return;
    this.#loadQuietly((signal) => fetchTrace(src, { signal, timeout, credentials }));
  }

  async #loadStored(store: StoredTraces): Promise<void> {
    const id = this.traceId ?? (await store.list({ limit: 1 }))[0]?.id;
    const trace = id === undefined ? undefined : await store.trace(id);
    // A store that is still empty, or whose trace has gone, is no fault: what is shown stays.
    if (trace && this.store === store) await this.#loader.load(() => Promise.resolve(trace), undefined).catch(() => {});
  }

  /** Nobody waits for a load that a property began: its failure is told by event and on the screen. */
  #loadQuietly(open: OpenSource): void {
    this.#source = open;
    this.#loader.load(open, this.format).catch(() => {});
  }

  readonly #onSelect = ({ detail: { span }, target }: LlmSpanSelectEvent): void => {
    this.selected = span.id;
    if (target !== this.tree) this.tree?.reveal(span.id);
  };

  readonly #onOpen = (): void => void this.updateComplete.then(() => this.detail?.focus());

  readonly #onClose = (): void => {
    this.selected = undefined;
    this.tree?.focus();
  };

  readonly #onDetailKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.tree?.focus();
  };

  readonly #onTraceChosen = (event: Event): void => {
    this.traceId = (event.target as HTMLSelectElement).value;
    this.selected = undefined;
  };

  protected override render(): TemplateResult {
    const { trace, error } = this;
    const hidden = new Set(this.hide.split(/\s+/));
    return html`<div class="frame" aria-busy=${String(this.loading)}>
      ${this.loading ? this.#renderProgress() : nothing}
      ${
        trace
          ? html`
              ${error ? this.#renderErrorBanner(error) : nothing}
              ${hidden.has('toolbar') ? nothing : this.#renderToolbar(trace)}
              ${
                hidden.has('summary')
                  ? nothing
                  : html`<llm-metric-summary
                      part="summary"
                      .messages=${this.messages}
                      .trace=${trace}
                      .selected=${this.selected}
                      @llm-span-select=${this.#onSelect}
                    ></llm-metric-summary>`
              }
              ${this.#renderPanes(trace, !hidden.has('detail'))}
            `
          : this.#renderState(error)
      }
      <div class="slot"><slot @slotchange=${this.#inline.onSlotChange}></slot></div>
    </div>`;
  }

  #renderToolbar(trace: Trace): TemplateResult {
    const { messages, traces } = this;
    const hasError = trace.spans.length > 0 && trace.roots.some((root) => root.status === 'error');
    return html`<div class="toolbar" part="toolbar">
        <span class="dot ${trace.isRunning ? 'running' : hasError ? 'error' : ''}"></span>
        <h2 title=${text(trace.name)}>${text(trace.name)}</h2>
        <div class="facts">
          ${trace.isRunning ? html`<span>${messages.running}</span>` : nothing}
          ${trace.start ? html`<span class="moment">${formatMoment(trace.start, messages.locale)}</span>` : nothing}
          ${trace.id ? this.#renderTraceId(trace) : nothing}
        </div>
        <div class="actions">
          ${traces.length > 1 ? this.#renderTraceChoice(trace) : nothing}
          ${trace.problems.length ? this.#renderProblemsButton(trace.problems) : nothing}
          <button
            type="button"
            class="icon-button"
            aria-label=${messages.expandAll}
            title=${messages.expandAll}
            @click=${this.expandAll}
          >
            ${expandIcon()}
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label=${messages.collapseAll}
            title=${messages.collapseAll}
            @click=${this.collapseAll}
          >
            ${collapseIcon()}
          </button>
        </div>
      </div>
      ${this.areProblemsShown && trace.problems.length ? this.#renderProblems(trace) : nothing}`;
  }

  #renderTraceId(trace: Trace): TemplateResult {
    const { copyTraceId } = this.messages;
    return html`<button
      type="button"
      class="trace-id mono"
      title=${`${copyTraceId}: ${trace.id}`}
      aria-label=${`${copyTraceId}: ${trace.id.slice(0, 8)}`}
      @click=${() => copyText(trace.id)}
    >
      ${trace.id.slice(0, 8)}
    </button>`;
  }

  #renderTraceChoice(shown: Trace): TemplateResult {
    const { messages } = this;
    return html`<select class="traces" aria-label=${messages.traceLabel} @change=${this.#onTraceChosen}>
      ${this.traces.map(
        (trace) =>
          html`<option value=${trace.id} .selected=${trace === shown}>
            ${messages.traceOption(trace.name, trace.spans.length)}
          </option>`,
      )}
    </select>`;
  }

  #renderProblemsButton(problems: readonly TraceProblem[]): TemplateResult {
    const { messages } = this;
    return html`<button
      type="button"
      class="button problems-button"
      aria-label=${messages.problems(problems.length)}
      aria-expanded=${String(this.areProblemsShown)}
      @click=${() => (this.areProblemsShown = !this.areProblemsShown)}
    >
      ${warningIcon()}<span class="words">${messages.problems(problems.length)}</span>
    </button>`;
  }

  #renderProblems({ problems }: Trace): TemplateResult {
    const { messages } = this;
    return html`<ul class="problems" aria-label=${messages.problemsLabel}>
      ${problems
        .slice(0, MOST_PROBLEMS)
        .map(({ message, spanId }) =>
          spanId === undefined
            ? html`<li>${message}</li>`
            : html`<li><button type="button" @click=${() => this.reveal(spanId)}>${message}</button></li>`,
        )}
      ${problems.length > MOST_PROBLEMS ? html`<li>${messages.moreProblems(problems.length - MOST_PROBLEMS)}</li>` : nothing}
    </ul>`;
  }

  #renderPanes(trace: Trace, mayShowDetail: boolean): TemplateResult {
    const { messages } = this;
    const span = mayShowDetail && this.selected !== undefined ? trace.span(this.selected) : undefined;
    const { share, isStacked } = this.#splitter;
    return html`<div class="panes ${span ? 'split' : ''}" .style=${`--share: ${share}`}>
      <llm-span-tree
        part="tree"
        exportparts="row, bar"
        .messages=${messages}
        .trace=${trace}
        .selected=${this.selected}
        @llm-span-select=${this.#onSelect}
        @llm-span-open=${this.#onOpen}
      ></llm-span-tree>
      ${
        span
          ? html`<div
                class="divider"
                part="divider"
                role="separator"
                tabindex="0"
                aria-label=${messages.divider}
                aria-orientation=${isStacked ? 'horizontal' : 'vertical'}
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=${Math.round(share * 100)}
                @pointerdown=${this.#splitter.onPointerDown}
                @keydown=${this.#splitter.onKeyDown}
                @dblclick=${this.#splitter.onReset}
              ></div>
              <llm-span-detail
                part="detail"
                exportparts="message"
                closable
                .messages=${messages}
                .span=${span}
                @llm-span-select=${this.#onSelect}
                @llm-detail-close=${this.#onClose}
                @keydown=${this.#onDetailKeydown}
              ></llm-span-detail>`
          : nothing
      }
    </div>`;
  }

  #renderProgress(): TemplateResult {
    const { progress } = this.#loader;
    const share = progress?.total ? progress.done / progress.total : undefined;
    return html`<div
      class="progress ${share === undefined ? 'unknown' : ''}"
      aria-hidden="true"
      .style=${`--done: ${share ?? 0}`}
    >
      <span></span>
    </div>`;
  }

  #renderState(error: Error | undefined): TemplateResult {
    const { messages } = this;
    if (this.loading) {
      const { progress } = this.#loader;
      const done = progress && formatBytes(progress.done, messages.locale);
      return html`<div class="state" role="status">
        <p>${done ? messages.loadingProgress(done) : messages.loading}</p>
      </div>`;
    }
    if (error) {
      return html`<div class="state" role="alert">
        <p><strong>${messages.errorTitle}</strong></p>
        <p>${error.message}</p>
        ${this.#renderTryAgain()}
      </div>`;
    }
    return html`<div class="state">
      <p><strong>${messages.emptyTitle}</strong></p>
      <p class="muted">${messages.emptyHint}</p>
    </div>`;
  }

  #renderErrorBanner(error: Error): TemplateResult {
    const { messages } = this;
    return html`<div class="banner" role="alert">
      <p><span class="error-text">${messages.errorTitle}.</span> ${error.message} ${messages.errorKeepsOld}</p>
      ${this.#renderTryAgain()}
      <button type="button" class="button" @click=${() => this.#loader.dismissError()}>${messages.dismiss}</button>
    </div>`;
  }

  #renderTryAgain(): TemplateResult | typeof nothing {
    if (this.src === undefined) return nothing;
    return html`<button type="button" class="button" @click=${() => this.#loadSrc()}>
      ${this.messages.tryAgain}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-view': LlmTraceView;
  }
}
