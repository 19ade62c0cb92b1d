import { isFields, type Fields } from '../shape.js';
import type { LogprobShape } from './logprob-shape.js';
import { entriesOf, finite, logprobOf, rankAmong, textOf, whole, type Alternative } from './token-columns.js';

/** What a field is called in JSON, and in what Python writes. */
const either = (fields: Fields, name: string, other: string): unknown => fields[name] ?? fields[other];

/**
 * Gemini (ai.google.dev/api/generate-content, LogprobsResult): `chosenCandidates` and, beside them, `topCandidates`; without
 * them the mean of all tokens, `avgLogprobs`.
 */
export const geminiLogprobs: LogprobShape = {
  name: 'Gemini',
  read(response) {
    const candidates = entriesOf(response['candidates']);
    const [first] = candidates;
    if (!first) return undefined;
    const mean = finite(either(first, 'avgLogprobs', 'avg_logprobs'));
    const result = either(first, 'logprobsResult', 'logprobs_result');
    const columns = isFields(result) ? result : {};
    const chosen = entriesOf(either(columns, 'chosenCandidates', 'chosen_candidates'));
    const tops = entriesOf(either(columns, 'topCandidates', 'top_candidates'));
    if (chosen.length === 0) return mean === undefined ? undefined : { dist: 'unknown', output: [], mean };
    const output = chosen.map((entry, at) => {
      const { text, id, logprob } = candidateOf(entry);
      const top = entriesOf(tops[at]?.['candidates']).flatMap((one): Alternative[] => {
        const known = candidateOf(one);
        return known.logprob === undefined ? [] : [{ ...known, logprob: known.logprob }];
      });
      return { text, id, logprob, top, rank: rankAmong(top, text, logprob) };
    });
    return { dist: 'unknown', output, dropped: candidates.length > 1 ? ['other candidates'] : [] };
  },
};

const candidateOf = (entry: Fields): { text: string; id: number | undefined; logprob: number | undefined } => ({
  text: textOf(entry['token']),
  id: whole(either(entry, 'tokenId', 'token_id')),
  logprob: logprobOf(either(entry, 'logProbability', 'log_probability')),
});
