import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { beginning } from '../../internal/text.js';
import { cutText } from '../llm-token-view/token-rows.js';
import { decimals, percent } from '../llm-token-view/token-words.js';
import { FIGURES, type AttentionHeads, type FigureName } from './attention-heads.js';
import { strongest, sumOfRow, type HeadPool, type Matrix } from './matrix.js';
import type { Pair } from './matrix-part.js';
import type { ShownMatrix } from './shown-matrix.js';

const MOST_BARS = 8;
const LONGEST_WORD = 30;
const LONGEST_NAME = 60;
const LONGEST_FAILURE = 300;

/** The tokens of the rows and columns, as a person reads them. */
export class AttentionTokens {
  readonly #texts: readonly string[];
  readonly #from: number;
  readonly #to: number;

  constructor(texts: readonly string[], { q, k }: AttentionHeads['of']) {
    this.#texts = texts;
    this.#from = q[0];
    this.#to = k[0];
  }

  /** Its place among the tokens of the call, from 0. */
  placeOfRow(row: number): number {
    return this.#from + row;
  }

  placeOfColumn(column: number): number {
    return this.#to + column;
  }

  row(row: number, longest = LONGEST_WORD): string {
    return this.#at(this.#from + row, longest);
  }

  column(column: number, longest = LONGEST_WORD): string {
    return this.#at(this.#to + column, longest);
  }

  #at(place: number, longest: number): string {
    const text = this.#texts[place];
    return text === undefined ? `#${place + 1}` : cutText(text, longest);
  }
}

/** What a figure of a head says, in its unit. */
export const figureText = (name: FigureName, value: number | undefined, messages: Messages): string =>
  value === undefined
    ? messages.tokenView.notKnown
    : name === 'entropy'
      ? decimals(value, messages)
      : percent(value, messages);

/** The figures that mean something: queries of another text have no token before them. */
export const figuresOf = (heads: AttentionHeads): readonly FigureName[] =>
  heads.of.type === 'cross' && !heads.of.summary?.prev ? FIGURES.filter((name) => name !== 'prev') : FIGURES;

export function headText(layer: number, head: number | HeadPool, { attentionView: words }: Messages): string {
  return typeof head === 'number'
    ? words.headName(layer, String(head))
    : `${words.layer} ${layer}, ${words.pools[head]}`;
}

export const valueText = (value: number | undefined, messages: Messages): string =>
  value === undefined || Number.isNaN(value) ? messages.tokenView.notKnown : percent(value, messages);

/** A pair and its value, in words. */
export function pairText(matrix: Matrix, tokens: AttentionTokens, { row, column }: Pair, messages: Messages): string {
  const value = valueText(matrix.values[row * matrix.columns + column], messages);
  return messages.attentionView.pair(tokens.row(row), tokens.column(column), value);
}

/** What a token looks at most, in words. */
export function looksText(matrix: Matrix, tokens: AttentionTokens, { row }: Pair, messages: Messages): string {
  const looks = strongest(matrix, row, 3).map(
    ({ column, value }) => `${tokens.column(column)} ${valueText(value, messages)}`,
  );
  return messages.attentionView.looksMost(tokens.row(row), looks);
}

/** What stands where there is no matrix. */
export function renderNoMatrix(
  heads: AttentionHeads,
  { isWorking, failure }: Pick<ShownMatrix, 'isWorking' | 'failure'>,
  { attentionView: words }: Messages,
): TemplateResult {
  if (isWorking) return html`<p class="note" role="status">${words.loading}</p>`;
  if (failure !== undefined) {
    return html`<p class="note wrong">${words.failed(revealedText(beginning(failure, LONGEST_FAILURE)))}</p>`;
  }
  return html`<p class="note">${heads.of.layers?.length ? words.headNotCaptured : words.onlySummary}</p>`;
}

/** A pair of tokens, and what the first one looks at most. */
export function renderPair(
  matrix: Matrix,
  tokens: AttentionTokens,
  { row, column }: Pair,
  messages: Messages,
): TemplateResult {
  const { attentionView: words } = messages;
  const value = matrix.values[row * matrix.columns + column];
  const looks = strongest(matrix, row, MOST_BARS);
  const whole = sumOfRow(matrix, row);
  const rest = Math.max(
    0,
    looks.reduce((left, look) => left - look.value, whole),
  );
  const greatest = Math.max(rest, looks[0]?.value ?? 0) || 1;
  const bar = (share: number): TemplateResult =>
    html`<span class="track" aria-hidden="true"
        ><span class="bar" .style=${`--share: ${share / greatest}`}></span
      ></span>
      <span class="number">${percent(share, messages)}</span>`;
  return html`<dl class="facts">
      <dt>${words.from}</dt>
      <dd>${words.tokenAt(tokens.row(row, LONGEST_NAME), tokens.placeOfRow(row) + 1)}</dd>
      <dt>${words.to}</dt>
      <dd>${words.tokenAt(tokens.column(column, LONGEST_NAME), tokens.placeOfColumn(column) + 1)}</dd>
      <dt>${words.value}</dt>
      <dd><b>${valueText(value, messages)}</b></dd>
    </dl>
    <h4 id="looks">${words.strongest}</h4>
    <ol class="likely" aria-labelledby="looks">
      ${looks.map(
        (look) =>
          html`<li class=${look.column === column ? 'chosen' : ''}>
            <span class="words"
              >${words.tokenAt(tokens.column(look.column), tokens.placeOfColumn(look.column) + 1)}</span
            >${bar(look.value)}
          </li>`,
      )}
      ${
        // What is left of eight bits a number is rounding.
        rest > whole / 256
          ? html`<li class="rest"><span class="words">${words.others}</span>${bar(rest)}</li>`
          : nothing
      }
    </ol>`;
}
