import { nothing, type TemplateResult } from 'lit';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { MenuButton } from './menu-button.js';
import { originalOf } from './share-original.js';
import type { Given } from './trace-sources.js';
import { renderPartFailed } from './trace-views.js';

/** The menu that a trace is shared with, once it is wanted: it is loaded then. */
export class SharePart {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  readonly button: MenuButton;
  #given: Given | undefined;
  /** Gives it once more, as it was read. */
  #original: (() => Promise<unknown>) | undefined;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
    this.button = new MenuButton(view, 'share');
  }

  /** @param given what the trace was read from */
  renderMenu(trace: Trace, given: Given | undefined): TemplateResult | typeof nothing {
    if (given !== this.#given) {
      this.#given = given;
      this.#original = given && originalOf(given);
    }
    if (!this.button.isOn) return nothing;
    const { messages, settings, traces, selected, theme, view, grouped, layout, scale, noise } = this.#view;
    const isReady = this.#later.want('llm-share-menu');
    if (this.#later.hasFailed('llm-share-menu')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-share-menu
      .messages=${messages}
      .settings=${settings}
      .traces=${traces}
      .trace=${trace}
      .selected=${selected}
      .original=${this.#original}
      .viewTheme=${theme}
      .drawing=${{ view, grouped, layout, scale, noise }}
      @llm-share-close=${this.button.onClose}
    ></llm-share-menu>`;
  }
}
