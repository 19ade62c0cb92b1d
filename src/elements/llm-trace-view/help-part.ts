import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { keysIcon } from '../../internal/icons.js';
import { html } from '../../internal/tight-html.js';
import type { LaterElements } from './later-elements.js';
import { renderPartFailed } from './trace-views.js';

/** Places in which a question mark is a letter. */
const TEXT_FIELDS = 'input, textarea, select, [contenteditable]';

/** The list of keys of a view: its button, its key, and the sheet once it is wanted, which is loaded then. */
export class HelpPart {
  readonly #host: ReactiveControllerHost;
  readonly #later: LaterElements;
  #isOpen = false;

  constructor(host: ReactiveControllerHost, later: LaterElements) {
    this.#host = host;
    this.#later = later;
  }

  #show(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#host.requestUpdate();
  }

  /** `?` opens the sheet: only where the focus is in the view, and not in a text. */
  onKeydown(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (key !== '?' || ctrlKey || metaKey || altKey || defaultPrevented) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.matches(TEXT_FIELDS)) return;
    event.preventDefault();
    this.#show(true);
  }

  renderButton({ help }: FirstMessages): TemplateResult {
    return html`<button
      type="button"
      class="icon-button help-button"
      aria-label=${help.title}
      title=${`${help.title} (?)`}
      aria-haspopup="dialog"
      @click=${() => this.#show(true)}
    >
      ${keysIcon()}
    </button>`;
  }

  renderSheet(messages: FirstMessages): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    const isReady = this.#later.want('llm-help-sheet');
    if (this.#later.hasFailed('llm-help-sheet')) return renderPartFailed(messages);
    if (!isReady) return nothing;
    return html`<llm-help-sheet .messages=${messages} @llm-help-close=${() => this.#show(false)}></llm-help-sheet>`;
  }
}
