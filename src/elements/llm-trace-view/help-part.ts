import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { html } from '../../internal/tight-html.js';
import type { LaterElements } from './later-elements.js';
import type { Tool } from './tool-button.js';
import { renderPartFailed } from './trace-views.js';

/** The list of keys of a view, once it is wanted: it is loaded then. */
export class HelpPart implements Tool {
  readonly #host: ReactiveControllerHost;
  readonly #later: LaterElements;
  isOn = false;

  constructor(host: ReactiveControllerHost, later: LaterElements) {
    this.#host = host;
    this.#later = later;
  }

  #show(isOpen: boolean): void {
    this.isOn = isOpen;
    this.#host.requestUpdate();
  }

  press(): void {
    this.#show(true);
  }

  renderSheet(messages: FirstMessages): TemplateResult | typeof nothing {
    if (!this.isOn) return nothing;
    const isReady = this.#later.want('llm-help-sheet');
    if (this.#later.hasFailed('llm-help-sheet')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-help-sheet .messages=${messages} @llm-help-close=${() => this.#show(false)}></llm-help-sheet>`;
  }
}
