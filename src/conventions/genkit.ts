import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated } from './attribute-values.js';
import { asCount, kind, type Convention, type FactsRule, type OutlineFacts, type OutlineRule } from './convention.js';

/** The last step of a path such as `/{chatFlow,t:flow}/{googleai/gemini-flash,t:action,s:model}`: a model, or none. */
const modelOfPath: OutlineRule = {
  fact: 'model',
  rank: 6,
  read: (value) =>
    typeof value === 'string'
      ? /\{([^{},]+),t:action,s:(?:background-)?(?:model|embedder)\}$/.exec(value)?.[1]
      : undefined,
};

/** The counts in a model's response; `thoughtsTokens` are inside `outputTokens`, cached ones inside `inputTokens`. */
const usageOfResponse: FactsRule = {
  rank: 6,
  facts: (value) => {
    const response = jsonOrText(value);
    const usage = isRecord(response) ? response['usage'] : undefined;
    if (!isRecord(usage)) return {};
    return stated<OutlineFacts>({
      input: asCount(usage['inputTokens']),
      output: asCount(usage['outputTokens']),
      total: asCount(usage['totalTokens']),
      reasoning: asCount(usage['thoughtsTokens']),
      cacheRead: asCount(usage['cachedContentTokens']),
    });
  },
};

/** Firebase Genkit (firebase/genkit, js/core/src/tracing/ and js/ai/src/model-types.ts). */
export const genkit: Convention = {
  name: 'Genkit',
  outline: new Map<string, OutlineRule | FactsRule>([
    [
      'genkit:metadata:subtype',
      kind(3, {
        model: 'llm',
        'background-model': 'llm',
        embedder: 'embedding',
        tool: 'tool',
        'tool.v2': 'tool',
        retriever: 'retriever',
        reranker: 'reranker',
        evaluator: 'evaluator',
        prompt: 'prompt',
        'executable-prompt': 'prompt',
        flow: 'chain',
      }),
    ],
    ['genkit:type', kind(4, { flow: 'chain', flowstep: 'chain' })],
    ['genkit:path', modelOfPath],
    ['genkit:output', usageOfResponse],
  ]),
};
