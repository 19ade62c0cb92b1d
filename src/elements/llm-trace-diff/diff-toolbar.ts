import { html, nothing, type TemplateResult } from 'lit';
import { SPAN_CHANGES, type PriceSource, type TraceDiff } from '../../analysis/index.js';
import { formatMoment, formatNumber, type Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { nextIcon, previousIcon } from '../../internal/icons.js';
import { text } from '../../internal/text.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Trace } from '../../model/index.js';
import { MARKS } from './diff-row.js';
import { costsOf, differenceText, figureText, type Figure, type Sides } from './figures.js';

interface ToolbarOptions {
  readonly messages: Messages;
  readonly settings: ViewSettings;
  readonly prices: PriceSource | undefined;
  readonly onlyChanges: boolean;
  showOnlyChanges(isOnly: boolean): void;
  goToChange(by: 1 | -1): void;
}

/** What is compared, the sums of both, how many changes there are, and the way through them. */
export function renderToolbar(diff: TraceDiff, options: ToolbarOptions): TemplateResult {
  const { messages, onlyChanges, showOnlyChanges } = options;
  const { before, after } = diff;
  const sums: readonly [Figure, string, Sides][] = [
    ['time', messages.duration, { before: before.duration, after: after.duration }],
    ['tokens', messages.tokens, { before: before.usage?.total, after: after.usage?.total }],
    ['cost', messages.cost, costsOf(before, after, options.prices)],
  ];
  const isNamedSame = before.name === after.name;
  return html`<div class="toolbar" part="toolbar">
    <dl class="sums">
      <div class="names">
        <dt>${messages.diff.before}</dt>
        <dd class="trace">${titleOf(before, isNamedSame, options)}</dd>
        <dt>${messages.diff.after}</dt>
        <dd class="trace">${titleOf(after, isNamedSame, options)}</dd>
      </div>
      ${sums.map(([figure, name, sides]) => renderSum(figure, name, sides, messages))}
      <div>
        <dt>${messages.diff.changeCount(diff.changeCount)}</dt>
        <dd>
          ${SPAN_CHANGES.filter((change) => diff.count(change) > 0).map(
            (change) =>
              html`<span class="count" data-change=${change}
                ><span class="mark" aria-hidden="true">${MARKS[change]}</span>
                ${formatNumber(diff.count(change), messages.locale)} ${messages.diff.changes[change]}</span
              >`,
          )}
        </dd>
      </div>
    </dl>
    <div class="buttons">
      <label
        ><input
          type="checkbox"
          .checked=${onlyChanges}
          @change=${(event: Event) => showOnlyChanges((event.target as HTMLInputElement).checked)}
        />
        ${messages.diff.onlyChanges}</label
      >
      ${renderStep(messages.diff.previousChange, previousIcon(), -1, diff, options)}
      ${renderStep(messages.diff.nextChange, nextIcon(), 1, diff, options)}
    </div>
  </div>`;
}

/** The name of a trace; of two that are called the same, when it began. */
function titleOf({ name, start }: Trace, hasMoment: boolean, { messages, settings }: ToolbarOptions): TemplateResult {
  const title = revealed(settings.readable(text(name)) || messages.noName);
  const moment = hasMoment && start > 0 ? formatMoment(start, messages) : '';
  return html`${title}${moment ? html` <span class="muted">${moment}</span>` : nothing}`;
}

function renderSum(figure: Figure, name: string, sides: Sides, messages: Messages): TemplateResult | typeof nothing {
  if (sides.before === undefined && sides.after === undefined) return nothing;
  const written = (side: 'before' | 'after'): string => figureText(figure, side, sides, messages) || '–';
  return html`<div>
    <dt>${name}</dt>
    <dd>${written('before')} → ${written('after')} <strong>${differenceText(figure, sides, messages)}</strong></dd>
  </div>`;
}

function renderStep(
  label: string,
  icon: TemplateResult,
  by: 1 | -1,
  diff: TraceDiff,
  { goToChange }: ToolbarOptions,
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${label}
    ?disabled=${diff.changeCount === 0}
    @click=${() => goToChange(by)}
  >
    ${icon}
  </button>`;
}
