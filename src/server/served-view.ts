import { html, nothing, type TemplateResult } from 'lit';
import type { PriceSource } from '../analysis/index.js';
import { figuresOfTrace } from '../elements/llm-metric-summary/figures-of-trace.js';
import { metricsOf, type Metric } from '../elements/llm-metric-summary/metrics.js';
import { barOf } from '../elements/llm-span-tree/bar.js';
import { MOST_INDENTS } from '../elements/llm-span-tree/span-row.js';
import { barWords, figuresOf, firstTokenOf } from '../elements/llm-span-tree/span-words.js';
import { formatMoment, formatNumber, type Messages } from '../i18n/index.js';
import { aboutSpan } from '../internal/about-span.js';
import { revealed, revealedText } from '../internal/hidden-characters.js';
import { errorIcon, kindIcon } from '../internal/first-icons.js';
import { text } from '../internal/text.js';
import { TimeScale } from '../internal/time-scale.js';
import { ViewSettings } from '../internal/view-settings.js';
import type { Span, SpanKind, Trace } from '../model/index.js';

/** What is served of a trace, and in which words. */
export interface ServedLook {
  readonly messages: Messages;
  readonly prices: PriceSource | undefined;
  /** How many rows. */
  readonly rows: number;
  /** Parts that are not wanted (`hide`). */
  readonly hidden: ReadonlySet<string>;
}

/** Nothing is masked here: what is to be masked was, before. */
const settings = new ViewSettings();

/**
 * A trace as it is served: name, summary and the first rows of the tree, by the same rules and words as the elements show them, as a
 * list and a table. The rows of the tree itself are made by hand for the room that there is, which no server knows.
 */
export function renderServed(trace: Trace, look: ServedLook): TemplateResult {
  const { messages, hidden } = look;
  return html`<div class="served" lang=${messages.locale}>
    ${hidden.has('toolbar') ? nothing : renderTitle(trace, messages)}
    ${hidden.has('summary') ? nothing : renderSummary(trace, look)}
    <div class="rows" role="region" tabindex="0" aria-label=${revealedText(text(trace.name))}>
      ${renderRows(trace, look)}
    </div>
  </div>`;
}

function renderTitle(trace: Trace, messages: Messages): TemplateResult {
  const moment = trace.start && `${formatMoment(trace.start, messages)} ${messages.timeZone ?? ''}`;
  return html`<div class="title">
    <h2>${revealed(text(trace.name))}</h2>
    <small>${trace.isRunning ? messages.running : nothing} ${moment || nothing}</small>
  </div>`;
}

function renderSummary(trace: Trace, { messages, prices }: ServedLook): TemplateResult {
  const figures = figuresOfTrace(trace, prices);
  const metrics = metricsOf(figures, { trace, messages, settings, runningFor: undefined }, () => undefined);
  return html`<ul class="summary" aria-label=${messages.summaryLabel}>
    ${metrics.map(renderMetric)}
    <li class="kinds">${Array.from(figures.summary.kinds, ([kind, count]) => renderKind(kind, count, messages))}</li>
  </ul>`;
}

const renderMetric = ({ label, value, note, isBad }: Metric): TemplateResult =>
  html`<li>
    <small>${label}</small> <b class=${isBad ? 'bad' : ''}>${value}</b> ${
      note ? html`<span class="note">${revealed(note)}</span>` : nothing
    }
  </li>`;

const renderKind = (kind: SpanKind, count: number, messages: Messages): TemplateResult =>
  html`<span class="kind" data-kind=${kind} title=${messages.kindCount(count, kind)}>
    ${kindIcon(kind)}<span aria-hidden="true">${formatNumber(count, messages.locale)}</span
    ><span class="unseen">${messages.kindCount(count, kind)}</span>
  </span>`;

function renderRows(trace: Trace, { messages, rows }: ServedLook): TemplateResult {
  const total = trace.spans.length;
  const shown = Math.min(total, Math.max(0, rows));
  const scale = new TimeScale(trace.startTime, trace.duration);
  const positions = Array.from({ length: shown }, (_, position) => position);
  return html`<table>
      <thead>
        <tr>
          <th scope="col">${messages.columnSpan}</th>
          <th scope="col">${messages.columnTime}</th>
          <th scope="col">${messages.columnTokens}</th>
          <th scope="col">${messages.columnCost}</th>
          <th scope="col" class="lane">${messages.columnTimeline}</th>
        </tr>
      </thead>
      <tbody>
        ${positions.map((position) => renderRow(trace.spanAt(position), scale, messages))}
      </tbody>
    </table>
    ${shown < total ? html`<p>${messages.share.printedPart(shown, total)}</p>` : nothing}`;
}

function renderRow(span: Span, scale: TimeScale, messages: Messages): TemplateResult {
  const { time, tokens, cost } = figuresOf(span, messages);
  const about = text(aboutSpan(span));
  const bar = barOf(span, scale);
  const isFailed = span.status === 'error';
  return html`<tr data-kind=${span.kind} class=${isFailed ? 'failed' : ''}>
    <th scope="row" data-depth=${Math.min(span.depth, MOST_INDENTS)}>
      <span class="unseen">${messages.levels(span.depth + 1)}, ${messages.kinds[span.kind]}:</span>
      ${kindIcon(span.kind)}
      ${isFailed ? html`${errorIcon()}<span class="unseen">${messages.errorMark}:</span>` : nothing}
      <bdi>${revealed(text(span.name))}</bdi> ${about ? html`<bdi class="about">${revealed(about)}</bdi>` : nothing}
    </th>
    <td>${time}</td>
    <td>${tokens}</td>
    <td>${cost}</td>
    <td class="lane">
      <span class="unseen">${barWords(span, firstTokenOf(span, messages), messages)}</span>
      ${
        bar
          ? html`<svg aria-hidden="true">
              <rect x=${`${bar.left}%`} width=${`${bar.width}%`} height="10" rx="2"></rect>
            </svg>`
          : nothing
      }
    </td>
  </tr>`;
}
