import { html, nothing, type TemplateResult } from 'lit';
import type { MeasuredBy } from '../../analysis/stages/index.js';
import { formatDuration, formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Lanes } from './lanes.js';

/** What everything that is rendered needs. */
export interface StageContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** The word for a stage; one that is not known is shown as it is written. */
export function stageName({ messages, settings }: StageContext, stage: string): TemplateResult | string {
  return messages.stageView.stages.get(stage) ?? (revealed(settings.readable(stage)) || '–');
}

/** Who took the times, in a word. */
export const renderClock = ({ messages: { stageView } }: StageContext, by: MeasuredBy): TemplateResult =>
  html`<span class="clock ${by}" title=${stageView.measuredByHint[by]}>${stageView.measuredBy[by]}</span>`;

/** A lane for each stage; what is drawn is also there as words. */
export function renderLanes(
  context: StageContext,
  { lanes, start, end, more }: Lanes,
): TemplateResult | typeof nothing {
  if (lanes.length === 0) return nothing;
  const { messages } = context;
  const time = (ms: number): string => formatDuration(ms, messages.locale);
  return html`<ul class="lanes" part="lanes" aria-label=${messages.stageView.title}>
      ${lanes.map(
        ({ stage, count, total, first, pieces }) =>
          html`<li class="lane" data-stage=${messages.stageView.stages.has(stage) ? stage : ''}>
            <span class="name">${stageName(context, stage)}</span>
            <span class="track" aria-hidden="true"
              >${pieces.map(
                (piece) =>
                  html`<span
                    class="piece"
                    .style=${`--start: ${piece.start}; --length: ${piece.end - piece.start}`}
                  ></span>`,
              )}</span
            >
            <span class="length"
              >${time(total)}${count > 1 ? html` <span class="muted">× ${formatNumber(count, messages.locale)}</span>` : nothing}<span
                class="visually-hidden"
                >, ${messages.stageView.start} ${time(first - Math.min(0, start))}</span
              ></span
            >
          </li>`,
      )}
    </ul>
    <div class="axis" aria-hidden="true"><span>${time(start)}</span><span>${time(end)}</span></div>
    ${more ? html`<p class="quiet">${messages.moreNotShown(more)}</p>` : nothing}`;
}
