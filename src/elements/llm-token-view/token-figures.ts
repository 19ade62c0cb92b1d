import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { isUncertain, type Measure } from './measures.js';
import type { TokenList } from './token-list.js';
import { decimals, scaleTexts } from './token-words.js';

/** How many tokens there are, and how likely the output was as a whole. */
export function renderFigures(list: TokenList, measure: Measure | undefined, messages: Messages): TemplateResult {
  const { tokenView: words } = messages;
  const { tokenCount, dist, internals, outputFigures: figures } = list;
  const promptTokens = internals.tokens?.split ?? 0;
  const outputTokens = tokenCount - promptTokens;
  const figure = (name: string, value: number): TemplateResult =>
    html`<span>${name} <b>${decimals(value, messages)}</b></span>`;
  const dropped = internals.capture?.dropped ?? [];
  return html`<p class="figures">
    ${promptTokens > 0 ? html`<span>${words.promptTokens(promptTokens)}</span>` : nothing}
    <span>${words.outputTokens(outputTokens)}</span>
    ${figures && figures.known < outputTokens ? html`<span>${words.knownFor(figures.known)}</span>` : nothing}
    ${
      figures
        ? [
            figure(words.sum, figures.sum),
            figure(words.mean, figures.mean),
            figure(words.perplexity, figures.perplexity),
          ]
        : nothing
    }
    ${measure ? html`<span>${words.uncertain(uncertainIn(list, measure))}</span>` : nothing}
    ${measure ? html`<span title=${words.distHint[dist]}>${words.dist[dist]}</span>` : nothing}
    ${measure?.name === 'entropy' && list.isEntropyEstimated ? html`<span>${words.entropyEstimated}</span>` : nothing}
    ${dropped.length ? html`<span>${words.dropped(dropped.join(', '))}</span>` : nothing}
  </p>`;
}

/** Counted once for each list and measure: it goes through all tokens. */
const counted = new WeakMap<TokenList, Map<Measure, number>>();

function uncertainIn(list: TokenList, measure: Measure): number {
  const known = counted.get(list) ?? new Map<Measure, number>();
  counted.set(list, known);
  let count = known.get(measure);
  if (count === undefined) {
    count = 0;
    for (let cell = list.split; cell < list.count; cell++) if (isUncertain(measure, list, cell)) count++;
    known.set(measure, count);
  }
  return count;
}

/** What the colours and the lines mean. */
export const renderScale = (measure: Measure, messages: Messages): TemplateResult =>
  html`<ol class="legend" aria-label=${messages.tokenView.scale}>
    ${scaleTexts(measure, messages).map((text, step) => html`<li class=${`sample step-${step}`}>${text}</li>`)}
  </ol>`;
