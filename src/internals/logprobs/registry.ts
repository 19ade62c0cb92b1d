import { geminiLogprobs } from './gemini.js';
import { llamaCppLogprobs } from './llama-cpp.js';
import type { LogprobShape } from './logprob-shape.js';
import { openAiChatLogprobs } from './openai-chat.js';
import { openAiCompletionLogprobs } from './openai-completions.js';
import { openAiResponsesLogprobs } from './openai-responses.js';
import { plainLogprobs } from './plain-list.js';

/** Every shape that is read, the more telling ones first. */
export const logprobShapes: readonly LogprobShape[] = [
  openAiChatLogprobs,
  openAiCompletionLogprobs,
  openAiResponsesLogprobs,
  llamaCppLogprobs,
  geminiLogprobs,
  plainLogprobs,
];
