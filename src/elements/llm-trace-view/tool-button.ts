import { nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { html } from '../../internal/tight-html.js';

/** What is behind a button of the toolbar. */
export interface Tool {
  /** Whether what it opens is open, or what it turns on is on. */
  readonly isOn: boolean;
  press(): void;
  /** What the button is called while it has more to say than its name. */
  title?(messages: FirstMessages): string;
}

/** The buttons of the toolbar whose work is loaded after the first paint. */
export type ToolName = 'problems' | 'findings' | 'search' | 'path' | 'display' | 'chosen' | 'share' | 'help';

/** What a button of the toolbar says of itself. */
export interface ToolButton {
  name: string;
  label: string;
  title?: string;
  icon: TemplateResult;
  /** What it opens; `toggle` for what it turns on. */
  opens?: 'menu' | 'dialog' | 'field' | 'toggle' | undefined;
  isOn?: boolean | undefined;
  press: () => void;
}

export const renderToolButton = ({
  name,
  label,
  title,
  icon,
  opens,
  isOn = false,
  press,
}: ToolButton): TemplateResult =>
  html`<button
    type="button"
    class="icon-button ${name}-button"
    aria-label=${label}
    title=${title ?? label}
    aria-haspopup=${opens === 'menu' || opens === 'dialog' ? opens : nothing}
    aria-expanded=${opens && opens !== 'toggle' ? String(isOn) : nothing}
    aria-pressed=${opens === 'toggle' ? String(isOn) : nothing}
    @click=${press}
  >
    ${icon}
  </button>`;
