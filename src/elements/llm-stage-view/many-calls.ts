import { html, nothing, type TemplateResult } from 'lit';
import type { StageFigure, StageFigures } from '../../analysis/stages/index.js';
import { formatDuration, formatNumber } from '../../i18n/index.js';
import type { Span } from '../../model/index.js';
import { lanesOf } from './lanes.js';
import { renderClock, renderLanes, stageName, type StageContext } from './stage-parts.js';

/** Stages and latencies of many calls: when they ran, and how they are spread. */
export function renderMany(context: StageContext, figures: StageFigures, select: (span: Span) => void): TemplateResult {
  const { stageView: words } = context.messages;
  const { latencies, stages, moments, told, silent } = figures;
  return html`<p class="sentence">${words.calls(told, silent)}</p>
    ${moments.length ? renderLanes(context, lanesOf(moments)) : html`<p class="quiet">${words.noMoments}</p>`}
    ${renderSpread(context, words.spread, words.latency, latencies, ({ name }) => latencyName(context, name), select)}
    ${renderSpread(context, words.title, words.stage, stages, ({ name }) => stageName(context, name), select)}`;
}

function latencyName({ messages: { stageView: words } }: StageContext, name: string): TemplateResult {
  const latency = name as keyof typeof words.latencies;
  return html`<span title=${words.latencyHints[latency]}>${words.latencies[latency]}</span>`;
}

function renderSpread(
  context: StageContext,
  label: string,
  column: string,
  rows: readonly StageFigure[],
  nameOf: (row: StageFigure) => TemplateResult | string,
  select: (span: Span) => void,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const { stageView: words, locale } = context.messages;
  const time = (ms: number): string => formatDuration(ms, locale);
  return html`<div class="box" role="region" aria-label=${label} tabindex="0">
    <table part="table" aria-label=${label}>
      <thead>
        <tr>
          <th scope="col">${column}</th>
          <th scope="col">${words.clock}</th>
          <th scope="col" class="number">${words.count}</th>
          <th scope="col" class="number">${words.p50}</th>
          <th scope="col" class="number">${words.p90}</th>
          <th scope="col" class="number">${words.p99}</th>
          <th scope="col" class="number">${words.max}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${nameOf(row)}</th>
              <td>${renderClock(context, row.measuredBy)}</td>
              <td class="number">${formatNumber(row.count, locale)}</td>
              <td class="number">${time(row.p50)}</td>
              <td class="number">${time(row.p90)}</td>
              <td class="number">${time(row.p99)}</td>
              <td class="number">
                <button
                  type="button"
                  class="go"
                  aria-label=${`${time(row.max)}: ${words.toSlowest}`}
                  @click=${() => select(row.slowest)}
                >
                  ${time(row.max)}
                </button>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
