import { html, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { renderPages } from '../../internal/table-pages.js';
import { percent } from '../llm-token-view/token-words.js';
import type { AttentionHeads } from './attention-heads.js';
import { figuresOf, figureText, type AttentionTokens } from './attention-parts.js';
import { strongest, type Matrix } from './matrix.js';

const TABLE_PAGE = 100;
const MOST_LOOKS = 5;

/** The same as the drawing, in rows: what each token looks at most. */
export function renderLooksTable(
  matrix: Matrix,
  tokens: AttentionTokens,
  page: number,
  messages: Messages,
  goTo: (page: number) => void,
): TemplateResult {
  const { attentionView: words, locale } = messages;
  return html`<div class="box" tabindex="0" role="region" aria-label=${words.strongest}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">#</th>
            <th scope="col">${words.from}</th>
            <th scope="col">${words.strongest}</th>
          </tr>
        </thead>
        <tbody>
          ${placesOf(page, matrix.rows).map((row) => {
            const looks = strongest(matrix, row, MOST_LOOKS);
            return html`<tr>
              <td class="number">${formatNumber(tokens.placeOfRow(row) + 1, locale)}</td>
              <td><span class="mono">${tokens.row(row)}</span></td>
              <td>
                <span class="mono"
                  >${looks.map(({ column, value }) => `${words.tokenAt(tokens.column(column), tokens.placeOfColumn(column) + 1)} ${percent(value, messages)}`).join(', ')}</span
                >
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${renderPages(matrix.rows, TABLE_PAGE, page, messages, goTo)}`;
}

/** The figures of the heads, in rows. */
export function renderHeadsTable(
  heads: AttentionHeads,
  page: number,
  messages: Messages,
  goTo: (page: number) => void,
): TemplateResult {
  const { attentionView: words } = messages;
  const names = figuresOf(heads);
  const each = heads.heads.length;
  const count = heads.layers.length * each;
  return html`<div class="box" tabindex="0" role="region" aria-label=${words.heads}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">${words.layer}</th>
            <th scope="col" class="number">${words.head}</th>
            ${names.map((name) => html`<th scope="col" class="number">${words.figures[name]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${placesOf(page, count).map((at) => {
            const layer = heads.layers[Math.floor(at / each)]!;
            const head = heads.heads[at % each]!;
            return html`<tr>
              <td class="number">${layer}</td>
              <td class="number">${head}</td>
              ${names.map((name) => html`<td class="number">${figureText(name, heads.figure(name, layer, head), messages)}</td>`)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${renderPages(count, TABLE_PAGE, page, messages, goTo)}`;
}

const placesOf = (page: number, count: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.min(TABLE_PAGE, count - page * TABLE_PAGE)) },
    (_, at) => page * TABLE_PAGE + at,
  );
