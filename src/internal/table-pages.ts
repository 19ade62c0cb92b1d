import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/index.js';

/** The buttons below a table of which one page is shown, from 0; nothing where there is only one. */
export function renderPages(
  count: number,
  size: number,
  page: number,
  messages: Messages,
  goTo: (page: number) => void,
): TemplateResult | typeof nothing {
  if (count <= size) return nothing;
  const last = Math.min(count, (page + 1) * size);
  return html`<div class="pages">
    <button type="button" class="button" ?disabled=${page === 0} @click=${() => goTo(page - 1)}>
      ${messages.previousPage}
    </button>
    <span>${messages.pageOf(page * size + 1, last, count)}</span>
    <button type="button" class="button" ?disabled=${last >= count} @click=${() => goTo(page + 1)}>
      ${messages.nextPage}
    </button>
  </div>`;
}
