import { html, nothing, type TemplateResult } from 'lit';
import { FLAGGED_STATES, stateCode, type GradientTable } from '../../analysis/gradients/index.js';
import { rowName, stepName, type GradientContext } from './gradient-words.js';
import { formatMagnitude } from './magnitude.js';

/** Rows of the table at the most. */
const MOST_ROWS = 500;

/** The map in words and figures: a row for each layer. */
export function renderNormTable(
  context: GradientContext,
  table: GradientTable,
  order: readonly number[],
): TemplateResult {
  const { messages } = context;
  const words = messages.gradientView;
  const figure = (value: number | undefined): string =>
    value === undefined ? '–' : formatMagnitude(value, messages.locale);
  const left = order.length - MOST_ROWS;
  return html`<div class="box">
      <table aria-label=${words.title}>
        <thead>
          <tr>
            <th scope="col">${words.layer}</th>
            ${[words.first, words.last, words.least, words.greatest].map(
              (name) => html`<th scope="col" class="number">${name}</th>`,
            )}
            <th scope="col">${words.oddSteps}</th>
          </tr>
        </thead>
        <tbody>
          ${order.slice(0, MOST_ROWS).map((place) => {
            const row = table.rows[place]!;
            const { first, last, least, greatest, greatestAt } = row;
            return html`<tr>
              <th scope="row">${rowName(context, table, place)}</th>
              <td class="number">${figure(first)}</td>
              <td class="number">${figure(last)}</td>
              <td class="number">${figure(least)}</td>
              <td class="number">
                ${
                  greatestAt === undefined
                    ? figure(greatest)
                    : words.greatestAt(figure(greatest), stepName(context, table, greatestAt))
                }
              </td>
              <td>${oddSteps(context, table, place)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="quiet">${messages.moreNotShown(left)}</p>` : nothing}`;
}

function oddSteps(context: GradientContext, table: GradientTable, place: number): string {
  const words = context.messages.gradientView;
  const { counts, firstAt, lastAt } = table.rows[place]!;
  return [...FLAGGED_STATES, 'missing' as const]
    .flatMap((state) => {
      const code = stateCode(state);
      const count = counts[code]!;
      if (count === 0) return [];
      const [from, to] = [stepName(context, table, firstAt[code]!), stepName(context, table, lastAt[code]!)];
      return [words.oddStep(words.states[state], count, from, to)];
    })
    .join(', ');
}
