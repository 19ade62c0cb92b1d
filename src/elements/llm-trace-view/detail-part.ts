import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import { revealedText } from '../../internal/hidden-characters.js';
import { Splitter } from '../../internal/splitter.js';
import { text } from '../../internal/text.js';
import { html } from '../../internal/tight-html.js';
import type { Score, Span, Trace } from '../../model/index.js';
import { LlmSpansChooseEvent, type LlmSpanSelectEvent, type SpansChoice } from '../events/index.js';
import type { LlmSpanDetail } from '../llm-span-detail/llm-span-detail.js';
import { renderChoice } from './chosen-spans.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { ViewParts } from './toolbar.js';

const FIRST_SHARE = { beside: 0.58, stacked: 0.44 };

/** The detail of the selected span, the line between it and the spans, and the way of the focus from one to the other. */
export class DetailPart implements ReactiveController {
  readonly #view: LlmTraceView;
  readonly #parts: ViewParts;
  readonly #splitter: Splitter;
  /** Whether the focus was in the detail before it was rendered anew. */
  #hadFocus = false;

  constructor(view: LlmTraceView, parts: ViewParts) {
    this.#view = view;
    this.#parts = parts;
    this.#splitter = new Splitter(view, FIRST_SHARE, () => view.renderRoot.querySelector<HTMLElement>('.split'));
    view.addController(this);
  }

  get #element(): LlmSpanDetail | null {
    return this.#view.renderRoot.querySelector('llm-span-detail');
  }

  /** Share of the spans beside the detail, 0 to 1. */
  get share(): number {
    return this.#splitter.share;
  }

  /** Gives the focus to the detail. */
  focus(): void {
    this.#element?.focus();
  }

  /** Brings into sight what a search has found in the span. */
  showMatch(): void {
    void this.#element?.showMatch();
  }

  hostUpdate(): void {
    const element = this.#element;
    this.#hadFocus = element !== null && this.#view.shadowRoot?.activeElement === element;
  }

  hostUpdated(): void {
    // What was read there is gone: the keys go on among the spans, not on the page.
    if (this.#hadFocus && !this.#element) this.#parts.views.focus();
  }

  /** @param select what becomes of a span that a person chooses there */
  render(span: Span, select: (event: LlmSpanSelectEvent) => void): TemplateResult {
    const { messages, settings, prices, resolve, feedback } = this.#view;
    const { search, chosen } = this.#parts;
    return html`${this.#splitter.render(messages.divider)}
      <llm-span-detail
        part="detail"
        exportparts="message"
        closable
        .messages=${messages}
        .settings=${settings}
        .span=${span}
        .found=${search.foundIn(this.#view.trace!)}
        .prices=${prices}
        .resolve=${resolve}
        .feedback=${feedback}
        .saveScore=${this.#saveScore}
        @llm-span-select=${select}
        @llm-detail-close=${this.#onClose}
        @keydown=${this.#onKeydown}
        >${renderChoice(span, chosen, messages, this.#choose)}<slot name="header-actions" slot="header-actions"></slot
        ><slot name="feedback" slot="feedback"></slot
      ></llm-span-detail>`;
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

  readonly #saveScore = async (spanId: string, score: Score): Promise<void> => {
    const { store, trace } = this.#view;
    await store?.addScore?.(spanId, score, trace?.id);
  };

  /** A person chose the span as an example. */
  readonly #choose = (choice: SpansChoice): void => {
    this.#parts.chosen.choose(choice);
    this.#view.dispatchEvent(new LlmSpansChooseEvent(choice));
  };

  readonly #onClose = (): void => {
    this.#view.selected = undefined;
    this.#parts.views.focus();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.#parts.views.focus();
  };
}
