import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { fitIcon, minusIcon, plusIcon } from '../../internal/icons.js';
import type { Flame } from './flame.js';

interface ZoomButtons {
  /** Whether all of the trace is seen. */
  readonly isAll: boolean;
  zoomIn(): void;
  zoomOut(): void;
  showAll(): void;
}

/** What wheel, pinch and keys do, for whoever has none of them. */
export function renderButtons(messages: Messages, { isAll, zoomIn, zoomOut, showAll }: ZoomButtons): TemplateResult {
  const button = (label: string, icon: TemplateResult, act: () => void, isIdle: boolean): TemplateResult =>
    html`<button type="button" class="icon-button" aria-label=${label} title=${label} ?disabled=${isIdle} @click=${act}>
      ${icon}
    </button>`;
  return html`<div class="buttons">
    ${button(messages.zoomOut, minusIcon(), zoomOut, isAll)} ${button(messages.zoomIn, plusIcon(), zoomIn, false)}
    ${button(messages.zoomAll, fitIcon(), showAll, isAll)}
  </div>`;
}

/** What the colours mean, and what is not drawn. */
export function renderLegend({ drawnKinds, errors, untimed }: Flame, messages: Messages): TemplateResult {
  return html`${drawnKinds.map(
    (kind) => html`<span class="kind" data-kind=${kind}><span class="swatch"></span>${messages.kinds[kind]!}</span>`,
  )}
  ${errors.length ? html`<span class="kind"><span class="swatch failed"></span>${messages.errorMark}</span>` : nothing}
  ${untimed ? html`<span class="untimed">${messages.timelineUntimed(untimed)}</span>` : nothing}`;
}
