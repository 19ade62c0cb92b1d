import type { SpanKind } from '../model/index.js';
import { count, duration, model, tags, text, type Convention, type OutlineRule } from './convention.js';

/** The outer span of a call is a chain: it may hold several calls of the model, and repeats their sums. */
const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['ai.generateText', 'chain'],
  ['ai.streamText', 'chain'],
  ['ai.generateObject', 'chain'],
  ['ai.streamObject', 'chain'],
  ['ai.embed', 'chain'],
  ['ai.embedMany', 'chain'],
  ['ai.rerank', 'chain'],
  ['ai.generateText.doGenerate', 'llm'],
  ['ai.streamText.doStream', 'llm'],
  ['ai.generateObject.doGenerate', 'llm'],
  ['ai.streamObject.doStream', 'llm'],
  ['ai.embed.doEmbed', 'embedding'],
  ['ai.embedMany.doEmbed', 'embedding'],
  ['ai.rerank.doRerank', 'reranker'],
  ['ai.toolCall', 'tool'],
]);

/** `operation.name` and the names of old spans have the function's id behind the operation. */
const kindOfName = (name: string): SpanKind | undefined => KINDS.get(name.split(' ', 1)[0]!);

const kindOfOperation: OutlineRule = {
  fact: 'kind',
  rank: 3,
  read: (value) => (typeof value === 'string' ? kindOfName(value) : undefined),
};

/**
 * The Vercel AI SDK (vercel/ai, content/docs/03-ai-sdk-core/60-telemetry.mdx, packages/otel/src/legacy-open-telemetry.ts
 * and …/supplemental-attributes.ts). Version 7 writes OpenTelemetry's GenAI attributes by default. Token counts include
 * their parts: cached tokens are inside the input, reasoning inside the output.
 */
export const aiSdkSpans: Convention = {
  name: 'AI SDK',
  outline: new Map<string, OutlineRule>([
    ['ai.operationId', kindOfOperation],
    ['operation.name', kindOfOperation],
    ['ai.toolCall.name', text('label', 1)],
    ['ai.telemetry.functionId', text('label', 4)],
    ['ai.response.model', model(2)],
    ['ai.model.id', model(4)],
    ['ai.model.provider', text('provider', 4)],
    // Version 4.
    ['ai.usage.promptTokens', count('input', 6)],
    ['ai.usage.completionTokens', count('output', 6)],
    // Versions 5 and 6.
    ['ai.usage.inputTokens', count('input', 5)],
    ['ai.usage.outputTokens', count('output', 5)],
    ['ai.usage.totalTokens', count('total', 5)],
    ['ai.usage.cachedInputTokens', count('cacheRead', 6)],
    ['ai.usage.reasoningTokens', count('reasoning', 6)],
    // Versions 6 and 7.
    ['ai.usage.inputTokenDetails.cacheReadTokens', count('cacheRead', 5)],
    ['ai.usage.inputTokenDetails.cacheWriteTokens', count('cacheWrite', 5)],
    ['ai.usage.outputTokenDetails.reasoningTokens', count('reasoning', 5)],
    // Embeddings.
    ['ai.usage.tokens', count('input', 7)],
    ['ai.response.msToFirstChunk', duration(1, 2)],
    ['ai.telemetry.metadata.sessionId', text('sessionId', 4)],
    ['ai.telemetry.metadata.userId', text('userId', 4)],
    ['ai.telemetry.metadata.tags', tags(4)],
  ]),
  kindOfName,
};
