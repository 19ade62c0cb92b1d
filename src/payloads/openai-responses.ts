import type { Message } from '../model/index.js';
import { chatMessage, instructions, isChatMessage, makeMessage, textMessage } from './chat-message.js';
import { contentPart } from './content-part.js';
import { isRecord, type JsonRecord } from './json-record.js';
import { hostedToolParts } from './openai-hosted-tools.js';
import type { PayloadShape } from './payload.js';

/** Items and parts that no other API has. */
const TELLING_TYPES: ReadonlySet<unknown> = new Set([
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'input_text',
  'output_text',
  'input_image',
  'input_file',
]);

/**
 * OpenAI's Responses API: request bodies (`input`, text or items), response bodies (`output` items), and bare lists of
 * items (openai/openai-openapi, CreateResponse and Response).
 */
export const openAiResponses: PayloadShape = {
  name: 'OpenAI responses',
  messages(value, origin) {
    if (Array.isArray(value)) return value.some(isTellingItem) ? items(value, origin) : undefined;
    if (!isRecord(value)) return undefined;
    const { output, input } = value;
    if (Array.isArray(output) && (value['object'] === 'response' || output.some(isTellingItem))) {
      return items(output, 'output');
    }
    if (Array.isArray(input) && (input.some(isTellingItem) || (isCall(value) && input.some(isChatMessage)))) {
      return [...instructions(value['instructions'], 'input'), ...items(input, 'input')];
    }
    if (typeof input === 'string' && isCall(value)) {
      return [...instructions(value['instructions'], 'input'), textMessage('user', 'input', input)];
    }
    return isTellingItem(value) ? items([value], origin) : undefined;
  },
};

/** A request to this API rather than one for embeddings or speech, which have a model and an input as well. */
const isCall = (body: JsonRecord): boolean =>
  typeof body['model'] === 'string' &&
  !/embed|tts|moderation/i.test(body['model']) &&
  !['encoding_format', 'dimensions', 'voice'].some((key) => body[key] !== undefined);

function isTellingItem(item: unknown): boolean {
  if (!isRecord(item)) return false;
  // Other APIs have parts with these names, but no items: an item of them has what goes with its type.
  const type = item['type'];
  if (type === 'message') return Array.isArray(item['content']) && item['content'].some(isTellingPart);
  if (type === 'reasoning') return Array.isArray(item['summary']);
  if (TELLING_TYPES.has(type)) return typeof item['call_id'] === 'string';
  return type === undefined && Array.isArray(item['content']) && item['content'].some(isTellingPart);
}

const isTellingPart = (part: unknown): boolean => isRecord(part) && TELLING_TYPES.has(part['type']);

/** Items as turns. The model's items in a row (reasoning, calls, text) are one turn of it. */
function items(list: readonly unknown[], origin: Message['origin']): Message[] {
  const messages: Message[] = [];
  for (const item of list) {
    if (item === null || item === undefined) continue;
    const message = itemMessage(item, origin);
    const last = messages.at(-1);
    if (last?.role === 'assistant' && message.role === 'assistant') {
      for (const part of message.parts) last.parts.push(part);
    } else messages.push(message);
  }
  return messages;
}

function itemMessage(item: unknown, origin: Message['origin']): Message {
  if (isChatMessage(item)) return chatMessage(item, origin);
  const part = contentPart(item);
  const hosted = part.type === 'other' && isRecord(item) ? hostedToolParts(item) : undefined;
  if (hosted) {
    const isAnswer = hosted.every(({ type }) => type === 'tool-result');
    return makeMessage(isAnswer ? 'tool' : 'assistant', origin, hosted);
  }
  return makeMessage(part.type === 'tool-result' ? 'tool' : 'assistant', origin, [part]);
}
