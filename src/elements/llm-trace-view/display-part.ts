import { nothing, type TemplateResult } from 'lit';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { TraceViewName } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { MenuButton } from './menu-button.js';
import { renderPartFailed } from './trace-views.js';
import { canBeArranged } from './view-tabs.js';

/** The menu of how spans are shown, once it is wanted: it is loaded then. */
export class DisplayPart {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  readonly button: MenuButton;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
    this.button = new MenuButton(view, 'display');
  }

  renderMenu(shown: TraceViewName, trace: Trace): TemplateResult | typeof nothing {
    if (!this.button.isOn || !canBeArranged(shown)) return nothing;
    const { messages, settings, noise, grouped, scale, layout } = this.#view;
    const isReady = this.#later.want('llm-display-menu');
    if (this.#later.hasFailed('llm-display-menu')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-display-menu
      .messages=${messages}
      .settings=${settings}
      .trace=${trace}
      .noise=${noise}
      .display=${{ grouped, scale, layout }}
      .view=${shown}
      @llm-display-close=${this.button.onClose}
    ></llm-display-menu>`;
  }
}
