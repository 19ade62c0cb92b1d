import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { wholeWords } from '../../i18n/whole-words.js';
import { graphText, mermaidOf } from '../../analysis/index.js';
import { formatNumber } from '../../i18n/index.js';
import { JustCopied } from '../../internal/just-copied.js';
import { MaskingElement } from '../../internal/content-element.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { optionalText } from '../../internal/optional-text.js';
import { SlicedWork } from '../../internal/sliced-work.js';
import { base, kindColours } from '../../internal/styles/base.js';
import { texts } from '../../internal/styles/texts.js';
import { tokens } from '../../internal/styles/tokens.js';
import { text } from '../../internal/text.js';
import type { Trace } from '../../model/index.js';
import { LlmSpanSelectEvent } from '../events/index.js';
import { GRAPH_MODES, renderStepper, renderTools, type GraphMode, type GraphText } from './graph-bars.js';
import type { Chosen } from './graph-calls.js';
import { GraphChoice } from './graph-choice.js';
import { renderDrawing } from './graph-drawing.js';
import { graphAction, nodeFrom, type GraphAction } from './graph-keys.js';
import { layOut, shapeOf, type GraphLayout } from './graph-layout.js';
import { renderTable } from './graph-table.js';
import { readableGraph } from './graph-words.js';
import { GraphZoom } from './graph-zoom.js';
import { graphStyles } from './llm-trace-graph.styles.js';
import { NOTHING_SHOWN, shownGraph, type ShownGraph } from './shown-graph.js';

/** Rows of the table that are made at a time. */
const MORE_ROWS = 200;
/** Zoomed by a key or a button. */
const ZOOM_STEP = 1.25;
/** Moved by a key, in CSS pixels. */
const PAN_STEP = 80;

/**
 * Agents, models, tools and retrievers of traces as a graph: who called whom, how often, how long it took and what failed; the
 * same call by call; and which service called which. A table beside it tells the same and more.
 *
 * Keys on a node: right and left arrow go to what is called and to the caller, up and down through all nodes; Enter selects the
 * first call of a node, then the next one; `n` and `p` go from call to call; `+`, `-` and `0` zoom; Shift with an arrow moves. With
 * Ctrl or ⌘ the wheel zooms, as two fingers do.
 *
 * @summary Who called whom, as a graph.
 * @fires {LlmSpanSelectEvent} llm-span-select - A person chose a call: of a node, of an edge, or the next one.
 * @csspart toolbar - What is shown, and the buttons.
 * @csspart drawing - The box in which the graph is drawn.
 * @csspart node - A node.
 * @csspart edge - The figures on an edge.
 * @csspart table - The table.
 * @csspart stepper - From call to call.
 */
export class LlmTraceGraph extends MaskingElement {
  /** @internal */
  static override readonly wordsOf = wholeWords;

  static override styles = [tokens, base, texts, kindColours, graphStyles];

  /** The trace that is shown. */
  @property({ attribute: false }) trace: Trace | undefined;

  /** Traces that are shown together, in place of `trace`. */
  @property({ attribute: false }) traces: readonly Trace[] | undefined;

  /** `calls` of agents, models and tools; `steps`: the same, call by call; or `services`. Any other word stands for `calls`. */
  @property() mode: GraphMode = 'calls';

  /** Whether the edges are shown as a table. */
  @property({ type: Boolean }) table = false;

  /** Id of the selected span. What stands for it is the call that it is, or that it is inside of. */
  @property({ converter: optionalText }) selected: string | undefined;

  @query('.frame') private frame!: HTMLElement | null;
  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.plane') private plane!: HTMLElement | null;

  /** Node under the pointer or the focus. */
  @state() private near: number | undefined;
  @state() private layout: GraphLayout | undefined;
  /** Whether nodes are being placed that are not shown yet. */
  @state() private isPlacing = false;
  /** Whether what places the nodes could not be loaded. */
  @state() private isNotDrawn = false;
  @state() private rows = MORE_ROWS;

  readonly #work = new SlicedWork<ShownGraph>(this);
  /** What was worked out last. */
  #taken: ShownGraph | undefined;
  #shown = NOTHING_SHOWN;
  readonly #choice = new GraphChoice();
  /** Another one for each graph that is read: an older one is not shown when it comes late. */
  #turn: object = {};
  #isStale = false;
  /** What the drawing scrolls in; there is none while the table is shown. */
  #box: HTMLElement | null = null;
  #toReveal = false;
  readonly #copied = new JustCopied<GraphText>(this);
  readonly #zoom = new GraphZoom({
    scroller: () => this.scroller,
    plane: () => this.plane,
    size: () => this.layout,
    origin: () => this.layout && (this.layout.start ?? { x: 0, y: this.layout.height / 2 }),
    changed: () => this.requestUpdate(),
    resized: () => {
      // A detail that opens beside the drawing must not hide what it is of.
      this.#toReveal = this.#choice.at !== undefined;
      this.requestUpdate();
    },
  });

  /** Selects a span and brings its call into sight. Ids that are not in the traces do nothing. */
  reveal(spanId: string): void {
    if (!this.#traces.some((trace) => trace.span(spanId))) return;
    this.selected = spanId;
    this.#toReveal = true;
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.node[tabindex="0"], .table')?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // After a move in the page nothing is rendered anew, so nothing else would follow the size again.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#zoom.follow(undefined);
  }

  get #traces(): readonly Trace[] {
    return this.traces ?? (this.trace ? [this.trace] : []);
  }

  get #mode(): GraphMode {
    return GRAPH_MODES.includes(this.mode) ? this.mode : 'calls';
  }

  get #isInSteps(): boolean {
    return this.#mode === 'steps';
  }

  /** Once the graph was worked out. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#work.done;
    return super.getUpdateComplete();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed as Map<PropertyKey, unknown>);
    if (changed.has('mode')) this.rows = MORE_ROWS;
    this.#isStale ||= ['trace', 'traces', 'mode'].some((name) => changed.has(name));
    // Where nobody sees it, a trace that grows is not gone through again and again.
    const isNew = this.#isStale && this.checkVisibility();
    if (isNew) this.#read();
    if (this.#work.result !== this.#taken) this.#take(this.#work.result!);
    else if (changed.has('selected')) this.#choice.follow(this.selected);
    if (changed.has('selected')) this.#toReveal = this.#choice.at !== undefined;
  }

  protected override updated(): void {
    this.#zoom.follow(this.frame ?? undefined);
    const { scroller } = this;
    if (scroller !== this.#box) {
      this.#box = scroller;
      // After the table, what was drawn begins anew.
      void this.updateComplete.then(() => this.#begin());
    }
    this.#zoom.settle();
    const node = this.#toReveal && this.layout ? this.#nodeOf(this.#choice.active) : undefined;
    if (!node) return;
    this.#toReveal = false;
    this.#zoom.reveal(node);
  }

  #read(): void {
    this.#isStale = false;
    const traces = this.#traces;
    const mode = this.#mode;
    this.#work.start(() => shownGraph(traces, mode));
    this.isPlacing ||= this.#work.isWorking;
  }

  #take(next: ShownGraph): void {
    this.#taken = next;
    const turn = (this.#turn = {});
    const isPlaced = this.layout !== undefined && shapeOf(next.part) === shapeOf(this.#shown.part);
    this.isPlacing = !isPlaced;
    // Figures that grow move nothing. What is drawn stays until the new is placed.
    if (isPlaced || !this.layout) this.#show(next, this.layout);
    if (!isPlaced) void this.#place(next, turn);
  }

  async #place(next: ShownGraph, turn: object): Promise<void> {
    const hasNodes = next.part.nodes.length > 0;
    let layout: GraphLayout | undefined;
    try {
      if (hasNodes) layout = await layOut(next.part);
    } catch {
      // Its file could not be loaded: the table needs none.
    }
    if (turn !== this.#turn) return;
    this.isPlacing = false;
    this.isNotDrawn = hasNodes && !layout;
    this.#show(next, layout);
  }

  #show(next: ShownGraph, layout: GraphLayout | undefined): void {
    const isSame = next.what === this.#shown.what && this.layout !== undefined;
    this.#shown = next;
    this.layout = layout;
    this.near = undefined;
    this.#choice.show(next, this.selected);
    if (isSame) this.#zoom.refit();
    else this.#begin();
    this.requestUpdate();
  }

  /** Another drawing, or another box: all that has room, and the selected call. */
  #begin(): void {
    this.#zoom.reset();
    this.#toReveal = this.#choice.at !== undefined;
    this.requestUpdate();
  }

  // --- Calls ----------------------------------------------------------------------------------------------------------

  #choose(chosen: Chosen): void {
    this.#go(this.#choice.choose(chosen, this.#isInSteps));
  }

  #go(call: number): void {
    const span = this.#choice.go(call);
    this.#toReveal = true;
    this.requestUpdate();
    if (this.selected === span.id) return;
    this.selected = span.id;
    /** @internal */
    this.dispatchEvent(new LlmSpanSelectEvent({ span }));
  }

  #step(direction: 1 | -1): void {
    const next = this.#choice.beside(direction, this.#isInSteps);
    if (next !== undefined) this.#go(next);
  }

  // --- Keys -----------------------------------------------------------------------------------------------------------

  #nodeOf(index: number | undefined): HTMLElement | undefined {
    return this.renderRoot.querySelector<HTMLElement>(`[data-node="${index}"]`) ?? undefined;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const action = graphAction(event);
    if (!action || !this.layout) return;
    event.preventDefault();
    this.#act(action);
  };

  #act(action: GraphAction): void {
    switch (action) {
      case 'zoom-in':
        return this.#zoom.zoom(ZOOM_STEP);
      case 'zoom-out':
        return this.#zoom.zoom(1 / ZOOM_STEP);
      case 'fit':
        return this.#zoom.fit();
      case 'next-call':
        return this.#step(1);
      case 'previous-call':
        return this.#step(-1);
      case 'left':
      case 'right':
        return this.scroller!.scrollBy(action === 'left' ? -PAN_STEP : PAN_STEP, 0);
      case 'up':
      case 'down':
        return this.scroller!.scrollBy(0, action === 'up' ? -PAN_STEP : PAN_STEP);
      default:
        return this.#walkTo(nodeFrom(action, this.#choice.active, this.#shown.part, this.layout!));
    }
  }

  #walkTo(index: number | undefined): void {
    if (index === undefined) return;
    this.#choice.active = index;
    this.#nodeOf(index)?.focus();
    this.requestUpdate();
  }

  // --- What is shown --------------------------------------------------------------------------------------------------

  async #copy(what: GraphText): Promise<void> {
    const graph = readableGraph(this.#shown.graph, this);
    await this.#copied.copy(what, what === 'mermaid' ? mermaidOf(graph) : graphText(graph));
  }

  get #label(): string {
    const { messages, settings } = this;
    const traces = this.#traces;
    if (traces.length !== 1) return messages.graphOfTraces(traces.length);
    return messages.graphOf(revealedText(settings.readable(text(traces[0]!.name))));
  }

  protected override render(): TemplateResult {
    const { messages, isNotDrawn } = this;
    const isTable = this.table || isNotDrawn;
    const isEmpty = this.#shown.graph.nodes.length === 0 && !this.isPlacing;
    return html`<div class="frame" aria-busy=${String(this.isPlacing)}>
      ${renderTools(
        {
          mode: this.#mode,
          isTable: this.table,
          canCopy: !isEmpty,
          copied: this.#copied,
          chooseMode: (mode) => (this.mode = mode),
          showTable: (isShown) => (this.table = isShown),
          copy: (what) => void this.#copy(what),
          zoomIn: () => this.#act('zoom-in'),
          zoomOut: () => this.#act('zoom-out'),
          fit: () => this.#act('fit'),
        },
        this,
      )}
      ${isNotDrawn && !this.table ? html`<p class="note" role="status">${messages.graphNotDrawn}</p>` : nothing}
      ${isEmpty ? this.#renderEmpty() : isTable ? this.#renderTable() : this.#renderDrawing()} ${this.#renderStepper()}
    </div>`;
  }

  #renderEmpty(): TemplateResult {
    const { messages } = this;
    const words = this.#mode === 'services' ? messages.graphNoServices : messages.graphEmpty;
    return html`<div class="empty">${this.#traces.length ? words : messages.emptyTitle}</div>`;
  }

  #renderTable(): TemplateResult {
    return renderTable(this.#label, this.#shown.graph, { rows: this.rows, called: this.#choice.edge }, this, {
      choose: (chosen) => this.#choose(chosen),
      more: () => (this.rows += MORE_ROWS),
    });
  }

  #renderDrawing(): TemplateResult {
    const { messages, layout } = this;
    const { nodesLeftOut, edgesLeftOut } = this.#shown.part;
    const { steps } = this.#shown.graph;
    const { at } = this.#choice;
    const isStepped = this.#isInSteps && at !== undefined;
    return html`${
        nodesLeftOut || edgesLeftOut
          ? html`<p class="note">
              ${messages.graphLeftOut(
                formatNumber(nodesLeftOut, messages.locale),
                formatNumber(edgesLeftOut, messages.locale),
              )}
            </p>`
          : nothing
      }
      <p class="visually-hidden" id="keys">${messages.graphKeys}</p>
      <div
        class="scroller"
        part="drawing"
        role="group"
        aria-label=${this.#label}
        aria-describedby="keys"
        @keydown=${this.#onKeydown}
        @wheel=${this.#zoom.onWheel}
        @pointerdown=${this.#zoom.onPointerDown}
        @pointermove=${this.#zoom.onPointerMove}
        @pointerup=${this.#zoom.onPointerEnd}
        @pointercancel=${this.#zoom.onPointerEnd}
        @touchmove=${this.#zoom.onTouchMove}
        @touchend=${this.#zoom.onTouchEnd}
      >
        ${
          layout
            ? renderDrawing(
                {
                  graph: this.#shown.graph,
                  part: this.#shown.part,
                  layout,
                  scale: this.#zoom.scale,
                  chosen: this.#choice.chosen,
                  called: this.#choice.edge,
                  near: this.near,
                  active: this.#choice.active,
                  reached: isStepped ? new Set(steps.slice(0, at + 1).map(({ edge }) => edge)) : undefined,
                },
                this,
                { choose: (chosen) => this.#choose(chosen), near: (node) => (this.near = node) },
              )
            : nothing
        }
      </div>`;
  }

  #renderStepper(): TemplateResult | typeof nothing {
    const calls = this.#choice.calls(this.#isInSteps);
    if (calls.length === 0) return nothing;
    const { messages } = this;
    return renderStepper(
      {
        graph: this.#shown.graph,
        calls,
        at: this.#choice.at,
        slowest: calls.length > 1 ? this.#shown.calls.slowest(calls) : undefined,
        failed: calls.length > 1 ? this.#shown.calls.failed(calls, this.#choice.at) : undefined,
        place: this.#isInSteps ? messages.graphStepOf : messages.graphCallOf,
        go: (call) => this.#go(call),
      },
      this,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'llm-trace-graph': LlmTraceGraph;
  }
}
