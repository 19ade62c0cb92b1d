import { count, duration, kind, model, text, type Convention, type OutlineRule } from './convention.js';

const KINDS = {
  agent: 'agent',
  workflow: 'chain',
  task: 'chain',
  llm: 'llm',
  tool: 'tool',
  embedding: 'embedding',
  retrieval: 'retriever',
} as const;

/**
 * The tags of Datadog's tracers for LLM libraries (DataDog/dd-trace-py, ddtrace/llmobs/_constants.py and the snapshots in
 * tests/snapshots). The LLM Observability product gets kind and content by another way; a trace has `_dd.llmobs.*` of it.
 * Tracers before 3.0 wrote content and usage of OpenAI as `openai.request.*` and `openai.response.*`.
 */
export const datadogApm: Convention = {
  name: 'Datadog APM',
  outline: new Map<string, OutlineRule>([
    ['_dd.llmobs.span_kind', kind(1, KINDS)],
    // dd-trace for JavaScript puts its own words where OpenTelemetry has others.
    ['gen_ai.operation.name', kind(3, KINDS)],
    ['gen_ai.usage.reasoning_output_tokens', count('reasoning', 4)],
    ['_dd.llmobs.model_name', model(2)],
    ['_dd.llmobs.model_provider', text('provider', 2)],
    ['openai.request.model', model(4)],
    ['vllm.request.model', model(4)],
    ['vllm.request.provider', text('provider', 4)],
    ['vllm.latency.ttft', duration(1000, 3)],
    // As OpenAI counts: cached tokens are inside the first, reasoning is inside the second.
    ['openai.response.usage.prompt_tokens', count('input', 4)],
    ['openai.response.usage.completion_tokens', count('output', 4)],
    ['openai.response.usage.total_tokens', count('total', 4)],
  ]),
};
