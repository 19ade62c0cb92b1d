import type { LogprobShape } from './logprob-shape.js';
import { openAiTokens } from './openai-tokens.js';
import { entriesOf } from './token-columns.js';

/** OpenAI's responses (openai/openai-openapi, OutputTextContent): `output[].content[].logprobs`, one part of text after the other. */
export const openAiResponsesLogprobs: LogprobShape = {
  name: 'OpenAI responses',
  read(response) {
    const output = entriesOf(response['output'])
      .flatMap((item) => entriesOf(item['content']))
      .flatMap((part) => openAiTokens(part['logprobs']));
    return output.length ? { dist: 'unknown', output } : undefined;
  },
};
