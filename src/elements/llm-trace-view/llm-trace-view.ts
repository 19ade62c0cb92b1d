import { nothing, ReactiveElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { FirstMessages } from '../../i18n/en-first.js';
import type { PriceSource } from '../../analysis/index.js';
import { ContentElement } from '../../internal/content-element.js';
import type { TimeRange } from '../../internal/flame-range.js';
import { optionalText } from '../../internal/optional-text.js';
import type { SpanNoise } from '../../internal/span-noise.js';
import type { StoredTraces } from '../../internal/stored-traces.js';
import { Printing } from '../../internal/printing.js';
import { base } from '../../internal/styles/base.js';
import { tokens } from '../../internal/styles/tokens.js';
import type { ResolvePart } from '../../internals/index.js';
import { html } from '../../internal/tight-html.js';
import type { TimeScaleName } from '../../internal/time-map.js';
import { emptyTrace } from '../../model/build-traces.js';
import type { Trace } from '../../model/index.js';
import type { TraceSource } from '../../sources/source.js';
import type {
  LlmDisplayChangeEvent,
  LlmNoiseChangeEvent,
  LlmSpansChooseEvent,
  LlmSpanSelectEvent,
  TimelineLayout,
  TraceViewName,
} from '../events/index.js';
import type { LlmSpanTree } from '../llm-span-tree/llm-span-tree.js';
import { DetailPart } from './detail-part.js';
import { LaterElements, type ElementLoaders } from './later-elements.js';
import { laterParts } from './later-parts.js';
import { renderErrorBanner, renderLoadState, renderProgress, type LoadState } from './load-state.js';
import { viewStyles } from './llm-trace-view.styles.js';
import { ServedForm } from './served-form.js';
import { renderToolbar } from './toolbar.js';
import { Tools } from './tools.js';
import { SummaryPart } from './summary-part.js';
import { TraceSources } from './trace-sources.js';
import { OpenedViews, renderPartFailed } from './trace-views.js';

/** What the view is laid out with while there is no trace: one that comes only fills in what it says. */
const awaited = emptyTrace();

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
 * @fires {LlmNoiseChangeEvent} llm-noise-change - A person hid spans, or showed them again.
 * @fires {LlmDisplayChangeEvent} llm-display-change - A person wants spans grouped, or time drawn in another way.
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
export class LlmTraceView extends ContentElement<FirstMessages> {
  static override styles = [tokens, base, viewStyles];

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

  /** A backend, as `llm-trace-kit/sources` gives it. Shows the trace that `trace-id` names, or the newest. */
  @property({ attribute: false }) source: TraceSource | undefined;

  /** Name of the format, where the page knows better than detection. */
  @property({ converter: optionalText }) format: string | undefined;

  /** Id of the trace that is shown, where there are several. */
  @property({ attribute: 'trace-id', converter: optionalText }) traceId: string | undefined;

  /** Id of the selected span. */
  @property({ converter: optionalText }) selected: string | undefined;

  /**
   * How the spans are shown: `tree`, `timeline`, `steps`, `conversation`, `sequence`, `table`, `graph` or `statistics`. Any other
   * word stands for `tree`. Where the page names none, the shape of a trace decides: one that is nothing but calls of models is a
   * `conversation`, any other a `tree`.
   */
  @property({ converter: optionalText }) view: TraceViewName | undefined;

  /** What is searched for: a text of the query language (`docs/query.md`). Empty for nothing. */
  @property({ converter: { fromAttribute: (value) => value ?? '' } }) query = '';

  /**
   * The stretch of time that the timeline shows, in milliseconds from the start of the trace; `undefined` for all of it.
   * Another trace begins with all of it.
   */
  @property({ attribute: false }) range: TimeRange | undefined;

  /** Spans that are hidden in tree, timeline, steps, sequence and table; what is inside them moves up. */
  @property({ attribute: false }) noise: SpanNoise | undefined;

  /** Whether four and more neighbours of the same name and kind are one row of the tree, which opens. */
  @property({ type: Boolean }) grouped = false;

  /**
   * How time is drawn in tree and timeline: `time`, `compact` (idle stretches cut short) or `sequence` (a step from each start or
   * end to the next).
   */
  @property() scale: TimeScaleName = 'time';

  /** What decides where spans lie in the timeline: `time` or `icicle`. */
  @property() layout: TimelineLayout = 'time';

  /** Knows what calls cost, where the trace does not state it. What it tells is marked as an estimate. */
  @property({ attribute: false }) prices: PriceSource | undefined;

  /** Finds parts of what went on inside a model that the trace only names (`{ ref }`): large arrays that are kept elsewhere. */
  @property({ attribute: false }) resolve: ResolvePart | undefined;

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

  @query('llm-span-tree') private tree!: LlmSpanTree | null;

  readonly #later = new LaterElements(this, LlmTraceView.laterElements, laterParts);
  readonly #views = new OpenedViews(this, this.#later);
  readonly #tools = new Tools(this, this.#later);
  readonly #detail = new DetailPart(this, this.#views, this.#tools, this.#later);
  readonly #summary = new SummaryPart(this, LlmTraceView.laterElements);
  readonly #printing = new Printing(this);
  readonly #sources = new TraceSources(this, {
    hasFigures: () => this.#summary.isReady,
    figures: () => this.#summary.figures(),
    prepare: (trace) => this.#summary.prepare(trace),
    asksAllSpans: (traces) => this.#asksAllSpans(traces),
    beforeShown: (traces) => this.#detail.beforeShown(traces),
    afterShown: () => (this.#later.has('llm-span-detail') ? undefined : this.#detail.afterShown()),
  });

  constructor() {
    super();
    new ServedForm(this);
  }

  /** All traces that were read. */
  get traces(): readonly Trace[] {
    return this.#sources.traces;
  }

  /** The trace that is shown. */
  get trace(): Trace | undefined {
    return this.traces.find((trace) => trace.id === this.traceId) ?? this.traces[0];
  }

  /** Whether traces are being read. */
  get loading(): boolean {
    return this.#sources.isLoading;
  }

  /** Why the last input could not be read. */
  get error(): Error | undefined {
    return this.#sources.error;
  }

  /**
   * Shows another input: anything that `readTraces` takes. Resolves when it is read. What is shown stays until then; of
   * JSON Lines, the first spans are shown while the others come in, and what was shown comes back if that fails.
   *
   * @throws what `readTraces` throws; an `AbortError` when a newer input took over, or the element left the page
   */
  async load(input: unknown): Promise<void> {
    await this.#sources.load(input);
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
    await this.#sources.append(input);
  }

  /** Selects a span and brings it into sight. An id that is not in the traces does nothing. */
  reveal(spanId: string): void {
    const home = this.trace?.span(spanId) ? this.trace : this.traces.find((trace) => trace.span(spanId));
    if (!home) return;
    if (home !== this.trace) this.traceId = home.id;
    this.selected = spanId;
    void this.updateComplete.then(() => this.#views.reveal(spanId));
  }

  /** Opens every span of the tree that has others inside. */
  expandAll(): void {
    this.tree?.expandAll();
  }

  /** Leaves the roots of the tree. */
  collapseAll(): void {
    this.tree?.collapseAll();
  }

  /** What a server wrote there is no template of Lit's: code that would go on with one is left out. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = ReactiveElement.prototype['createRenderRoot'].call(this);
    this.renderOptions.renderBefore = root.firstChild;
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    this.#sources.take(changed);
    const { trace } = this;
    this.#tools.take();
    this.#views.take(trace, changed);
    this.setState('loading', this.loading);
    this.setState('empty', !trace);
    this.setState('error', this.error !== undefined);
  }

  protected override updated(changed: PropertyValues): void {
    // What was selected in one view is in sight in the other, unless the page says what is to be seen.
    const isOther = this.#views.isOther && !changed.has('range');
    if (isOther && this.selected !== undefined) this.#views.reveal(this.selected);
  }

  /** Another view than the tree does, and what hides rows or moves them; and a trace that may be nothing but calls of models. */
  #asksAllSpans(traces: readonly Trace[]): boolean {
    const trace = traces.find(({ id }) => id === this.traceId) ?? traces[0];
    const isPlain = this.#views.isOutline && !this.noise && !this.grouped && this.scale === 'time';
    return !isPlain || this.query !== '' || trace?.spans.at(0)?.kind === 'llm';
  }

  /** The parts that are not wanted. */
  get #hidden(): ReadonlySet<string> {
    return new Set(this.hide.split(/\s+/));
  }

  readonly #onSelect = ({ detail: { span }, target }: LlmSpanSelectEvent): void => {
    this.selected = span.id;
    if (target !== this.#views.shown) this.#views.reveal(span.id);
  };

  readonly #onChoose = ({ detail }: LlmSpansChooseEvent): void => this.#tools.value?.chosen.choose(detail);

  /** A person went to a match. */
  readonly #onMatch = (event: LlmSpanSelectEvent): void => {
    this.#onSelect(event);
    void this.updateComplete.then(() => this.#detail.showMatch());
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (this.trace) this.#tools.onKeydown(event, !this.#hidden.has('toolbar'));
  };

  /** A person hid spans or showed them again, or wants them shown in another way. */
  readonly #onDisplay = ({ detail }: LlmNoiseChangeEvent | LlmDisplayChangeEvent): void => {
    Object.assign(this, detail);
  };

  readonly #leaveSearch = (): void => this.#views.focus();

  readonly #onOpen = (): void => void this.updateComplete.then(() => this.#detail.focus());

  protected override render(): TemplateResult {
    const { trace } = this;
    const { state } = this.#sources;
    const { value: tools } = this.#tools;
    return html`<div
      class="frame ${trace ? '' : 'awaiting'}"
      aria-busy=${String(this.loading)}
      @keydown=${this.#onKeydown}
      @llm-noise-change=${this.#onDisplay}
      @llm-display-change=${this.#onDisplay}
    >
      ${renderProgress(state)} ${trace ? renderErrorBanner(state) : this.#renderNoTrace(state)}
      ${this.#renderTrace(trace ?? awaited)}
      ${trace && this.#printing.isOn ? laterParts.value?.renderPrintOutline(trace, this.messages, this.settings) : nothing}
      ${tools?.files.renderTarget() ?? nothing} ${trace && tools ? tools.help.renderSheet(this.messages) : nothing}
      <div class="slot"><slot @slotchange=${this.#sources.onSlotChange}></slot></div>
    </div>`;
  }

  #renderNoTrace(state: LoadState): TemplateResult {
    return html`<div class="no-trace">
      ${renderLoadState(state)}
      <div class="empty-files">${this.#tools.value?.files.renderButton() ?? nothing}</div>
    </div>`;
  }

  #renderTrace(trace: Trace): TemplateResult {
    const hidden = this.#hidden;
    const hasToolbar = !hidden.has('toolbar');
    const { value: tools, hasFailed } = this.#tools;
    const menus = { original: this.#sources.original, match: this.#onMatch, leave: this.#leaveSearch };
    return html`${
      hasToolbar ? renderToolbar(this, trace, this.#sources.problemsOf(trace), this.#views, this.#tools) : nothing
    }
    ${hasFailed ? renderPartFailed(this.messages) : nothing}
    ${tools?.renderMenus(trace, hasToolbar, menus, this.#views.name) ?? nothing}
    ${hidden.has('summary') ? nothing : this.#summary.render(trace, this.#sources.runningFor(trace), this.#onSelect)}
    ${hasToolbar && tools ? tools.findings.renderList(trace, this.#onSelect) : nothing}
    ${this.#renderPanes(trace, hasToolbar, !hidden.has('detail'))}`;
  }

  #renderPanes(trace: Trace, hasTabs: boolean, mayShowDetail: boolean): TemplateResult {
    const span = mayShowDetail && this.selected !== undefined ? trace.span(this.selected) : undefined;
    return html`<div class="panes ${span ? 'split' : ''}" .style=${`--share: ${this.#detail.share}`}>
        ${this.#renderViews(trace, hasTabs)} ${span ? this.#detail.render(span, this.#onSelect) : nothing}
      </div>
      ${this.#tools.value?.renderChosen() ?? nothing} ${this.#detail.renderHint(trace, span, mayShowDetail)}`;
  }

  #renderViews(trace: Trace, hasTabs: boolean): TemplateResult {
    const { value: tools } = this.#tools;
    return this.#views.render({
      hasTabs,
      messages: this.messages,
      settings: this.settings,
      trace,
      prices: this.prices,
      path: tools?.path.of(trace),
      chosen: tools?.chosen.idsIn(trace),
      choose: this.#onChoose,
      found: tools?.search.foundIn(trace),
      runningFor: this.#sources.runningFor(trace),
      selected: this.selected,
      select: this.#onSelect,
      open: this.#onOpen,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-view': LlmTraceView;
  }
}
