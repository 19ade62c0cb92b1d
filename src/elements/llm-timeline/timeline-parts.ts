import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { fitIcon, minusIcon, plusIcon } from '../../internal/icons.js';
import type { TimeRange } from '../../internal/flame-range.js';
import { LANE_HEIGHT, type FlameView } from './flame-view.js';
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
export function renderLegend(flame: Flame, messages: Messages): TemplateResult {
  const { drawnKinds, errors, untimed } = flame;
  const note = axisNote(flame, messages);
  return html`${drawnKinds.map(
    (kind) => html`<span class="kind" data-kind=${kind}><span class="swatch"></span>${messages.kinds[kind]!}</span>`,
  )}
  ${errors.length ? html`<span class="kind"><span class="swatch failed"></span>${messages.errorMark}</span>` : nothing}
  ${note ? html`<span class="note">${note}</span>` : nothing}
  ${untimed ? html`<span class="untimed">${messages.timelineUntimed(untimed)}</span>` : nothing}`;
}

/** What the axis is, where it is not the time as it passes. */
export function axisNote({ length, map }: Flame, { display }: Messages): string {
  if (length !== undefined) return display.icicleNote;
  if (!map) return '';
  return map.unit === undefined ? display.inOrder : display.idleCut(map.breaks.length);
}

/** A frame around a span that is drawn; nothing where it is out of sight. */
export function renderMark(
  name: 'hovered' | 'selected',
  box: TimeRange,
  lane: number,
  { range: { start, end }, size: { width, height }, scrolled }: FlameView,
): TemplateResult | typeof nothing {
  const placeOf = (at: number): number => Math.min(width + 9, Math.max(-9, ((at - start) / (end - start)) * width));
  const left = placeOf(box.start);
  const top = lane * LANE_HEIGHT - scrolled;
  if (box.end < start || box.start > end || top < -LANE_HEIGHT || top > height) return nothing;
  return html`<div
    class="mark ${name}"
    .style=${`--left: ${left}; --top: ${top}; --width: ${placeOf(box.end) - left}`}
  ></div>`;
}
