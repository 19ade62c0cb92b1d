import type { Message, MessagePart } from '../model/index.js';
import { citationsIn, citeWhole } from './citations.js';
import { contentParts, toolCallOf, toolResultValue } from './content-part.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { mediaOf } from './media.js';

/** What a message may state beside its parts. */
interface Speaker {
  name?: string | undefined;
  finishReason?: string | undefined;
}

/** The role of a message that states none: models answer, and are asked by users. */
export const roleOf = (role: unknown, origin: Message['origin']): string =>
  typeof role === 'string' && role !== '' ? role : origin === 'input' ? 'user' : 'assistant';

export function makeMessage(
  role: string,
  origin: Message['origin'],
  parts: MessagePart[],
  speaker: Speaker = {},
): Message {
  const message: Message = { role, origin, parts };
  if (speaker.name !== undefined) message.name = speaker.name;
  if (speaker.finishReason !== undefined) message.finishReason = speaker.finishReason;
  return message;
}

export const textMessage = (role: string, origin: Message['origin'], text: string): Message =>
  makeMessage(role, origin, [{ type: 'text', text }]);

/** Whether a value is a turn as most providers write it: a role, and content, parts or calls. */
export const isChatMessage = (value: unknown): value is JsonRecord =>
  isRecord(value) &&
  typeof value['role'] === 'string' &&
  ['content', 'parts', 'tool_calls', 'function_call', 'refusal', 'audio'].some((key) => value[key] !== undefined);

/**
 * One turn: OpenAI's chat message, Anthropic's, AI SDK's or OpenTelemetry's. They differ in their parts and in where
 * calls, results and reasoning are, none of which stands in the way of the others.
 */
export function chatMessage(value: JsonRecord, origin: Message['origin']): Message {
  const role = value['role'] === 'function' ? 'tool' : roleOf(value['role'], origin);
  const content = value['parts'] ?? value['content'];
  const name = firstText(value, 'name');
  const callId = firstText(value, 'tool_call_id');
  let parts = contentParts(content);

  // OpenAI: the whole content of a tool message is the result. Other shapes have a part for it.
  if ((role === 'tool' || callId !== undefined) && !parts.some((part) => part.type === 'tool-result')) {
    parts = [
      {
        type: 'tool-result',
        result: toolResultValue(content),
        ...(callId !== undefined && { id: callId }),
        ...(name !== undefined && { name }),
      },
    ];
  }

  citeWhole(parts, citationsIn(value['annotations']));

  // Servers that are compatible with OpenAI's put what the model thought beside the content (DeepSeek, vLLM, OpenRouter).
  const thought = firstText(value, 'reasoning_content', 'reasoning');
  if (thought !== undefined) parts.unshift({ type: 'reasoning', text: thought });
  const refusal = firstText(value, 'refusal');
  if (refusal !== undefined) parts.push({ type: 'refusal', text: refusal });
  if (isRecord(value['audio'])) addSpeech(parts, value['audio']);
  for (const part of toolCalls(value)) parts.push(part);

  const finishReason = firstText(value, 'finish_reason', 'finishReason', 'stop_reason');
  return makeMessage(role, origin, parts, { name, finishReason });
}

/** The answer of an audio model: a recording, and what is said in it. */
function addSpeech(parts: MessagePart[], audio: JsonRecord): void {
  const transcript = firstText(audio, 'transcript');
  if (transcript !== undefined && parts.length === 0) parts.push({ type: 'text', text: transcript });
  const recording = mediaOf(audio, 'audio');
  if (recording) parts.push(recording);
}

/** The calls beside a message's content; a call that names no tool is kept as it came. */
export function toolCalls(value: JsonRecord): MessagePart[] {
  const calls = Array.isArray(value['tool_calls']) ? (value['tool_calls'] as unknown[]) : [];
  const legacy = firstValue(value, 'function_call');
  return [...calls, ...(legacy === undefined ? [] : [legacy])]
    .filter((call) => call !== null)
    .map((call) => (isRecord(call) ? toolCallOf(call) : undefined) ?? { type: 'other', value: call });
}

/** The turns of a list. What is no turn is kept as it came, in a turn of its own. */
export function turns(list: readonly unknown[], origin: Message['origin']): Message[] {
  return list
    .filter((item) => item !== null && item !== undefined)
    .map((item) =>
      isRecord(item) ? chatMessage(item, origin) : makeMessage(roleOf(undefined, origin), origin, contentParts(item)),
    );
}

/** The list of turns that a value is, or holds as `messages`; a turn alone is a list of one. */
export function turnsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  if (!isRecord(value)) return undefined;
  if (isChatMessage(value)) return [value];
  return Array.isArray(value['messages']) ? value['messages'] : undefined;
}

/** Instructions that a request states apart from its turns: text, a list of parts, or one. */
export function instructions(value: unknown, origin: Message['origin']): Message[] {
  const parts = contentParts(value);
  return parts.length ? [makeMessage('system', origin, parts)] : [];
}

/** Whether the content of any turn has a part whose `type` is one of these. */
export const hasPart = (list: readonly unknown[], types: ReadonlySet<unknown>): boolean =>
  list.some((turn) => isRecord(turn) && recordsIn(turn['content']).some((part) => types.has(part['type'])));
