import type { Distribution } from '../internals.js';
import type { Fields } from '../shape.js';
import type { LogprobShape } from './logprob-shape.js';
import { areOpenAiTokens, openAiTokens } from './openai-tokens.js';
import { bytesOf, entriesOf, logprobOfShare, rankAmong, textOf, whole, type TokenEntry } from './token-columns.js';

/**
 * llama.cpp's own `/completion` (ggml-org/llama.cpp, tools/server): `completion_probabilities`, in three generations. Up to 2024
 * `{content, probs: [{tok_str, prob}]}`; since then `{id, token, bytes, logprob, top_logprobs}`, of the model as it is; with
 * `post_sampling_probs` `{…, prob, top_probs}`, after the samplers.
 */
export const llamaCppLogprobs: LogprobShape = {
  name: 'llama.cpp',
  read(response) {
    const list = entriesOf(response['completion_probabilities']);
    const [first] = list;
    if (!first) return undefined;
    if (areOpenAiTokens(list)) return { dist: 'raw', output: openAiTokens(list) };
    const [dist, names]: [Distribution, Names] = Array.isArray(first['probs']) ? ['unknown', OLD] : ['processed', NEW];
    return { dist, output: list.map((entry) => tokenOf(entry, names)) };
  },
};

/** What a generation calls things. */
interface Names {
  text: string;
  top: string;
  topText: string;
}
const OLD: Names = { text: 'content', top: 'probs', topText: 'tok_str' };
const NEW: Names = { text: 'token', top: 'top_probs', topText: 'token' };

function tokenOf(entry: Fields, names: Names): TokenEntry {
  const text = textOf(entry[names.text]);
  const top = entriesOf(entry[names.top]).flatMap((one) => {
    const logprob = logprobOfShare(one['prob']);
    return logprob === undefined ? [] : [{ text: textOf(one[names.topText]), id: whole(one['id']), logprob }];
  });
  // The oldest says how likely the token was only in the list of the most likely ones.
  const logprob = logprobOfShare(entry['prob']) ?? top.find((one) => one.text === text)?.logprob;
  return {
    text,
    id: whole(entry['id']),
    bytes: bytesOf(entry['bytes']),
    logprob,
    top,
    rank: rankAmong(top, text, logprob),
  };
}
