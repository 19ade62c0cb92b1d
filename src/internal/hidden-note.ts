import { css, html, nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../i18n/en-first.js';

/** How many spans are hidden, and a button that shows them again. Nothing where none is. */
export function renderHiddenNote(
  count: number,
  { display }: FirstMessages,
  showAll: () => void,
): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<div class="hidden-note" part="hidden-note">
    <span role="status">${display.hiddenSpans(count)}</span>
    <button type="button" class="link" @click=${showAll}>${display.showAll}</button>
  </div>`;
}

export const hiddenNoteStyles = css`
  .hidden-note {
    display: flex;
    flex: none;
    align-items: center;
    gap: 10px;
    box-sizing: border-box;
    height: 28px;
    padding-inline: 8px 12px;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    background: var(--_surface);
    border-block-start: 1px solid var(--_line);
  }
  .hidden-note .link {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
  @media print {
    .hidden-note .link {
      display: none;
    }
  }
`;
