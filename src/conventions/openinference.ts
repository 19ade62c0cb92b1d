import { count, kind, metadata, model, tags, text, type Convention } from './convention.js';

/**
 * OpenInference, the vocabulary of Arize Phoenix (Arize-ai/openinference, spec/semantic_conventions.md). Token counts
 * include their details: cached tokens are inside `prompt`, reasoning inside `completion`.
 */
export const openInference: Convention = {
  name: 'OpenInference',
  outline: new Map([
    [
      'openinference.span.kind',
      kind(1, {
        agent: 'agent',
        chain: 'chain',
        llm: 'llm',
        tool: 'tool',
        retriever: 'retriever',
        embedding: 'embedding',
        reranker: 'reranker',
        guardrail: 'guardrail',
        evaluator: 'evaluator',
        prompt: 'prompt',
      }),
    ],
    ['tool.name', text('label', 3)],
    ['agent.name', text('label', 3)],
    ['llm.response.model_name', model(1)],
    ['llm.model_name', model(2)],
    ['llm.request.model_name', model(3)],
    ['embedding.model_name', model(4)],
    ['reranker.model_name', model(4)],
    ['llm.provider', text('provider', 2)],
    ['llm.system', text('provider', 3)],
    ['llm.token_count.prompt', count('input', 2)],
    ['llm.token_count.completion', count('output', 2)],
    ['llm.token_count.total', count('total', 2)],
    ['llm.token_count.prompt_details.cache_read', count('cacheRead', 2)],
    ['llm.token_count.prompt_details.cache_write', count('cacheWrite', 2)],
    ['llm.token_count.prompt_details.audio', count('audioInput', 2)],
    ['llm.token_count.completion_details.reasoning', count('reasoning', 2)],
    ['llm.token_count.completion_details.audio', count('audioOutput', 2)],
    ['llm.cost.total', count('cost', 1)],
    ['llm.cost.prompt', count('inputCost', 1)],
    ['llm.cost.completion', count('outputCost', 1)],
    ['session.id', text('sessionId', 2)],
    ['user.id', text('userId', 2)],
    ['tag.tags', tags()],
    ['metadata', metadata()],
  ]),
};
