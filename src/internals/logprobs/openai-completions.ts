import { isFields } from '../shape.js';
import type { LogprobShape } from './logprob-shape.js';
import { entriesOf, logprobOf, rankAmong, textOf, whole, type Alternative, type TokenEntry } from './token-columns.js';
import { promptTokens } from './vllm-prompt.js';

const MOST_TOKENS = 500_000;
const TOKEN_ID = /^token_id:(\d+)$/;

/**
 * OpenAI's older completions (openai/openai-openapi, CreateCompletionResponse): columns `tokens`, `token_logprobs`, `top_logprobs`
 * (objects of token and logarithm). vLLM writes the same.
 */
export const openAiCompletionLogprobs: LogprobShape = {
  name: 'OpenAI completions',
  read(response) {
    const choices = entriesOf(response['choices']);
    const columns = choices[0]?.['logprobs'];
    if (!isFields(columns) || !Array.isArray(columns['tokens'])) return undefined;
    const logprobs = listOf(columns['token_logprobs']);
    const tops = listOf(columns['top_logprobs']);
    const output = listOf(columns['tokens'])
      .slice(0, MOST_TOKENS)
      .map((token, at): TokenEntry => {
        const text = textOf(token);
        const logprob = logprobOf(logprobs[at]);
        const top = alternatives(tops[at]);
        const named = TOKEN_ID.exec(text);
        return {
          text,
          ...(named && { id: whole(Number(named[1])) }),
          logprob,
          top,
          rank: top && rankAmong(top, text, logprob),
        };
      });
    if (output.length === 0) return undefined;
    const { prompt, dropped } = promptTokens(response, choices[0]!);
    return { dist: 'unknown', output, prompt, dropped: [...dropped, ...(choices.length > 1 ? ['other choices'] : [])] };
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function alternatives(value: unknown): Alternative[] | undefined {
  if (!isFields(value)) return undefined;
  return Object.entries(value)
    .flatMap(([text, held]) => {
      const logprob = logprobOf(held);
      return logprob === undefined ? [] : [{ text, id: undefined, logprob }];
    })
    .sort((one, other) => other.logprob - one.logprob);
}
