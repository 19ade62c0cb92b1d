import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../i18n/index.js';
import { revealed } from '../../internal/hidden-characters.js';
import { warningIcon } from '../../internal/first-icons.js';

/** Reasons that mean that the model said all that it wanted, in the words of the providers. */
const USUAL = new Set([
  'stop',
  'end',
  'eos',
  'eos_token',
  'end_turn',
  'stop_sequence',
  'complete',
  'completed',
  'done',
  'success',
  'finished', // prettier-ignore
  'tool_call',
  'tool_calls',
  'tool_use',
  'function_call',
  'function_calls',
]);

/** What an answer was cut off by, and what each provider calls that. */
const UNUSUAL: readonly [keyof Messages['finishNotes'], ReadonlySet<string>][] = [
  [
    'length',
    new Set([
      'length',
      'max_tokens',
      'max_output_tokens',
      'max_completion_tokens',
      'max_length',
      'incomplete', // prettier-ignore
      'model_length',
      'model_context_window_exceeded',
    ]),
  ],
  [
    'filter',
    new Set([
      'content_filter',
      'content_filtered',
      'guardrail_intervened',
      'safety',
      'image_safety',
      'recitation', // prettier-ignore
      'blocklist',
      'prohibited_content',
      'spii',
      'refusal',
    ]),
  ],
  ['error', new Set(['error', 'failed', 'malformed_function_call', 'cancelled', 'canceled', 'abort', 'aborted'])],
];

/**
 * Whether an answer ended as answers do, and what it means where it did not. The words are those of OpenAI, Anthropic,
 * Gemini, Bedrock, Mistral, Cohere and the AI SDK; a word that nobody knows is unusual, without a note.
 */
export function aboutFinish(reason: string, messages: Messages): { isUsual: boolean; note: string } {
  // `FinishReason.STOP`, `tool-calls`, `MAX_TOKENS`.
  const word = reason.toLowerCase().replace(/^.*\./, '').replaceAll('-', '_');
  if (USUAL.has(word)) return { isUsual: true, note: '' };
  const known = UNUSUAL.find(([, words]) => words.has(word));
  return { isUsual: false, note: known ? messages.finishNotes[known[0]] : '' };
}

export function renderFinish(reason: string, messages: Messages): TemplateResult {
  const { isUsual, note } = aboutFinish(reason, messages);
  const words = revealed(messages.finish(reason));
  if (isUsual) return html`<div class="finish">${words}</div>`;
  return html`<div class="finish unusual">
    ${warningIcon()}<span>${note ? html`<strong>${note}</strong> · ` : nothing}${words}</span>
  </div>`;
}
