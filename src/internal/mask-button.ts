import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/index.js';
import { maskIcon } from './icons.js';
import type { ViewSettings } from './view-settings.js';

interface Look {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/**
 * While a person masks by hand, a button that masks all that something says, or shows it.
 *
 * @param value what it says
 * @param words what it is, in the words of a person: “message 3”
 */
export function maskButton(
  value: unknown,
  words: string,
  { messages, settings }: Look,
): TemplateResult | typeof nothing {
  if (!settings.isMasking) return nothing;
  const isMasked = settings.isMaskedWhole(value);
  const label = isMasked ? messages.share.reveal(words) : messages.share.mask(words);
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${label}
    @click=${() => settings.toggleMask(value)}
  >
    ${maskIcon(isMasked)}
  </button>`;
}
