import {
  bytesOf,
  entriesOf,
  logprobOf,
  rankAmong,
  textOf,
  whole,
  type Alternative,
  type TokenEntry,
} from './token-columns.js';
import type { Fields } from '../shape.js';

/** vLLM's word for a token where ids are asked for (`return_tokens_as_token_ids`). */
const TOKEN_ID = /^token_id:(\d+)$/;

/** The id that a token is named by, or that stands beside it. */
const idOf = (entry: Fields): number | undefined => {
  const named = TOKEN_ID.exec(textOf(entry['token']));
  return named ? whole(Number(named[1])) : whole(entry['id']);
};

/**
 * A list of tokens as OpenAI writes them (openai/openai-openapi, ChatCompletionTokenLogprob); Ollama, vLLM, WebLLM, wllama and
 * llama.cpp (which adds `id`) write the same.
 */
export function openAiTokens(value: unknown): TokenEntry[] {
  return entriesOf(value).map((entry) => {
    const text = textOf(entry['token']);
    const logprob = logprobOf(entry['logprob']);
    const top = alternatives(entry['top_logprobs']);
    return {
      text,
      id: idOf(entry),
      bytes: bytesOf(entry['bytes']),
      logprob,
      top,
      rank: top && rankAmong(top, text, logprob),
    };
  });
}

function alternatives(value: unknown): Alternative[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return entriesOf(value).flatMap((entry) => {
    const logprob = logprobOf(entry['logprob']);
    return logprob === undefined ? [] : [{ text: textOf(entry['token']), id: idOf(entry), logprob }];
  });
}

/** Whether a value is such a list. */
export const areOpenAiTokens = (value: unknown): boolean => {
  const [first] = entriesOf(value);
  return first !== undefined && typeof first['token'] === 'string' && typeof first['logprob'] === 'number';
};
