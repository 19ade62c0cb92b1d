import { nothing, type TemplateResult } from 'lit';
import type { SpanMatches } from '../../internal/span-matches.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LlmQueryChangeEvent, LlmSpanSelectEvent } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import type { LlmSearchField } from './search-field.js';
import type { Tool } from './tool-button.js';
import { renderPartFailed } from './trace-views.js';

/** The search of a view: the field once it is wanted, which is loaded then, and what was found. */
export class SearchPart implements Tool {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  #isOpen = false;
  /** Whether the field is to have the focus as soon as it is there. */
  #isToFocus = false;
  #found: SpanMatches | undefined;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
  }

  /** What was found in a trace, while there is a query. */
  foundIn(trace: Trace): SpanMatches | undefined {
    return this.#found?.trace === trace ? this.#found : undefined;
  }

  get #field(): LlmSearchField | null {
    return this.#view.renderRoot.querySelector('llm-search-field');
  }

  /** Opens the field and goes there. */
  open(): void {
    this.#isOpen = this.#isToFocus = true;
    this.#view.requestUpdate();
    void this.#view.updateComplete.then(() => this.#focus());
  }

  #focus(): void {
    const field = this.#field;
    // Not loaded yet, or not rendered: it asks for it itself then.
    if (!this.#isToFocus || !field?.hasUpdated) return;
    this.#isToFocus = false;
    field.focus();
  }

  #close(): void {
    this.#isOpen = false;
    this.#view.requestUpdate();
  }

  /** F3 goes from match to match. */
  onKeydown(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (key !== 'F3' || ctrlKey || metaKey || altKey || defaultPrevented || !this.#found) return;
    this.#field?.go(shiftKey ? -1 : 1);
    event.preventDefault();
  }

  press(): void {
    if (this.#isOpen && this.#field?.hasUpdated) this.#field.close();
    else this.open();
  }

  get isOn(): boolean {
    return this.#isOpen;
  }

  /**
   * @param isInSight whether there is a place for the field; a query that the page gives holds without it
   * @param select what becomes of a match that a person goes to
   * @param leave gives the focus to the spans
   */
  renderField(
    trace: Trace,
    isInSight: boolean,
    select: (event: LlmSpanSelectEvent) => void,
    leave: () => void,
  ): TemplateResult | typeof nothing {
    const { messages, settings, query, selected } = this.#view;
    if (query === '') this.#found = undefined;
    else this.#isOpen = true;
    if (!this.#isOpen) return nothing;
    const isReady = this.#later.want('llm-search-field');
    if (this.#later.hasFailed('llm-search-field')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-search-field
      part="search"
      ?hidden=${!isInSight}
      .messages=${messages}
      .settings=${settings}
      .trace=${trace}
      .text=${query}
      .selected=${selected}
      .show=${this.#show}
      .ready=${this.#onReady}
      @llm-query-change=${this.#onChange}
      @llm-span-select=${select}
      @llm-search-close=${() => {
        this.#close();
        leave();
      }}
    ></llm-search-field>`;
  }

  readonly #onChange = ({ detail: { query } }: LlmQueryChangeEvent): void => {
    this.#view.query = query;
  };

  readonly #onReady = (): void => this.#focus();

  readonly #show = (found: SpanMatches | undefined): void => {
    if (!found && !this.#found) return;
    this.#found = found;
    this.#view.requestUpdate();
  };
}
