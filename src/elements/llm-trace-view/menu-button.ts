import type { TemplateResult } from 'lit';
import { html } from '../../internal/tight-html.js';
import type { LlmTraceView } from './llm-trace-view.js';

/** A button of the toolbar that opens something, and is given the focus back when that is closed. */
export class MenuButton {
  readonly #view: LlmTraceView;
  /** Its class in the toolbar. */
  readonly #name: string;
  #isOpen = false;

  constructor(view: LlmTraceView, name: string) {
    this.#view = view;
    this.#name = name;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  render(label: string, popup: 'dialog' | 'menu', icon: TemplateResult): TemplateResult {
    return html`<button
      type="button"
      class=${`icon-button ${this.#name}`}
      aria-label=${label}
      title=${label}
      aria-haspopup=${popup}
      aria-expanded=${String(this.#isOpen)}
      @click=${() => this.#show(!this.#isOpen)}
    >
      ${icon}
    </button>`;
  }

  readonly onClose = (): void => {
    this.#show(false);
    this.#view.renderRoot.querySelector<HTMLElement>(`.${this.#name}`)?.focus();
  };

  #show(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#view.requestUpdate();
  }
}
