import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import { afterPaint } from '../../internal/after-paint.js';
import { revealedText } from '../../internal/first-characters.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { Span, Trace } from '../../model/index.js';
import type { LlmSpanSelectEvent } from '../events/index.js';
import type { LlmSpanDetail } from '../llm-span-detail/llm-span-detail.js';
import type { DetailPane } from './detail-pane.js';
import type { LaterElements } from './later-elements.js';
import { laterParts } from './later-parts.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { Tools } from './tools.js';
import { hasOnlyCalls, renderPartFailed, type OpenedViews } from './trace-views.js';

const TAG = 'llm-span-detail';

/** The detail of the selected span: when it is loaded, and the way of the focus to it and back. */
export class DetailPart implements ReactiveController {
  readonly #view: LlmTraceView;
  readonly #views: OpenedViews;
  readonly #tools: Tools;
  readonly #later: LaterElements;
  /** What is shown of a span, once that was loaded. */
  #pane: DetailPane | undefined;
  /** Whether the focus was in the detail before it was rendered anew. */
  #hadFocus = false;
  /** Whether the detail is to have the focus as soon as it is there. */
  #isToFocus = false;

  constructor(view: LlmTraceView, views: OpenedViews, tools: Tools, later: LaterElements) {
    this.#view = view;
    this.#views = views;
    this.#tools = tools;
    this.#later = later;
    view.addController(this);
  }

  get #element(): LlmSpanDetail | null {
    return this.#view.renderRoot.querySelector('llm-span-detail');
  }

  /** Share of the spans beside the detail, 0 to 1. */
  get share(): number {
    return this.#pane?.share ?? 0.5;
  }

  /** Gives the focus to the detail. */
  focus(): void {
    this.#isToFocus = !this.#later.has(TAG);
    this.#element?.focus();
  }

  /** Brings into sight what a search has found in the span. */
  showMatch(): void {
    if (this.#later.has(TAG)) void this.#element?.showMatch();
  }

  /** Where more than outlines is shown at once, what reads it has to be there first: nothing is to come in piece by piece. */
  beforeShown(traces: readonly Trace[]): Promise<void> | undefined {
    const { traceId, selected, query } = this.#view;
    const trace = traces.find(({ id }) => id === traceId) ?? traces[0];
    const isOutline =
      this.#views.isOutline && selected === undefined && query === '' && !(trace && hasOnlyCalls(trace));
    return isOutline || this.#later.has(TAG) ? undefined : this.#later.load(TAG);
  }

  /** Once the spans are painted, what the first click wants is loaded. */
  async afterShown(): Promise<void> {
    await afterPaint();
    await this.#later.load(TAG);
  }

  hostUpdate(): void {
    const element = this.#element;
    this.#hadFocus = element !== null && this.#view.shadowRoot?.activeElement === element;
  }

  hostUpdated(): void {
    // What was read there is gone: the keys go on among the spans, not on the page.
    if (this.#hadFocus && !this.#element) this.#views.focus();
    if (this.#isToFocus && this.#later.has(TAG)) this.focus();
  }

  /** @param select what becomes of a span that a person chooses there */
  render(span: Span, select: (event: LlmSpanSelectEvent) => void): TemplateResult | typeof nothing {
    const isReady = this.#later.want(TAG);
    if (this.#later.hasFailed(TAG)) return renderPartFailed(this.#view.messages);
    const { value: tools } = this.#tools;
    if (!isReady || !tools) return nothing;
    this.#pane ??= new laterParts.value!.DetailPane(this.#view, this.#views, tools);
    return this.#pane.render(span, select);
  }

  /** What a person can do next, or that what the page asked for is not there: it may have come from an address. */
  renderHint(trace: Trace, span: Span | undefined, mayShowDetail: boolean): TemplateResult | typeof nothing {
    const { messages, settings, selected, traceId, loading } = this.#view;
    const said = (id: string): string => revealedText(settings.readable(text(id)));
    const { missingTrace, missingSpan } = messages.views;
    const missing = loading
      ? undefined
      : traceId !== undefined && traceId !== trace.id
        ? missingTrace(said(traceId))
        : selected !== undefined && !trace.span(selected)
          ? missingSpan(said(selected))
          : undefined;
    if (missing !== undefined) return html`<div class="hint" role="status">${missing}</div>`;
    return span || !mayShowDetail ? nothing : html`<div class="hint">${messages.hint}</div>`;
  }
}
