import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import type { InternalsOutput, InternalsProblem } from '../../internals/index.js';
import { revealedText } from '../../internal/hidden-characters.js';
import { beginning } from '../../internal/text.js';
import type { TokenizedText } from './tokenized-text.js';
import { decimals } from './token-words.js';

/** How calls ask for the probabilities of tokens. */
const HOW_TO: readonly (readonly [api: string, code: string])[] = [
  ['OpenAI, vLLM, llama.cpp, Ollama, WebLLM', 'logprobs: true, top_logprobs: 5'],
  ['OpenAI Responses', "include: ['message.output_text.logprobs'], top_logprobs: 5"],
  ['Gemini', 'responseLogprobs: true, logprobs: 5'],
  ['llama.cpp /completion', 'n_probs: 5'],
];
const MOST_PROBLEMS = 10;
const LONGEST = 300;

/** Where there are no tokens: that they were not captured, and what captures them. */
export function renderEmpty(messages: Messages, tokenized: TokenizedText): TemplateResult {
  const { tokenView: words } = messages;
  if (tokenized.isWorking) return html`<p class="note" role="status">${words.tokenizing}</p>`;
  return html`${
      tokenized.failure === undefined
        ? nothing
        : html`<p class="note wrong">${words.tokenizerFailed(revealedText(beginning(tokenized.failure, LONGEST)))}</p>`
    }
    <p class="note">${words.notCaptured} ${words.howTo}</p>
    <ul class="how">
      ${HOW_TO.map(([api, code]) => html`<li>${api}: <code>${code}</code></li>`)}
    </ul>`;
}

/** What a provider says of all tokens where it says nothing of each. */
export function renderStatedMean(
  output: InternalsOutput | undefined,
  messages: Messages,
): TemplateResult | typeof nothing {
  if (output?.mean === undefined) return nothing;
  const { tokenView: words } = messages;
  return html`<p class="note">${words.onlyMean}</p>
    <p class="figures">
      <span>${words.mean} <b>${decimals(output.mean, messages)}</b></span>
      <span>${words.perplexity} <b>${decimals(Math.exp(-output.mean), messages)}</b></span>
    </p>`;
}

/** What of the record was left out because it is not right. */
export function renderProblems(
  problems: readonly InternalsProblem[],
  messages: Messages,
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<p class="note wrong">
    ${messages.tokenView.problems}
    ${problems
      .slice(0, MOST_PROBLEMS)
      .map(({ message }) => revealedText(beginning(message, LONGEST)))
      .join('; ')}
  </p>`;
}
