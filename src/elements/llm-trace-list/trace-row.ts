import { html, nothing, type TemplateResult } from 'lit';
import {
  formatCompact,
  formatCost,
  formatDuration,
  formatMoment,
  formatNumber,
  type Messages,
} from '../../i18n/index.js';
import { revealed, revealedText } from '../../internal/hidden-characters.js';
import { chevronIcon } from '../../internal/icons.js';
import type { StoredSummary } from '../../internal/stored-traces.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { totalTokens } from '../../model/index.js';
import type { ListRow, TraceGroup, TraceGrouping } from './trace-rows.js';

/** Milliseconds after which what says that it runs is shown as still: its page may have crashed. */
const PATIENCE = 10 * 60_000;

/** How a row is shown. */
export interface RowLook {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly groupBy: TraceGrouping | undefined;
  /** Place among all rows. */
  readonly index: number;
  /** Pixels. */
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isClosed: boolean;
  /** Whether it has just changed. */
  readonly isMarked: boolean;
}

/** A row of the list: a trace, or the line above a group of them. */
export function renderRow({ trace, group, place, count }: ListRow, look: RowLook): TemplateResult {
  const { index, top, isActive, isSelected, isMarked } = look;
  const classes = ['row', isActive && 'active', isMarked && 'marked', trace ? 'trace' : 'group'];
  const level = look.groupBy ? (trace ? 2 : 1) : nothing;
  return html`<div
    class=${classes.filter(Boolean).join(' ')}
    part=${trace ? 'trace' : 'group'}
    role="row"
    id="row-${index}"
    aria-rowindex=${index + 2}
    aria-level=${level}
    aria-posinset=${look.groupBy ? place : nothing}
    aria-setsize=${look.groupBy ? count : nothing}
    aria-expanded=${trace ? nothing : String(!look.isClosed)}
    aria-selected=${trace ? String(isSelected) : nothing}
    data-index=${index}
    data-trace-id=${trace ? text(trace.id) : nothing}
    .style=${`top: ${top}px`}
  >
    ${trace ? traceCells(trace, look) : groupCells(group!, look)}
  </div>`;
}

/** The words for a group. */
export function groupName({ name }: TraceGroup, { messages, settings, groupBy }: RowLook): string {
  return messages.traceGroup(groupBy!, name === undefined ? undefined : settings.readable(text(name)));
}

function groupCells(group: TraceGroup, look: RowLook): TemplateResult {
  const { messages } = look;
  const name = groupName(group, look);
  return html`<span role="rowheader" class="what" title=${revealedText(name)}>
      <span class="twisty">${chevronIcon()}</span><span class="name">${revealed(name)}</span>
      <span class="muted">${messages.traceCount(group.traces.length)}</span>
    </span>
    ${figures({ tokens: group.tokens, cost: group.cost, errorCount: group.errorCount, duration: '', moment: '' }, look)}`;
}

function traceCells(trace: StoredSummary, look: RowLook): TemplateResult {
  const { messages, settings } = look;
  const { locale } = messages;
  const isLive = trace.isRunning && Date.now() - trace.start - trace.duration < PATIENCE;
  const state = isLive ? 'running live' : trace.isRunning ? 'running' : trace.status === 'error' ? 'error' : '';
  const name = settings.readable(text(trace.name)) || messages.noName;
  const preview = trace.preview === undefined ? '' : settings.readable(text(trace.preview));
  return html`<span role="rowheader" class="what">
      <span class="dot ${state}"></span>
      <span class="line" title=${revealedText(name)}>
        <span class="name">${revealed(name)}</span>
        ${trace.isRunning ? html`<span class="muted">${messages.running}</span>` : nothing}
        ${
          trace.errorCount
            ? html`<span class="error-text if-narrow">${messages.errorCount(trace.errorCount)}</span>`
            : nothing
        }
      </span>
      ${preview ? html`<span class="preview" title=${revealedText(preview)}>${revealed(preview)}</span>` : nothing}
    </span>
    ${figures(
      {
        tokens: trace.usage && totalTokens(trace.usage),
        cost: trace.cost,
        errorCount: trace.errorCount,
        duration: trace.isRunning && !trace.duration ? '' : formatDuration(trace.duration, locale),
        moment: trace.start ? formatMoment(trace.start, messages) : '',
      },
      look,
    )}`;
}

interface Figures {
  tokens: number | undefined;
  cost: number | undefined;
  errorCount: number;
  duration: string;
  moment: string;
}

function figures({ tokens, cost, errorCount, duration, moment }: Figures, { messages }: RowLook): TemplateResult {
  const { locale } = messages;
  return html`<span role="gridcell" class="figure moment">${moment}</span>
    <span role="gridcell" class="figure duration">${duration}</span>
    <span role="gridcell" class="figure tokens">${tokens === undefined ? '' : formatCompact(tokens, locale)}</span>
    <span role="gridcell" class="figure cost">${cost === undefined ? '' : formatCost(cost, locale)}</span>
    <span role="gridcell" class="figure errors">
      ${
        errorCount
          ? html`<span class="error-text" title=${messages.errorCount(errorCount)}
              >${formatNumber(errorCount, locale)}</span
            >`
          : nothing
      }
    </span>`;
}
