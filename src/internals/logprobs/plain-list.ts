import { isFields } from '../shape.js';
import type { LogprobShape } from './logprob-shape.js';
import { areOpenAiTokens, openAiTokens } from './openai-tokens.js';

/**
 * The list of tokens by itself, as it is found under `logprobs` in what is around an answer: Ollama's responses, LangChain's
 * `response_metadata`, AI SDK's provider metadata.
 */
export const plainLogprobs: LogprobShape = {
  name: 'list of tokens',
  read({ logprobs }) {
    const list = isFields(logprobs) ? logprobs['content'] : logprobs;
    return areOpenAiTokens(list) ? { dist: 'unknown', output: openAiTokens(list) } : undefined;
  },
};
