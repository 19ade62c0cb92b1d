import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { renderPages } from '../../internal/table-pages.js';
import { fieldName } from './token-card.js';
import type { JsonField } from './json-fields.js';
import { MEASURES } from './measures.js';
import type { TokenList } from './token-list.js';
import { cutText } from './token-rows.js';
import { measureText, percent } from './token-words.js';

const TABLE_PAGE = 200;
const MOST_ALTERNATIVES = 5;
const LONGEST = 60;

/** The same as the coloured text, in rows: for who does not see it. */
export function renderTokenTable(
  list: TokenList,
  page: number,
  messages: Messages,
  goTo: (page: number) => void,
): TemplateResult {
  const { tokenView: words, locale } = messages;
  const measures = MEASURES.filter((measure) => measure.isIn(list));
  const first = page * TABLE_PAGE;
  const end = Math.min(list.count, first + TABLE_PAGE);
  const hasTop = list.internals.output?.top !== undefined;
  const cells = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  const likely = (cell: number): string =>
    list
      .alternativesOf(cell)
      .slice(0, MOST_ALTERNATIVES)
      .map(({ text, probability }) => `${cutText(text, LONGEST)} ${percent(probability, messages)}`)
      .join(', ');
  return html`<div class="box" tabindex="0" role="region" aria-label=${words.title}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">#</th>
            <th scope="col">${words.place}</th>
            ${measures.map(({ name }) => html`<th scope="col" class="number">${words.measures[name]}</th>`)}
            ${hasTop ? html`<th scope="col">${words.likely}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${cells.map(
            (cell) =>
              html`<tr>
                <td class="number">${formatNumber(list.tokensOf(cell)[0] + 1, locale)}</td>
                <td><span class="mono">${cutText(list.textOf(cell), LONGEST)}</span></td>
                ${measures.map((measure) => html`<td class="number">${measureText(measure, list, cell, messages)}</td>`)}
                ${hasTop ? html`<td><span class="mono">${likely(cell)}</span></td>` : nothing}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${renderPages(list.count, TABLE_PAGE, page, messages, goTo)}`;
}

/** How sure the model was of each value that it wrote into a tool call or an answer in JSON. */
export function renderFields(
  list: TokenList,
  fields: readonly JsonField[],
  messages: Messages,
  choose: (field: JsonField) => void,
): TemplateResult | typeof nothing {
  if (fields.length === 0 || !list.hasProbabilities) return nothing;
  const { tokenView: words } = messages;
  return html`<details class="fields" open>
    <summary>${words.fields}</summary>
    <div class="box">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.field}</th>
            <th scope="col">${words.value}</th>
            <th scope="col" class="number">${words.measures.probability}</th>
            <th scope="col">${words.weakest}</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map((field) => {
            const figures = list.figures(field.start, field.end);
            const weakest = weakestIn(list, field);
            return html`<tr>
              <td>
                <button type="button" @click=${() => choose(field)}>${fieldName(field)}</button>
              </td>
              <td><span class="mono">${cutText(field.value, LONGEST)}</span></td>
              <td class="number">${figures ? percent(Math.exp(figures.sum), messages) : words.notKnown}</td>
              <td>
                ${
                  weakest === undefined
                    ? nothing
                    : html`<span class="mono">${cutText(list.textOf(weakest), LONGEST)}</span>
                        ${percent(list.probabilityOf(weakest)!, messages)}`
                }
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

function weakestIn(list: TokenList, { start, end }: JsonField): number | undefined {
  let weakest: number | undefined;
  let least = Infinity;
  for (let cell = start; cell < end; cell++) {
    const value = list.logprobOf(cell) ?? Infinity;
    if (value < least) [weakest, least] = [cell, value];
  }
  return weakest;
}
