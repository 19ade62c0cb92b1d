import type { Message, Usage } from '../../model/index.js';
import { makeMessage, textMessage, turns } from '../../payloads/chat-message.js';
import { contentParts } from '../../payloads/content-part.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from '../../payloads/json-record.js';
import type { TimedValue } from './timed-values.js';

/** What a model of the AI SDK answered, whatever the version of its interface. */
export interface ModelAnswer {
  /** Parts, as the model gave them. */
  content: readonly unknown[];
  finishReason: string | undefined;
  usage: Usage | undefined;
  id: string | undefined;
  model: string | undefined;
  warnings: readonly unknown[];
  /** What went wrong, where the model told it in its answer. */
  error: unknown;
}

/** The names under which the AI SDK takes how a model is to be called. */
const PARAMETERS = [
  ...['maxOutputTokens', 'maxTokens', 'temperature', 'topP', 'topK', 'presencePenalty', 'frequencyPenalty'],
  ...['stopSequences', 'seed', 'reasoning', 'toolChoice', 'activeTools', 'responseFormat', 'schema'],
  ...['schemaName', 'schemaDescription', 'dimensions', 'topN', 'maxRetries', 'providerOptions'],
] as const;

/** How a call is to be made. */
export function parametersIn(call: JsonRecord): Readonly<Record<string, unknown>> | undefined {
  const given = PARAMETERS.filter((name) => isStated(call[name])).map((name) => [name, call[name]] as const);
  return given.length ? Object.fromEntries(given) : undefined;
}

const isStated = (value: unknown): boolean =>
  value !== undefined && value !== null && !(isRecord(value) && Object.keys(value).length === 0);

/** What a call asks, without how it is to be made. */
const QUESTIONS = ['instructions', 'system', 'prompt', 'messages', 'promptMessages', 'value', 'query', 'text'] as const;

export function questionIn(call: JsonRecord): Readonly<Record<string, unknown>> | undefined {
  const given = QUESTIONS.filter((name) => isStated(call[name])).map((name) => [name, call[name]] as const);
  return given.length ? Object.fromEntries(given) : undefined;
}

/** The conversation that a call asks to go on with. */
export function askedMessages({ instructions, system, prompt, messages, promptMessages }: JsonRecord): Message[] {
  return [instructions ?? system, prompt, messages ?? promptMessages].flatMap((said, at): Message[] => {
    if (said === undefined || said === null) return [];
    if (typeof said === 'string') return said === '' ? [] : [textMessage(at === 0 ? 'system' : 'user', 'input', said)];
    return turns(Array.isArray(said) ? said : [said], 'input');
  });
}

export const answeredMessage = ({ content, finishReason }: ModelAnswer): Message =>
  makeMessage('assistant', 'output', contentParts(content), { finishReason });

/** What a model gave at once: an answer of its `doGenerate`, or the event that tells of it. */
export function wholeAnswer(result: JsonRecord): ModelAnswer {
  const response = isRecord(result['response']) ? result['response'] : {};
  const { content, reasoning, toolCalls, warnings } = result;
  const text = firstText(result, 'text', 'objectText');
  // Version 4 keeps the parts apart, and so do events of objects.
  const parts: unknown[] = Array.isArray(content)
    ? content
    : [
        ...(typeof reasoning === 'string' && reasoning !== '' ? [{ type: 'reasoning', text: reasoning }] : []),
        ...(text === undefined ? [] : [{ type: 'text', text }]),
        ...recordsIn(toolCalls).map((call) => ({ ...call, type: 'tool-call' })),
      ];
  return {
    content: parts,
    finishReason: finishReasonOf(result['finishReason']),
    usage: aiSdkUsage(result['usage']),
    id: firstText(response, 'id') ?? firstText(result, 'responseId'),
    model: firstText(response, 'modelId'),
    warnings: Array.isArray(warnings) ? warnings : [],
    error: undefined,
  };
}

/** Versions 6 and later also state the provider's own word. */
const finishReasonOf = (reason: unknown): string | undefined => {
  const word = isRecord(reason) ? reason['unified'] : reason;
  return typeof word === 'string' ? word : undefined;
};

/** Parts of a stream that bring something of the answer, and where in them it is. */
const GROWING: ReadonlyMap<unknown, string> = new Map([
  ['text-delta', 'text'],
  ['reasoning-delta', 'reasoning'],
  // Version 4.
  ['reasoning', 'reasoning'],
]);

/** Parts of a stream that stand in the answer as they are. */
const WHOLE: ReadonlySet<unknown> = new Set(['tool-call', 'tool-result', 'file', 'reasoning-file', 'source']);

/** Whether a part of a stream brings something of the answer, for which somebody waits. */
export const isOutput = (part: unknown): boolean =>
  isRecord(part) &&
  (GROWING.has(part['type']) ? grown(part) !== '' : WHOLE.has(part['type']) || part['type'] === 'tool-input-delta');

const grown = (part: JsonRecord): string => firstText(part, 'delta', 'textDelta', 'text') ?? '';

/** What the parts of a stream make. */
export function streamedAnswer(values: readonly TimedValue[]): ModelAnswer {
  const content: unknown[] = [];
  const texts = new Map<string, { type: string; text: string }>();
  const answer: ModelAnswer = { ...wholeAnswer({ content }), content };
  for (const { value: part } of values) {
    if (!isRecord(part)) continue;
    const { type } = part;
    const growing = GROWING.get(type);
    if (growing !== undefined) {
      const key = `${growing} ${String(part['id'])}`;
      let text = texts.get(key);
      if (!text) {
        texts.set(key, (text = { type: growing, text: '' }));
        content.push(text);
      }
      text.text += grown(part);
    } else if (WHOLE.has(type)) content.push(part);
    else if (type === 'stream-start') answer.warnings = wholeAnswer(part).warnings;
    else if (type === 'response-metadata') {
      answer.id = firstText(part, 'id') ?? answer.id;
      answer.model = firstText(part, 'modelId') ?? answer.model;
    } else if (type === 'finish') {
      answer.finishReason = finishReasonOf(part['finishReason']);
      answer.usage = aiSdkUsage(part['usage']);
    } else if (type === 'error') answer.error = part['error'] ?? 'The stream tells of an error.';
  }
  return answer;
}

const tokens = (value: unknown, ...names: readonly string[]): number | undefined => {
  const found = isRecord(value) ? firstValue(value, ...names) : undefined;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
};

/**
 * Usage in each of the AI SDK's ways: `{inputTokens: {total, cacheRead}, …}` of models from version 6 on, the flat counts
 * of versions 4 and 5, those of events with `inputTokenDetails`, and the `tokens` of embeddings. Parts are inside totals.
 */
export function aiSdkUsage(counts: unknown): Usage | undefined {
  if (!isRecord(counts)) return undefined;
  const { inputTokens, outputTokens, inputTokenDetails, outputTokenDetails } = counts;
  const input = tokens(inputTokens, 'total') ?? tokens(counts, 'inputTokens', 'promptTokens', 'tokens');
  const output = tokens(outputTokens, 'total') ?? tokens(counts, 'outputTokens', 'completionTokens');
  const total =
    tokens(counts, 'totalTokens') ?? (input !== undefined && output !== undefined ? input + output : undefined);
  const usage: { [field in keyof Usage]: number | undefined } = {
    input,
    output,
    total,
    cacheRead:
      tokens(inputTokens, 'cacheRead') ??
      tokens(inputTokenDetails, 'cacheReadTokens') ??
      tokens(counts, 'cachedInputTokens'),
    cacheWrite: tokens(inputTokens, 'cacheWrite') ?? tokens(inputTokenDetails, 'cacheWriteTokens'),
    reasoning:
      tokens(outputTokens, 'reasoning') ??
      tokens(outputTokenDetails, 'reasoningTokens') ??
      tokens(counts, 'reasoningTokens'),
  };
  const known = Object.entries(usage).filter(([, count]) => count !== undefined);
  return known.length ? Object.fromEntries(known) : undefined;
}

/** Vectors are long and tell nobody anything: their length is kept. */
export function withoutVectors(vectors: unknown): unknown {
  if (!Array.isArray(vectors)) return undefined;
  return Array.isArray(vectors[0]) ? vectors.map(vectorText) : vectorText(vectors);
}

const vectorText = (vector: unknown): string => (Array.isArray(vector) ? `[${vector.length} numbers]` : '[no vector]');
