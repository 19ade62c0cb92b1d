import type { Tool, ToolName } from './tool-button.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** What a button of the toolbar opens, which gives the focus back to it when it is closed. */
export class MenuButton implements Tool {
  readonly #view: LlmTraceView;
  readonly #name: ToolName;
  #isOn = false;

  constructor(view: LlmTraceView, name: ToolName) {
    this.#view = view;
    this.#name = name;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  press(): void {
    this.#show(!this.#isOn);
  }

  readonly onClose = (): void => {
    this.#show(false);
    this.#view.renderRoot.querySelector<HTMLElement>(`.${this.#name}-button`)?.focus();
  };

  #show(isOn: boolean): void {
    this.#isOn = isOn;
    this.#view.requestUpdate();
  }
}
