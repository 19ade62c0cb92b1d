import type { Message, MessagePart, SpanKind, SpanMeaning, SpanRecord, TraceDocument } from '../model/index.js';
import { makeMessage, toolCalls } from '../payloads/chat-message.js';
import { contentParts } from '../payloads/content-part.js';
import { documentOf } from '../payloads/documents.js';
import { conversation } from '../payloads/index.js';
import { isRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import {
  firstOf,
  hasPrefix,
  ownTool,
  parametersOf,
  payloadOf,
  stated,
  textOf,
  unlessEmpty,
  type Attributes,
} from './attribute-values.js';
import { asNumber, count, duration, model, tags, text, type Convention, type OutlineRule } from './convention.js';

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
  meaning,
};

const PARAMETERS: ReadonlyMap<string, string> = new Map([['ai.prompt.toolChoice', 'toolChoice']]);

function meaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'ai.')) return {};
  // What the model was asked as it was sent, else as the application wrote it.
  const asked = conversation(attributes.get('ai.prompt.messages') ?? promptOf(attributes.get('ai.prompt')), 'input');
  const ranking = jsonItems(attributes.get('ai.ranking'));
  const embedded = jsonItems(firstOf(attributes, 'ai.values', 'ai.value')).map(documentOf);
  const tools = unlessEmpty(toolDefinitions(attributes.get('ai.prompt.tools')));
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'ai.toolCall.args', 'ai.toolCall.input'),
    output: payloadOf(attributes, 'ai.toolCall.result', 'ai.toolCall.output', 'ai.response.object', 'ai.result.object'),
    messages: unlessEmpty([...asked, ...answered(attributes)]),
    tools: tools ?? ownTool(attributes.get('ai.toolCall.name'), undefined),
    documents: unlessEmpty(ranking.length ? ranking.map(ranked) : embedded),
    inputDocuments: unlessEmpty(jsonItems(attributes.get('ai.documents')).map(documentOf)),
    parameters: parametersOf(attributes, PARAMETERS, 'ai.settings.'),
  });
}

/** The prompt attribute, or the text in it where that is all it holds. */
function promptOf(value: unknown): unknown {
  const prompt = jsonOrText(value);
  return isRecord(prompt) && Object.keys(prompt).length === 1 ? (prompt['prompt'] ?? prompt) : prompt;
}

/** The answer, which the span states in parts; version 3 called them `ai.result.*`. */
function answered(attributes: Attributes): Message[] {
  const reasoning = textOf(attributes, 'ai.response.reasoning');
  const said = textOf(attributes, 'ai.response.text', 'ai.result.text', 'ai.response.object', 'ai.result.object');
  const parts: MessagePart[] = [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning' as const, text: reasoning }]),
    ...(said === undefined ? [] : [{ type: 'text' as const, text: said }]),
    ...toolCalls({ tool_calls: jsonOrText(firstOf(attributes, 'ai.response.toolCalls', 'ai.result.toolCalls')) }),
    ...contentParts(jsonOrText(attributes.get('ai.response.files'))),
  ];
  const finishReason = textOf(attributes, 'ai.response.finishReason', 'ai.finishReason');
  return parts.length ? [makeMessage('assistant', 'output', parts, { finishReason })] : [];
}

/** The values of a list whose items are JSON texts, or of one such text. */
function jsonItems(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  const list = jsonOrText(value);
  return (Array.isArray(list) ? list : [list]).map((item: unknown) => {
    if (typeof item !== 'string') return item;
    try {
      return JSON.parse(item) as unknown;
    } catch {
      return item;
    }
  });
}

/** One place in a ranking: `{originalIndex, score, document}`. */
function ranked(value: unknown): TraceDocument {
  if (!isRecord(value)) return documentOf(value);
  const place = asNumber(value['originalIndex'] ?? value['index']);
  const document = documentOf(value);
  if (document.id === undefined && place !== undefined) document.id = String(place);
  return document;
}
