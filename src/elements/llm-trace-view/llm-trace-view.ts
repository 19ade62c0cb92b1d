import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { criticalPathInSteps, type CriticalPath, type Findings, type PriceSource } from '../../analysis/index.js';
import { ContentElement } from '../../internal/content-element.js';
import { fetchTrace } from '../../internal/fetch-trace.js';
import { InlineJson } from '../../internal/inline-json.js';
import { LiveClock } from '../../internal/live-clock.js';
import { optionalText } from '../../internal/optional-text.js';
import { StoreFollower, type StoredTraces } from '../../internal/stored-traces.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { Splitter } from '../../internal/splitter.js';
import { base } from '../../internal/styles/base.js';
import { divider } from '../../internal/styles/divider.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { Score, Trace, TraceProblem } from '../../model/index.js';
import {
  LlmSpansChooseEvent,
  LlmTraceErrorEvent,
  LlmTraceLoadEvent,
  LlmViewChangeEvent,
  type LlmFindingsReadyEvent,
  type LlmQueryChangeEvent,
  type LlmSpanSelectEvent,
  type SpansChoice,
  type TraceViewName,
} from '../events/index.js';
import { figuresInSteps } from '../llm-metric-summary/figures-of-trace.js';
import type { LlmSpanDetail } from '../llm-span-detail/llm-span-detail.js';
import type { LlmSpanTree } from '../llm-span-tree/llm-span-tree.js';
import { ChosenSpans, renderChoice, renderChosenSpans } from './chosen-spans.js';
import { FileDrop } from './file-drop.js';
import { HelpPart } from './help-part.js';
import { LaterElements, type ElementLoaders } from './later-elements.js';
import { LiveSource, liveWay } from './live-source.js';
import { renderErrorBanner, renderLoadState, renderProgress, type LoadState } from './load-state.js';
import { viewStyles } from './llm-trace-view.styles.js';
import { PrintOutline } from './print-outline.js';
import { SearchPart } from './search-part.js';
import { originalOf, reopened } from './share-original.js';
import { shareStyles } from './share.styles.js';
import { renderToolbar } from './toolbar.js';
import { TraceLoader, type OpenSource } from './trace-loader.js';
import { renderPartFailed, renderViews } from './trace-views.js';
import { knownView } from './view-tabs.js';

const FIRST_SHARE = { beside: 0.58, stacked: 0.44 };

/**
 * A trace, readable: summary, tree with waterfall or timeline, and the detail of the selected span. Takes the trace from an address
 * (`src`), from a value (`data`), from a `<script type="application/json">` inside it, or from `load()`.
 *
 * The attributes `links`, `media` and `content` say what is allowed: whether links can be opened (`off`, `ask`, `on`), whether
 * pictures and recordings are shown (`off`, `data-only`, `click`), and whether secrets and personal data are (`full`, `masked`).
 *
 * @summary Shows an LLM trace.
 * @slot - A `<script type="application/json">` with the trace.
 * @slot header-actions - The page's own buttons, beside the name of the selected span.
 * @slot feedback - The page's own way to judge the selected span.
 * @fires {LlmTraceLoadEvent} llm-trace-load - Traces were read and are shown.
 * @fires {LlmTraceErrorEvent} llm-trace-error - An input could not be read; what was shown before still is.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a span.
 * @fires {LlmSpansChooseEvent} llm-spans-choose - A person chose spans as examples, or took that back.
 * @fires {LlmExamplesExportEvent} llm-examples-export - A person exported the chosen spans; they are offered as a download, unless it is prevented.
 * @fires {LlmFindingsReadyEvent} llm-findings-ready - The trace was looked through, after a person opened the findings.
 * @fires {LlmViewChangeEvent} llm-view-change - A person chose another view.
 * @fires {LlmQueryChangeEvent} llm-query-change - A person changed what is searched for, which may be unfinished.
 * @fires {LlmRangeChangeEvent} llm-range-change - A person zoomed the timeline or moved it.
 * @fires {LlmFeedbackEvent} llm-feedback - A person judged the selected span (only where `feedback`); goes to the store, unless it is prevented.
 * @csspart toolbar - Name of the trace and its buttons.
 * @csspart search - The field that the trace is searched with, while it is open.
 * @csspart summary - The figures of the trace.
 * @csspart tree - The tree of spans.
 * @csspart timeline - The timeline.
 * @csspart steps - The turns of agents, one line each.
 * @csspart conversation - The conversation of the whole run.
 * @csspart sequence - The sequence diagram.
 * @csspart table - The flat table of spans.
 * @csspart graph - The graph of who called whom.
 * @csspart statistics - The statistics of the spans.
 * @csspart findings - What stands out in the trace.
 * @csspart chosen - How many spans are chosen as examples, and what can be done with them.
 * @csspart detail - The detail of the selected span.
 * @csspart divider - The line between tree and detail.
 * @csspart row - A row of the tree.
 * @csspart bar - A bar of the waterfall.
 * @csspart message - A message of a conversation.
 * @cssprop --llm-font - Font of words.
 * @cssprop --llm-font-mono - Font of code.
 * @cssprop --llm-font-size - Size of words.
 * @cssprop --llm-font-size-small - Size of labels.
 * @cssprop --llm-row-height - Height of a row; 24px at least.
 * @cssprop --llm-radius - Radius of boxes and buttons.
 * @cssprop --llm-background - Background.
 * @cssprop --llm-surface - Background of headers.
 * @cssprop --llm-line - Hairlines.
 * @cssprop --llm-text - Words.
 * @cssprop --llm-muted - Words that stand back.
 * @cssprop --llm-hover - Background under the pointer.
 * @cssprop --llm-mark - Background of what a search has found in a text.
 * @cssprop --llm-selection - Background of what is selected.
 * @cssprop --llm-focus - Focus, links, progress.
 * @cssprop --llm-error - Errors.
 * @cssprop --llm-error-surface - Background of errors.
 * @cssprop --llm-warning - Problems.
 * @cssprop --llm-agent - Spans of the kind agent.
 * @cssprop --llm-chain - Spans of the kind chain.
 * @cssprop --llm-llm - Spans of the kind llm.
 * @cssprop --llm-tool - Spans of the kind tool.
 * @cssprop --llm-retriever - Spans of the kind retriever.
 * @cssprop --llm-embedding - Spans of the kind embedding.
 * @cssprop --llm-reranker - Spans of the kind reranker.
 * @cssprop --llm-guardrail - Spans of the kind guardrail.
 * @cssprop --llm-evaluator - Spans of the kind evaluator.
 * @cssprop --llm-prompt - Spans of the kind prompt.
 * @cssprop --llm-span - Spans of the kind span.
 * @cssprop [--llm-view-radius=8px] - Radius of the view's frame.
 * @cssstate loading - Something is being read.
 * @cssstate empty - There is no trace to show.
 * @cssstate error - The last input could not be read.
 */
export class LlmTraceView extends ContentElement {
  static override styles = [tokens, base, texts, divider, viewStyles, shareStyles];

  /**
   * What registers the elements that are not there at first. Where nobody says, the page registers them.
   *
   * @internal
   */
  static laterElements: ElementLoaders = new Map();

  /** Address of a trace. Changing it loads anew. */
  @property({ converter: optionalText }) src: string | undefined;

  /** A trace: anything that `readTraces` takes. Setting it loads it. */
  @property({ attribute: false }) data: unknown;

  /**
   * A store of traces, as `openTraceStore()` gives it. Shows the trace that `trace-id` names and follows it while it grows;
   * where it names none, the newest, or the one in which a span is selected.
   */
  @property({ attribute: false }) store: StoredTraces | undefined;

  /** Name of the format, where the page knows better than detection. */
  @property({ converter: optionalText }) format: string | undefined;

  /** Id of the trace that is shown, where there are several. */
  @property({ attribute: 'trace-id', converter: optionalText }) traceId: string | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /**
   * How the spans are shown: `tree`, `timeline`, `steps`, `conversation`, `sequence`, `table`, `graph` or `statistics`. Any other
   * word stands for `tree`.
   */
  @property() view: TraceViewName = 'tree';

  /** What is searched for: a text of the query language (`docs/query.md`). Empty for nothing. */
  @property({ converter: { fromAttribute: (value) => value ?? '' } }) query = '';

  /** Knows what calls cost, where the trace does not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Parts that are not wanted, as words: `summary`, `toolbar`, `detail`. */
  @property() hide = '';

  /** Whether people can judge the selected span. What they say is an event, and goes to the `store` where there is one. */
  @property({ type: Boolean }) feedback = false;

  /** Whether cookies go with the request for `src`. */
  @property() credentials: RequestCredentials = 'omit';

  /**
   * How `src` is followed while it grows. `events`: it is a stream of server-sent events, each with spans. A number: it is asked
   * for again so many milliseconds after each answer.
   */
  @property({ converter: optionalText }) live: string | undefined;

  /** Milliseconds without a byte after which the server behind `src` is given up. */
  @property({ type: Number }) timeout = 30_000;

  /** Whether a person can open trace files here, by a button and by dropping them. They are read in the page. */
  @property({ type: Boolean, attribute: 'open-files' }) openFiles = false;

  @state() private isShareShown = false;
  @state() private areProblemsShown = false;
  @state() private areFindingsShown = false;
  @state() private isPathShown = false;
  @query('llm-span-tree') private tree!: LlmSpanTree | null;
  @query('llm-span-detail') private detail!: LlmSpanDetail | null;

  /** The properties whose loads have begun. */
  #taken: { data?: unknown; src?: string | undefined; live?: string | undefined } = {};
  /** The source that is being read, where it can be opened again. */
  #source: OpenSource | undefined;
  /** What gives what is being read once more, as it is, and what is shown. */
  #given: (() => Promise<unknown>) | undefined;
  #original: (() => Promise<unknown>) | undefined;
  readonly #fileDrop = new FileDrop(this);
  readonly #printOutline = new PrintOutline(this);
  /** The source that failed, where it can be opened again. */
  #failed: OpenSource | undefined;
  /** Whether the focus was in the detail before it was rendered anew. */
  #wasInDetail = false;
  readonly #chosen = new ChosenSpans(this);
  readonly #later = new LaterElements(this, LlmTraceView.laterElements);
  readonly #search = new SearchPart(this, this.#later);
  readonly #help = new HelpPart(this, this.#later);
  /** The findings of a trace, once it was looked through. */
  #found: { readonly trace: Trace; readonly findings: Findings } | undefined;
  readonly #path = new SlicedWork<CriticalPath>(this);
  /** The trace that the path is of. */
  #pathTrace: Trace | undefined;
  /** Views that have been shown. */
  readonly #opened = new Set<TraceViewName>();
  readonly #splitter = new Splitter(this, FIRST_SHARE, () => this.renderRoot.querySelector<HTMLElement>('.split'));
  readonly #loader = new TraceLoader({
    changed: () => this.requestUpdate(),
    prepare: (trace) => this.#prepare(trace),
    loaded: (traces) => {
      this.#source = undefined;
      this.#original = this.#given;
      /** @internal */
      this.dispatchEvent(new LlmTraceLoadEvent({ traces }));
    },
    failed: (error) => {
      this.#failed = this.#source;
      this.#source = undefined;
      /** @internal */
      this.dispatchEvent(new LlmTraceErrorEvent({ error }));
    },
  });
  readonly #clock = new LiveClock(this);
  readonly #live = new LiveSource(this, {
    load: (open) => {
      this.#source = this.#given = undefined;
      return this.#hear(this.#loader.load(open, this.format));
    },
    renew: (input) => this.#hear(this.#loader.renew(input, this.format)),
    append: (input) => this.#hear(this.#loader.append(input, this.format)),
    failed: (error) => this.#loader.fail(error),
  });
  readonly #follower = new StoreFollower(this, {
    refresh: (store, isNews) => this.#showStored(store, isNews),
    concerns: (traceIds) => this.traceId === undefined || traceIds.includes(this.traceId),
  });
  readonly #inline = new InlineJson(this, (text) => {
    if (this.src === undefined && this.data === undefined) this.#loadQuietly(() => Promise.resolve(text), true);
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
   * Shows another input: anything that `readTraces` takes. Resolves when it is read. What is shown stays until then; of
   * JSON Lines, the first spans are shown while the others come in, and what was shown comes back if that fails.
   *
   * @throws what `readTraces` throws; an `AbortError` when a newer input took over, or the element left the page
   */
  async load(input: unknown): Promise<void> {
    this.#takeProperties();
    this.#live.follow(undefined);
    this.#source = undefined;
    this.#given = originalOf(input);
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
    if (input instanceof Node) {
      super.append(input, ...more);
      return;
    }
    this.#takeProperties();
    this.#given = undefined;
    await this.#loader.append(input, this.format);
    this.#clock.hear(this.trace);
  }

  /** Selects a span and brings it into sight. An id that is not in the traces does nothing. */
  reveal(spanId: string): void {
    const home = this.trace?.span(spanId) ? this.trace : this.traces.find((trace) => trace.span(spanId));
    if (!home) return;
    if (home !== this.trace) this.traceId = home.id;
    this.selected = spanId;
    void this.updateComplete.then(() => this.#revealShown(spanId));
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
    if (this.#source) this.#loadQuietly(this.#source, true);
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
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    this.#takeProperties();
    this.#wasInDetail = this.detail !== null && this.shadowRoot?.activeElement === this.detail;
    if (changed.has('store')) this.#follower.follow(this.store);
    else if (changed.has('traceId') && this.store && this.trace?.id !== this.traceId) void this.#follower.refresh();
    this.#forgetOldAnalysis();
    if (this.trace) this.#opened.add(this.#view);
    this.setState('loading', this.loading);
    this.setState('empty', !this.trace);
    this.setState('error', this.error !== undefined);
  }

  protected override updated(changed: PropertyValues): void {
    // What was selected in one view is in sight in the other.
    if (changed.get('view') !== undefined && this.selected !== undefined) this.#revealShown(this.selected);
    // What was read there is gone: the keys go on among the spans, not on the page.
    if (this.#wasInDetail && !this.detail) this.#shown?.focus();
  }

  /** Begins the loads that properties ask for. Also before a method loads, so that the later one is the one that counts. */
  #takeProperties(): void {
    const { data, src, live } = this;
    const before = this.#taken;
    this.#taken = { data, src, live };
    if (data !== undefined && data !== before.data) {
      const isReadOnce = data instanceof Response || data instanceof ReadableStream;
      this.#loadQuietly(() => Promise.resolve(data), !isReadOnce);
      this.#given = originalOf(data);
    } else if (src !== before.src) {
      if (src !== undefined) this.#loadSrc(src);
      else {
        this.#live.follow(undefined);
        if (this.#source) this.#loader.abort();
        this.#source = undefined;
      }
    } else if (live !== before.live && src !== undefined) {
      if (liveWay(live)) this.#loadSrc(src);
      else this.#live.follow(undefined);
    }
  }

  #loadSrc(src: string): void {
    const { timeout, credentials } = this;
    const how = liveWay(this.live);
    if (how) this.#live.follow({ src, how, timeout, credentials });
    else this.#loadQuietly((signal) => fetchTrace(src, { signal, timeout, credentials }), true);
  }

  /** What comes of a trace that grows shows that it runs; failures are told where they are shown. */
  async #hear(work: Promise<void>): Promise<void> {
    await work.then(
      () => this.#clock.hear(this.trace),
      () => {},
    );
  }

  async #showStored(store: StoredTraces, isNews: boolean): Promise<void> {
    this.#source = this.#given = undefined;
    await this.#loader.show(async () => {
      const trace = await this.#wantedOf(store);
      if (this.store !== store) return this.traces;
      return trace ? [trace] : [];
    });
    if (isNews) this.#clock.hear(this.trace);
  }

  async #wantedOf(store: StoredTraces): Promise<Trace | undefined> {
    if (this.traceId !== undefined) return store.trace(this.traceId);
    const { trace } = this;
    // Whoever reads a span is not taken away from it by a newer trace.
    const isRead = this.selected !== undefined && trace?.span(this.selected) !== undefined;
    const same = isRead ? await store.trace(trace.id) : undefined;
    if (same) return same;
    const [newest] = await store.list({ limit: 1 });
    return newest && store.trace(newest.id);
  }

  /**
   * Nobody waits for a load that a property began: its failure is told by event and on the screen.
   *
   * @param canReopen whether the source can be read a second time
   */
  #loadQuietly(open: OpenSource, canReopen: boolean): void {
    this.#live.follow(undefined);
    this.#source = canReopen ? open : undefined;
    this.#given = canReopen ? reopened(open) : undefined;
    this.#loader.load(open, this.format).catch(() => {});
  }

  readonly #onSelect = ({ detail: { span }, target }: LlmSpanSelectEvent): void => {
    this.selected = span.id;
    if (target !== this.#shown) this.#revealShown(span.id);
  };

  *#prepare(trace: Trace): Generator<undefined, void> {
    if (!this.#hidden.has('summary')) yield* figuresInSteps(trace, this.prices);
  }

  /** The parts that are not wanted. */
  get #hidden(): ReadonlySet<string> {
    return new Set(this.hide.split(/\s+/));
  }

  get #view(): TraceViewName {
    return knownView(this.view);
  }

  /** The element that shows the spans. */
  get #shown(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`#view-${this.#view}`);
  }

  /** Brings a span into sight, in a view that has a place for each. */
  #revealShown(spanId: string): void {
    const shown: (HTMLElement & Partial<Pick<LlmSpanTree, 'reveal'>>) | null = this.#shown;
    shown?.reveal?.(spanId);
  }

  readonly #onFindings = ({ detail: { findings } }: LlmFindingsReadyEvent): void => {
    this.#found = this.trace && { trace: this.trace, findings };
    this.requestUpdate();
  };

  /** What was worked out of another trace. The findings of one that grew are shown until it was looked through again. */
  #forgetOldAnalysis(): void {
    const { trace } = this;
    const isLookedThrough = this.areFindingsShown && this.#found?.trace.id === trace?.id;
    if (this.#found?.trace !== trace && !isLookedThrough) this.#found = undefined;
    if (this.#pathTrace === trace) return;
    this.#pathTrace = undefined;
    this.#path.forget();
  }

  /** The critical path, while it is to be marked, once it is known. */
  #pathOf(trace: Trace): CriticalPath | undefined {
    if (!this.isPathShown) return undefined;
    if (this.#pathTrace !== trace) this.#path.start(() => criticalPathInSteps((this.#pathTrace = trace)));
    return this.#path.isWorking ? undefined : this.#path.result;
  }

  #chooseView(view: TraceViewName): void {
    if (view === this.#view) return;
    this.view = view;
    /** @internal */
    this.dispatchEvent(new LlmViewChangeEvent({ view }));
  }

  readonly #saveScore = async (spanId: string, score: Score): Promise<void> => {
    await this.store?.addScore?.(spanId, score, this.trace?.id);
  };

  readonly #onChoose = ({ detail }: LlmSpansChooseEvent): void => this.#chosen.choose(detail);

  /** What a person chose in the detail. */
  readonly #choose = (choice: SpansChoice): void => {
    this.#chosen.choose(choice);
    /** @internal */
    this.dispatchEvent(new LlmSpansChooseEvent(choice));
  };

  readonly #onQuery = ({ detail: { query } }: LlmQueryChangeEvent): void => {
    this.query = query;
  };

  /** A person went to a match. */
  readonly #onMatch = (event: LlmSpanSelectEvent): void => {
    this.#onSelect(event);
    void this.updateComplete.then(() => this.detail?.showMatch());
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.trace) return;
    if (!this.#hidden.has('toolbar')) this.#search.onKeydown(event);
    this.#help.onKeydown(event);
  };

  readonly #onOpen = (): void => void this.updateComplete.then(() => this.detail?.focus());

  readonly #onClose = (): void => {
    this.selected = undefined;
    this.#shown?.focus();
  };

  readonly #onDetailKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.#shown?.focus();
  };

  protected override render(): TemplateResult {
    const { trace } = this;
    const state = this.#loadState();
    const hidden = this.#hidden;
    return html`<div class="frame" aria-busy=${String(this.loading)} @keydown=${this.#onKeydown}>
      ${renderProgress(state)}
      ${
        trace
          ? html`
              ${renderErrorBanner(state)} ${hidden.has('toolbar') ? nothing : this.#renderToolbar(trace)}
              ${this.#renderSearch(trace, !hidden.has('toolbar'))}
              ${this.isShareShown && !hidden.has('toolbar') ? this.#renderShareMenu(trace) : nothing}
              ${
                hidden.has('summary')
                  ? nothing
                  : html`<llm-metric-summary
                      part="summary"
                      .messages=${this.messages}
                      .settings=${this.settings}
                      .trace=${trace}
                      .prices=${this.prices}
                      .runningFor=${this.#clock.durationOf(trace)}
                      .selected=${this.selected}
                      @llm-span-select=${this.#onSelect}
                    ></llm-metric-summary>`
              }
              ${this.areFindingsShown && !hidden.has('toolbar') ? this.#renderFindings(trace) : nothing}
              ${this.#renderPanes(trace, !hidden.has('detail'))}
            `
          : html`${renderLoadState(state)}
              <div class="empty-files">${this.#fileDrop.renderButton()}</div>`
      }
      ${trace ? this.#printOutline.render(trace, this.messages, this.settings) : nothing}
      ${this.#fileDrop.renderTarget()} ${trace ? this.#help.renderSheet(this.messages) : nothing}
      <div class="slot"><slot @slotchange=${this.#inline.onSlotChange}></slot></div>
    </div>`;
  }

  #renderToolbar(trace: Trace): TemplateResult {
    return renderToolbar({
      trace,
      problems: this.#problemsOf(trace),
      traces: this.traces,
      messages: this.messages,
      settings: this.settings,
      areProblemsShown: this.areProblemsShown,
      chooseTrace: (id) => {
        this.traceId = id;
        this.selected = undefined;
      },
      findings: {
        isShown: this.areFindingsShown,
        found: this.#found?.findings,
        show: (isShown) => (this.areFindingsShown = isShown),
      },
      search: this.#search,
      help: this.#help,
      chosen: this.#chosen,
      fileButton: this.#fileDrop.renderButton(),
      isShareShown: this.isShareShown,
      showShare: (isShown) => (this.isShareShown = isShown),
      path: this.#pathOf(trace),
      showPath: (isShown) => (this.isPathShown = isShown),
      view: this.#view,
      chooseView: (view) => this.#chooseView(view),
      showProblems: (isShown) => (this.areProblemsShown = isShown),
      reveal: (spanId) => this.reveal(spanId),
      expandAll: () => this.expandAll(),
      collapseAll: () => this.collapseAll(),
    });
  }

  #renderSearch(trace: Trace, isInSight: boolean): TemplateResult | typeof nothing {
    return this.#search.renderField({
      messages: this.messages,
      settings: this.settings,
      trace,
      query: this.query,
      selected: this.selected,
      isInSight,
      changed: this.#onQuery,
      select: this.#onMatch,
      leave: () => this.#shown?.focus(),
    });
  }

  #renderShareMenu(trace: Trace): TemplateResult {
    this.#later.want('llm-share-menu');
    if (this.#later.hasFailed('llm-share-menu')) return renderPartFailed(this.messages);
    return html`<llm-share-menu
      .messages=${this.messages}
      .settings=${this.settings}
      .traces=${this.traces}
      .trace=${trace}
      .selected=${this.selected}
      .original=${this.#original}
      .viewTheme=${this.theme}
      @llm-share-close=${this.#onShareClose}
    ></llm-share-menu>`;
  }

  readonly #onShareClose = (): void => {
    this.isShareShown = false;
    this.renderRoot.querySelector<HTMLElement>('.share-button')?.focus();
  };

  /** That a span has no end yet is no fault while it is known to run. */
  #problemsOf(trace: Trace): readonly TraceProblem[] {
    const isLive = this.#clock.durationOf(trace) !== undefined;
    return isLive ? trace.problems.filter(({ code }) => code !== 'missing-end') : trace.problems;
  }

  #renderPanes(trace: Trace, mayShowDetail: boolean): TemplateResult {
    const { messages } = this;
    const span = mayShowDetail && this.selected !== undefined ? trace.span(this.selected) : undefined;
    const { share } = this.#splitter;
    return html`<div class="panes ${span ? 'split' : ''}" .style=${`--share: ${share}`}>
        ${this.#renderViews(trace)}
        ${
          span
            ? html`${this.#splitter.render(messages.divider)}
                <llm-span-detail
                  part="detail"
                  exportparts="message"
                  closable
                  .messages=${messages}
                  .settings=${this.settings}
                  .span=${span}
                  .found=${this.#search.foundIn(trace)}
                  .prices=${this.prices}
                  .feedback=${this.feedback}
                  .saveScore=${this.#saveScore}
                  @llm-span-select=${this.#onSelect}
                  @llm-detail-close=${this.#onClose}
                  @keydown=${this.#onDetailKeydown}
                  >${renderChoice(span, this.#chosen, messages, this.#choose)}<slot
                    name="header-actions"
                    slot="header-actions"
                  ></slot
                  ><slot name="feedback" slot="feedback"></slot
                ></llm-span-detail>`
            : nothing
        }
      </div>
      ${renderChosenSpans(this.#chosen, this.#later, this)}
      ${span || !mayShowDetail ? nothing : html`<div class="hint">${messages.hint}</div>`}`;
  }

  #renderViews(trace: Trace): TemplateResult {
    return renderViews(this.#opened, this.#later, {
      view: this.#view,
      hasTabs: !this.#hidden.has('toolbar'),
      messages: this.messages,
      settings: this.settings,
      trace,
      prices: this.prices,
      path: this.#pathOf(trace),
      chosen: this.#chosen.idsIn(trace),
      choose: this.#onChoose,
      found: this.#search.foundIn(trace),
      runningFor: this.#clock.durationOf(trace),
      selected: this.selected,
      select: this.#onSelect,
      open: this.#onOpen,
    });
  }

  #renderFindings(trace: Trace): TemplateResult {
    this.#later.want('llm-findings');
    if (this.#later.hasFailed('llm-findings')) return renderPartFailed(this.messages);
    return html`<llm-findings
      part="findings"
      .messages=${this.messages}
      .settings=${this.settings}
      .trace=${trace}
      .prices=${this.prices}
      .selected=${this.selected}
      @llm-span-select=${this.#onSelect}
      @llm-findings-ready=${this.#onFindings}
    ></llm-findings>`;
  }

  #emptyHint(): string {
    const { messages } = this;
    if (!this.store) return messages.emptyHint;
    return this.traceId === undefined ? messages.emptyStoreHint : messages.notInStoreHint;
  }

  #loadState(): LoadState {
    const failed = this.#failed;
    return {
      messages: this.messages,
      progress: this.#loader.progress,
      error: this.error,
      isLoading: this.loading,
      emptyHint: this.#emptyHint(),
      tryAgain: failed
        ? () => this.#loadQuietly(failed, true)
        : (this.#live.again ?? (this.store && (() => void this.#follower.refresh()))),
      dismiss: () => this.#loader.dismissError(),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-view': LlmTraceView;
  }
}
