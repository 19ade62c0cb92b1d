import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { exampleIcon } from '../../internal/first-icons.js';
import { Splitter } from '../../internal/splitter.js';
import { html } from '../../internal/tight-html.js';
import type { Score, Span } from '../../model/index.js';
import { LlmSpansChooseEvent, type LlmSpanSelectEvent, type SpansChoice } from '../events/index.js';
import type { ChosenSpans } from './chosen-spans.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { OpenedViews } from './trace-views.js';
import type { ViewTools } from './view-tools.js';

const FIRST_SHARE = { beside: 0.58, stacked: 0.44 };

/** The detail of the selected span, and the line between it and the spans. */
export class DetailPane {
  readonly #view: LlmTraceView;
  readonly #views: OpenedViews;
  readonly #tools: ViewTools;
  readonly #splitter: Splitter;

  constructor(view: LlmTraceView, views: OpenedViews, tools: ViewTools) {
    this.#view = view;
    this.#views = views;
    this.#tools = tools;
    this.#splitter = new Splitter(view, FIRST_SHARE, () => view.renderRoot.querySelector<HTMLElement>('.split'));
  }

  /** Share of the spans beside the detail, 0 to 1. */
  get share(): number {
    return this.#splitter.share;
  }

  /** @param select what becomes of a span that a person chooses there */
  render(span: Span, select: (event: LlmSpanSelectEvent) => void): TemplateResult {
    const { messages, settings, prices, resolve, feedback } = this.#view;
    const { search, chosen } = this.#tools;
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

  readonly #saveScore = async (spanId: string, score: Score): Promise<void> => {
    const { store, trace } = this.#view;
    await store?.addScore?.(spanId, score, trace?.id);
  };

  /** A person chose the span as an example. */
  readonly #choose = (choice: SpansChoice): void => {
    this.#tools.chosen.choose(choice);
    this.#view.dispatchEvent(new LlmSpansChooseEvent(choice));
  };

  readonly #onClose = (): void => {
    this.#view.selected = undefined;
    this.#views.focus();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.#views.focus();
  };
}

/** Beside the name of a span, while a person is choosing. */
const renderChoice = (
  span: Span,
  chosen: ChosenSpans,
  messages: FirstMessages,
  choose: (choice: SpansChoice) => void,
): TemplateResult | typeof nothing =>
  chosen.isOn
    ? html`<button
        type="button"
        slot="header-actions"
        class="icon-button"
        aria-label=${messages.chosen.choose}
        title=${messages.chosen.choose}
        aria-pressed=${String(chosen.has(span))}
        @click=${() => choose({ spans: [span], isChosen: !chosen.has(span) })}
      >
        ${exampleIcon()}
      </button>`
    : nothing;
