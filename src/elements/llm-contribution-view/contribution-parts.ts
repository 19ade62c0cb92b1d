import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, type Messages } from '../../i18n/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { renderPages } from '../../internal/table-pages.js';
import { beginning } from '../../internal/text.js';
import { cutText } from '../llm-token-view/token-rows.js';
import { percent } from '../llm-token-view/token-words.js';
import { endOf } from './output-tokens.js';
import { stepOf, strongest, sumOfSizes, type Contributions, type InputPart } from './contributions.js';

/** Parts of the input that are in the page at once. */
export const INPUT_PAGE = 1000;
const TABLE_PAGE = 100;
const MOST_BARS = 8;
const LONGEST_WORD = 40;
const LONGEST_PART = 400;
const LONGEST_NAME = 80;

/** A method with what it says of the chosen output. */
export interface ShownMethod {
  readonly contributions: Contributions;
  readonly parts: readonly InputPart[];
  readonly scores: Float64Array;
}

export interface PartTexts {
  textOf(part: InputPart): string;
}

export const methodName = ({ of }: Contributions): string => revealedText(beginning(of.method, LONGEST_NAME));

/** A score with its sign, where signs mean something. */
export function scoreText(
  score: number | undefined,
  { of }: Contributions,
  { locale, contributionView }: Messages,
): string {
  if (score === undefined || Number.isNaN(score)) return contributionView.notKnown;
  const text = formatNumber(Number(score.toPrecision(3)), locale);
  return of.signed && score > 0 ? `+${text}` : text;
}

export const shortText = (text: string): string => cutText(text, LONGEST_WORD);

/** The heat: the parts of the input as a text, the stronger, the darker and the heavier the line below. */
export function renderHeat(
  { contributions, parts, scores }: ShownMethod,
  { textOf }: PartTexts,
  { index, page, active }: { index: number; page: number; active: number | undefined },
  messages: Messages,
): TemplateResult {
  const { contributionView: words } = messages;
  const first = page * INPUT_PAGE;
  const shown = parts.slice(first, first + INPUT_PAGE);
  const strongestSize = Math.abs(strongest(scores, 1)[0]?.score ?? 0);
  const { signed, baseline } = contributions.of;
  const options = shown.map((part, place) => {
    const at = first + place;
    const score = scores[at]!;
    const step = Number.isNaN(score) ? 0 : stepOf(score, strongestSize);
    const text = textOf(part);
    const shownText = cutText(text, LONGEST_PART);
    const classes = ['part', step === 0 ? '' : `${score < 0 ? 'against' : 'for'}-${step}`];
    if (at === active) classes.push('active');
    return html`<span
        class=${classes.join(' ')}
        role="option"
        aria-selected="false"
        id=${`input-${index}-${at}`}
        data-input=${at}
        aria-setsize=${parts.length}
        aria-posinset=${at + 1}
        aria-label=${`${shownText}: ${scoreText(score, contributions, messages)}`}
        >${shownText}</span
      >${endOf(text)}`;
  });
  return html`<section>
    <h4 id=${`method-${index}`}>${words.inputs}: ${methodName(contributions)}</h4>
    <p class="quiet">
      ${signed ? words.signed : words.unsigned}${
        baseline === undefined ? '' : `; ${words.baseline(revealedText(beginning(baseline, LONGEST_NAME)))}`
      }
    </p>
    <div
      class="text inputs"
      role="listbox"
      tabindex="0"
      data-method=${index}
      aria-labelledby=${`method-${index}`}
      aria-activedescendant=${active === undefined ? nothing : `input-${index}-${active}`}
    >
      <span class="flow" role="presentation">${options}</span>
    </div>
  </section>`;
}

/** What is strongest, and one part that a person looks at. */
export function renderCard(
  { contributions, parts, scores }: ShownMethod,
  { textOf }: PartTexts,
  active: number | undefined,
  messages: Messages,
): TemplateResult {
  const { contributionView: words, attentionView } = messages;
  const list = strongest(scores, MOST_BARS);
  const greatest = Math.abs(list[0]?.score ?? 0) || 1;
  const whole = sumOfSizes(scores);
  const nameOf = (at: number): string => attentionView.tokenAt(shortText(textOf(parts[at]!)), at + 1);
  return html`${
      active === undefined || !parts[active]
        ? nothing
        : html`<dl class="facts">
            <dt>${words.input}</dt>
            <dd>${nameOf(active)}</dd>
            <dt>${words.score}</dt>
            <dd><b>${scoreText(scores[active], contributions, messages)}</b></dd>
            ${
              whole > 0 && !Number.isNaN(scores[active])
                ? html`<dt>${words.share}</dt>
                    <dd>${percent(Math.abs(scores[active]!) / whole, messages)}</dd>`
                : nothing
            }
          </dl>`
    }
    <h4 id="strongest">${words.strongest}</h4>
    <ol class="likely" aria-labelledby="strongest">
      ${list.map(
        ({ at, score }) =>
          html`<li>
            <span class="words">${nameOf(at)}</span>
            <span class="track" aria-hidden="true"
              ><span
                class=${score < 0 ? 'bar against' : 'bar for'}
                .style=${`--share: ${Math.abs(score) / greatest}`}
              ></span
            ></span>
            <span class="number">${scoreText(score, contributions, messages)}</span>
          </li>`,
      )}
    </ol>`;
}

/** The same as the heat, in rows: a column a method. */
export function renderScoreTable(
  methods: readonly ShownMethod[],
  { textOf }: PartTexts,
  page: number,
  messages: Messages,
  goTo: (page: number) => void,
): TemplateResult {
  const { contributionView: words, locale } = messages;
  const longest = methods.reduce(
    (most, method) => (method.parts.length > most.parts.length ? method : most),
    methods[0]!,
  );
  const wholes = methods.map(({ scores }) => sumOfSizes(scores));
  const rows = longest.parts.slice(page * TABLE_PAGE, (page + 1) * TABLE_PAGE);
  return html`<div class="box" tabindex="0" role="region" aria-label=${words.title}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">#</th>
            <th scope="col">${words.input}</th>
            ${methods.map(
              ({ contributions }) =>
                html`<th scope="col" class="number">${methodName(contributions)}</th>
                  <th scope="col" class="number">${words.share}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map((part, place) => {
            const at = page * TABLE_PAGE + place;
            return html`<tr>
              <td class="number">${formatNumber(at + 1, locale)}</td>
              <td><span class="mono">${shortText(textOf(part))}</span></td>
              ${methods.map(({ contributions, scores }, method) => {
                const score = scores[at];
                const share = Math.abs(score ?? NaN) / Math.max(wholes[method]!, Number.MIN_VALUE);
                return html`<td class="number">${scoreText(score, contributions, messages)}</td>
                  <td class="number">${Number.isNaN(share) ? '' : percent(share, messages)}</td>`;
              })}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${renderPages(longest.parts.length, TABLE_PAGE, page, messages, goTo)}`;
}
