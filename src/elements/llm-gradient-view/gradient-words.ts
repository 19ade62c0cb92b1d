import { html, nothing, type TemplateResult } from 'lit';
import {
  flaggedRows,
  FLAGGED_STATES,
  GRADIENT_STATES,
  stateCode,
  type GradientTable,
} from '../../analysis/gradients/index.js';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { coursesOf } from './course-lines.js';
import { formatMagnitude } from './magnitude.js';

/** What everything that is rendered needs. */
export interface GradientContext {
  readonly messages: Messages;
  readonly settings: ViewSettings;
}

/** Rows whose names are told. */
const MOST_NAMED = 4;

/** The name of a row, as it may be shown. */
export const rowName = ({ messages, settings }: GradientContext, table: GradientTable, row: number): string =>
  table.isGlobal ? messages.gradientView.allLayers : revealedText(settings.readable(table.rows[row]!.name)) || '–';

/** What a step is called: its number in the training. */
export const stepName = ({ messages }: GradientContext, table: GradientTable, at: number): string =>
  formatNumber(table.steps[at]!, messages.locale);

/** All that is drawn, in a few sentences. */
export function sentenceOf(context: GradientContext, table: GradientTable): string {
  const { messages } = context;
  const words = messages.gradientView;
  const figure = (value: number): string => formatMagnitude(value, messages.locale);
  const { rows, steps } = table;
  const told = [table.isGlobal ? words.extentGlobal(steps.length) : words.extent(steps.length, rows.length)];
  let least = Infinity;
  let greatest = -Infinity;
  for (const row of rows) {
    least = Math.min(least, row.least ?? Infinity);
    greatest = Math.max(greatest, row.greatest ?? -Infinity);
  }
  if (least <= greatest) told.push(words.norms(words.metrics[table.metric], figure(least), figure(greatest)));
  const flagged = flaggedRows(table);
  for (const [state, found] of flagged) {
    const names = rows.length > 1 && found.length < rows.length ? found.slice(0, MOST_NAMED) : [];
    const shown = names.map((row) => rowName(context, table, rows.indexOf(row)));
    if (names.length < found.length && names.length > 0) shown.push('…');
    told.push(words.flagged(words.states[state], found.length, rows.length, shown));
  }
  if (flagged.size === 0 && least <= greatest) told.push(words.healthy);
  for (const { name, values } of coursesOf(table, messages)) {
    const first = values.find((value) => !Number.isNaN(value));
    // The last one counts, also where it is no number.
    if (first !== undefined) told.push(words.course(name, figure(first), figure(values.at(-1)!)));
  }
  return told.join(' ');
}

/** One cell: its layer, its step, its norm, how it stands and by which rule, and what else is told of the step. */
export function cellText(context: GradientContext, table: GradientTable, row: number, at: number): string {
  const { messages } = context;
  const words = messages.gradientView;
  const figure = (value: number): string => formatMagnitude(value, messages.locale);
  const place = row * table.steps.length + at;
  const state = GRADIENT_STATES[table.states[place]!]!;
  const value = table.values[place]!;
  const parts = [rowName(context, table, row), words.step(stepName(context, table, at))];
  if (state === 'missing') parts.push(words.states.missing);
  else parts.push(figure(value));
  if (state !== 'missing' && state !== 'normal') {
    parts.push(table.isStated ? words.states[state] : `${words.states[state]} (${ruleOf(context, table, state)})`);
  }
  for (const { name, values } of coursesOf(table, messages)) {
    if (!Number.isNaN(values[at]!)) parts.push(`${name} ${figure(values[at]!)}`);
  }
  return parts.join(' · ');
}

function ruleOf(
  { messages }: GradientContext,
  { rules, metric }: GradientTable,
  state: (typeof FLAGGED_STATES)[number],
): string {
  const { rules: words } = messages.gradientView;
  const figure = (value: number): string => formatMagnitude(value, messages.locale);
  switch (state) {
    case 'nan':
      return words.nan;
    case 'dead':
      return words.dead(rules.deadSteps);
    case 'vanishing':
      return words.vanishing(figure(rules.vanishingRatio));
    case 'exploding': {
      const norm = metric === 'update_ratio' ? undefined : figure(rules.explodingNorm);
      return words.exploding(norm, figure(rules.explodingFactor));
    }
  }
}

/** What the patterns mean, each with its rule. */
export function renderStates(context: GradientContext, table: GradientTable): TemplateResult {
  const words = context.messages.gradientView;
  const hasMissing = table.rows.some(({ counts }) => counts[stateCode('missing')]! > 0);
  return html`<ul class="states">
      ${FLAGGED_STATES.map(
        (state) =>
          html`<li>
            <span class="swatch ${state}" aria-hidden="true"></span>${words.states[state]}<span class="muted"
              >${table.isStated && state !== 'nan' ? nothing : `: ${ruleOf(context, table, state)}`}</span
            >
          </li>`,
      )}
      ${
        hasMissing
          ? html`<li><span class="swatch missing" aria-hidden="true"></span>${words.states.missing}</li>`
          : nothing
      }
    </ul>
    <p class="quiet">
      ${table.isStated ? words.stated : words.howRead} ${table.isGlobal ? words.layersNotCaptured : ''}
    </p>`;
}
