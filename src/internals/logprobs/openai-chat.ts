import { isFields } from '../shape.js';
import type { LogprobShape } from './logprob-shape.js';
import { openAiTokens } from './openai-tokens.js';
import { entriesOf } from './token-columns.js';
import { promptTokens } from './vllm-prompt.js';

/**
 * OpenAI's chat completions (openai/openai-openapi, CreateChatCompletionResponse): `choices[].logprobs.content`, and `refusal` where
 * the model refused. OpenAI does not say whether temperature counts. vLLM adds `prompt_logprobs`.
 */
export const openAiChatLogprobs: LogprobShape = {
  name: 'OpenAI chat',
  read(response) {
    const choices = entriesOf(response['choices']);
    const logprobs = choices[0]?.['logprobs'];
    const output = isFields(logprobs)
      ? [...openAiTokens(logprobs['content']), ...openAiTokens(logprobs['refusal'])]
      : [];
    if (choices.length === 0) return undefined;
    const { prompt, dropped } = promptTokens(response, choices[0]!);
    if (output.length + prompt.length === 0) return undefined;
    return { dist: 'unknown', output, prompt, dropped: [...dropped, ...(choices.length > 1 ? ['other choices'] : [])] };
  },
};
