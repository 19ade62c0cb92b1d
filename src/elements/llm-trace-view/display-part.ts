import { css, nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { displayIcon } from '../../internal/icons.js';
import { html } from '../../internal/tight-html.js';
import type { Trace } from '../../model/index.js';
import type { LlmDisplayChangeEvent, LlmNoiseChangeEvent, TraceViewName } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { LlmTraceView } from './llm-trace-view.js';
import { MenuButton } from './menu-button.js';
import { renderPartFailed } from './trace-views.js';
import { renderRoom } from './view-tabs.js';

/** The views for which there is something to choose. */
const VIEWS: ReadonlySet<TraceViewName> = new Set<TraceViewName>(['tree', 'timeline', 'steps', 'sequence', 'table']);

/** How spans are shown: the button of its menu, and the menu once it is wanted, which is loaded then. */
export class DisplayPart {
  readonly #view: LlmTraceView;
  readonly #later: LaterElements;
  readonly #button: MenuButton;

  constructor(view: LlmTraceView, later: LaterElements) {
    this.#view = view;
    this.#later = later;
    this.#button = new MenuButton(view, 'display-button');
  }

  renderButton(shown: TraceViewName, { display: { display } }: FirstMessages): TemplateResult {
    if (!VIEWS.has(shown)) return renderRoom(1);
    return this.#button.render(display, 'dialog', displayIcon());
  }

  renderMenu(shown: TraceViewName, trace: Trace): TemplateResult | typeof nothing {
    if (!this.#button.isOpen || !VIEWS.has(shown)) return nothing;
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
      @llm-display-close=${this.#button.onClose}
    ></llm-display-menu>`;
  }

  /** A person hid spans, or showed them again, wherever that can be done. */
  readonly onNoise = ({ detail: { noise } }: LlmNoiseChangeEvent): void => {
    this.#view.noise = noise;
  };

  readonly onDisplay = ({ detail: { grouped, scale, layout } }: LlmDisplayChangeEvent): void => {
    Object.assign(this.#view, { grouped, scale, layout });
  };
}

export const displayStyles = css`
  llm-display-menu {
    position: absolute;
    z-index: 5;
    inset-block-start: 44px;
    inset-inline-end: 8px;
    width: min(320px, 100% - 16px);
    max-height: calc(100% - 52px);
  }
`;
