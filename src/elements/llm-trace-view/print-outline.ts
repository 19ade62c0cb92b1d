import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { formatCost, formatDuration, formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { Printing } from '../../internal/printing.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';

/** Spans that are printed: some forty pages. */
const MOST_ROWS = 2000;
/** Levels that are set in; deeper ones would leave no room for names. */
const MOST_LEVELS = 24;

/** The tree keeps the rows in sight only, paper has room for all. */
export class PrintOutline {
  readonly #printing: Printing;

  constructor(host: ReactiveControllerHost) {
    this.#printing = new Printing(host);
  }

  /** The spans as a table, while they are printed. */
  render(trace: Trace, messages: Messages, settings: ViewSettings): TemplateResult | typeof nothing {
    if (!this.#printing.isOn) return nothing;
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
}

function row(trace: Trace, position: number, messages: Messages, settings: ViewSettings): TemplateResult {
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
