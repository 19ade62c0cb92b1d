import { html, nothing, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { formatCost, formatDuration, formatNumber } from '../../i18n/format.js';
import { revealed } from '../../internal/hidden-characters.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';

/** Spans that are printed: some forty pages. */
const MOST_ROWS = 2000;
/** Levels that are set in; deeper ones would leave no room for names. */
const MOST_LEVELS = 24;

/** The spans as a table, for paper: the tree keeps the rows in sight only, paper has room for all. */
export function renderPrintOutline(trace: Trace, messages: FirstMessages, settings: ViewSettings): TemplateResult {
  const total = trace.spans.length;
  const shown = Math.min(total, MOST_ROWS);
  const rows = Array.from({ length: shown }, (_, position) => row(trace, position, messages, settings));
  return html`<table class="printed">
      <thead>
        <tr>
          <th scope="col">${messages.columnSpan}</th>
          <th scope="col">${messages.columnTime}</th>
          <th scope="col">${messages.columnTokens}</th>
          <th scope="col">${messages.columnCost}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${shown < total ? html`<p class="printed">${messages.share.printedPart(shown, total)}</p>` : nothing}`;
}

function row(trace: Trace, position: number, messages: FirstMessages, settings: ViewSettings): TemplateResult {
  const span = trace.spanAt(position);
  const tokens = trace.rollUp.tokens[position]!;
  const cost = trace.rollUp.cost[position]!;
  const { locale } = messages;
  const kind = messages.kinds[span.kind] ?? span.kind;
  return html`<tr>
    <td .style=${`padding-inline-start: ${Math.min(span.depth, MOST_LEVELS)}em`}>
      ${span.status === 'error' ? html`<b>✕ ${messages.errorMark}</b> ` : nothing}${revealed(
        settings.readable(text(span.name)),
      )}
      <small>${kind}${span.model === undefined ? '' : `, ${settings.readable(text(span.model))}`}</small>
    </td>
    <td>${span.duration === undefined ? '' : formatDuration(span.duration, locale)}</td>
    <td>${Number.isNaN(tokens) ? '' : formatNumber(tokens, locale)}</td>
    <td>${Number.isNaN(cost) ? '' : formatCost(cost, locale)}</td>
  </tr>`;
}
