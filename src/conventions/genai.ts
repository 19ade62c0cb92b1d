import { count, duration, kind, marks, model, text, type Convention } from './convention.js';

/**
 * OpenTelemetry's GenAI conventions (open-telemetry/semantic-conventions-genai, docs/gen-ai/gen-ai-spans.md and
 * docs/registry/attributes/gen-ai.md), with the names that its attributes had before. Token counts include their parts:
 * cached tokens are inside `input_tokens`, reasoning inside `output_tokens`. That is what `Usage` means as well.
 */
export const genAi: Convention = {
  name: 'OpenTelemetry GenAI',
  outline: new Map([
    [
      'gen_ai.operation.name',
      kind(2, {
        chat: 'llm',
        text_completion: 'llm',
        generate_content: 'llm',
        embeddings: 'embedding',
        retrieval: 'retriever',
        execute_tool: 'tool',
        invoke_agent: 'agent',
        create_agent: 'agent',
        plan: 'agent',
        invoke_workflow: 'chain',
        // AI SDK 7 and OpenLLMetry; not in the registry.
        rerank: 'reranker',
        execute_task: 'chain',
        llm_request: 'llm',
        vector_db_retrieve: 'retriever',
      }),
    ],
    ['gen_ai.tool.call.id', marks('tool', 5)],
    ['gen_ai.tool.name', text('label', 1)],
    ['gen_ai.agent.name', text('label', 2)],
    ['gen_ai.response.model', model(1)],
    ['gen_ai.request.model', model(3)],
    ['gen_ai.provider.name', text('provider', 1)],
    ['gen_ai.system', text('provider', 2)],
    ['gen_ai.usage.input_tokens', count('input', 1)],
    ['gen_ai.usage.prompt_tokens', count('input', 3)],
    ['gen_ai.usage.output_tokens', count('output', 1)],
    ['gen_ai.usage.completion_tokens', count('output', 3)],
    ['gen_ai.usage.total_tokens', count('total', 1)],
    ['gen_ai.usage.cache_read.input_tokens', count('cacheRead', 1)],
    ['gen_ai.usage.cache_read_input_tokens', count('cacheRead', 3)],
    ['gen_ai.usage.details.cache_read_tokens', count('cacheRead', 4)],
    ['gen_ai.usage.cache_creation.input_tokens', count('cacheWrite', 1)],
    ['gen_ai.usage.cache_creation_input_tokens', count('cacheWrite', 3)],
    ['gen_ai.usage.details.cache_write_tokens', count('cacheWrite', 4)],
    ['gen_ai.usage.reasoning.output_tokens', count('reasoning', 1)],
    ['gen_ai.usage.reasoning_tokens', count('reasoning', 3)],
    ['gen_ai.usage.details.reasoning_tokens', count('reasoning', 4)],
    ['gen_ai.usage.details.thoughts_tokens', count('reasoning', 4)],
    ['gen_ai.usage.audio.input_tokens', count('audioInput', 1)],
    ['gen_ai.usage.audio.output_tokens', count('audioOutput', 1)],
    // Not in the registry, but common.
    ['gen_ai.usage.cost', count('cost', 2)],
    ['gen_ai.response.time_to_first_chunk', duration(1000, 1)],
    // AI SDK 7 states the metric of this name on the span.
    ['gen_ai.client.operation.time_to_first_chunk', duration(1000, 2)],
    ['gen_ai.server.time_to_first_token', duration(1000, 3)],
    ['gen_ai.conversation.id', text('sessionId', 3)],
  ]),
};
