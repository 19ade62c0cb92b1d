import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration, formatNumber, type Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import type { JsonField } from './json-fields.js';
import { beginning } from '../../internal/text.js';
import { MEASURES } from './measures.js';
import type { TokenList } from './token-list.js';
import { cutText } from './token-rows.js';
import { decimals, measureText, percent } from './token-words.js';

/** Alternatives that are drawn; the others are counted. */
const MOST_BARS = 8;
const LONGEST_NAME = 200;
const LONGEST_WORD = 30;

/** What is known of one token: how likely it was, and what else was, with the share of all that is not listed. */
export function renderCard(
  list: TokenList,
  cell: number,
  fields: readonly JsonField[],
  messages: Messages,
): TemplateResult {
  const { tokenView: words, locale } = messages;
  const logprob = list.logprobOf(cell);
  const time = list.timeOf(cell);
  const ids = list.idsOf(cell);
  const [start, end] = list.tokensOf(cell);
  const bytes = end - start > 1 ? list.bytesOf(cell).flat() : [];
  const field = fields.find((one) => cell >= one.start && cell < one.end);
  const fact = (name: string, value: string): TemplateResult =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  return html`<h4>${cutText(list.textOf(cell), LONGEST_NAME)}</h4>
    <dl class="facts">
      ${fact(words.place, start + 1 === end ? formatNumber(end, locale) : `${formatNumber(start + 1, locale)}–${formatNumber(end, locale)}`)}
      ${MEASURES.filter((measure) => measure.isIn(list)).map((measure) =>
        fact(words.measures[measure.name], measureText(measure, list, cell, messages)),
      )}
      ${logprob === undefined ? nothing : fact(words.logprob, decimals(logprob, messages))}
      ${ids.length ? fact(words.id, ids.join(' ')) : nothing}
      ${bytes.length ? fact(words.bytes, bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')) : nothing}
      ${time === undefined ? nothing : fact(words.after, formatDuration(time, locale))}
      ${field ? fact(words.field, fieldName(field)) : nothing}
    </dl>
    ${renderLikely(list, cell, messages)}`;
}

/** A field with the tool that it is an argument of. */
export const fieldName = ({ tool, path }: JsonField): string =>
  revealedText(beginning(tool ? `${tool}: ${path}` : path, LONGEST_NAME));

function renderLikely(list: TokenList, cell: number, messages: Messages): TemplateResult | typeof nothing {
  const all = list.alternativesOf(cell);
  if (all.length === 0) return nothing;
  const { tokenView: words } = messages;
  const drawn = all.filter(({ isChosen }, at) => at < MOST_BARS || isChosen);
  const listed = all.reduce((sum, { probability }) => sum + probability, 0);
  const bar = (share: number): TemplateResult =>
    html`<span class="track" aria-hidden="true"><span class="bar" .style=${`--share: ${share}`}></span></span>
      <span class="number">${percent(share, messages)}</span>`;
  const rest = Math.max(0, 1 - listed);
  return html`<ol class="likely" aria-label=${words.likely}>
    ${drawn.map(
      ({ text, probability, isChosen }) =>
        html`<li class=${isChosen ? 'chosen' : ''}>
          <span class="words"
            >${cutText(text, LONGEST_WORD)}${isChosen ? html`<span class="visually-hidden">, ${words.chosen}</span>` : nothing}</span
          >${bar(Math.min(1, probability))}
        </li>`,
    )}
    ${all.length > drawn.length ? html`<li><span class="words">${words.moreLikely(all.length - drawn.length)}</span></li>` : nothing}
    <li class="rest"><span class="words">${words.others}</span>${bar(rest)}</li>
  </ol>`;
}
