import { isFields, type Fields } from '../shape.js';
import { logprobOf, textOf, whole, type Alternative, type TokenEntry } from './token-columns.js';

const MOST_TOKENS = 500_000;

interface Candidate extends Alternative {
  rank: number | undefined;
}

/**
 * Probabilities of the prompt as vLLM gives them (vllm, `prompt_logprobs`): for each token but the first an object with the most
 * likely tokens and the one that was there, by id: `{logprob, rank, decoded_token}`. Which one was there is told by
 * `prompt_token_ids`, or by a rank beyond the others; an object of ids has no order in which the first could be it. Where it is not told
 * of every token, the prompt is left out, and that is said.
 */
export function promptTokens(response: Fields, choice: Fields): { prompt: TokenEntry[]; dropped: string[] } {
  const list = response['prompt_logprobs'] ?? choice['prompt_logprobs'];
  if (!Array.isArray(list) || list.length > MOST_TOKENS) return { prompt: [], dropped: [] };
  const ids: unknown = response['prompt_token_ids'] ?? choice['prompt_token_ids'];
  const prompt: TokenEntry[] = [];
  for (const [at, place] of (list as unknown[]).entries()) {
    const id = Array.isArray(ids) ? whole(ids[at]) : undefined;
    // Nothing comes before the first token: it has no probability.
    const entry = isFields(place) ? tokenAt(place, id) : at === 0 ? { text: '', id } : undefined;
    if (!entry) return { prompt: [], dropped: ['prompt'] };
    prompt.push(entry);
  }
  return { prompt, dropped: [] };
}

function tokenAt(place: Fields, id: number | undefined): TokenEntry | undefined {
  const candidates = Object.entries(place).flatMap(([key, value]): Candidate[] => {
    const logprob = isFields(value) ? logprobOf(value['logprob']) : undefined;
    if (logprob === undefined) return [];
    const { decoded_token: text, rank } = value as Fields;
    return [{ text: textOf(text), id: whole(Number(key)), logprob, rank: whole(rank) }];
  });
  const isOnly = candidates.length === 1;
  const there =
    id === undefined
      ? candidates.find(({ rank }) => isOnly || (rank !== undefined && rank > candidates.length))
      : candidates.find((one) => one.id === id);
  if (!there) return undefined;
  const top = candidates
    .filter(({ rank }) => rank === undefined || rank <= candidates.length)
    .sort((one, other) => other.logprob - one.logprob)
    .map(({ text, id: other, logprob }) => ({ text, id: other, logprob }));
  return { text: there.text, id: there.id, logprob: there.logprob, rank: there.rank, top };
}
