import type { Message } from '../model/index.js';
import { aiSdk } from './ai-sdk.js';
import { anthropic } from './anthropic.js';
import { bedrock } from './bedrock.js';
import { makeMessage, roleOf, textMessage } from './chat-message.js';
import { gemini } from './gemini.js';
import { genkitModel } from './genkit.js';
import { jsonOrText } from './json-text.js';
import { langChain } from './langchain.js';
import { ollama } from './ollama.js';
import { openAiChat } from './openai-chat.js';
import { openAiResponses } from './openai-responses.js';
import { otelParts } from './otel-parts.js';
import type { PayloadShape } from './payload.js';

/** Every shape that is read, the more telling ones first: the first that knows a value reads it. */
export const payloadShapes: readonly PayloadShape[] = [
  otelParts,
  gemini,
  langChain,
  openAiResponses,
  anthropic,
  aiSdk,
  bedrock,
  ollama,
  genkitModel,
  openAiChat,
];

/** The conversation that a payload holds, where it is one. */
export function messagesOf(value: unknown, origin: Message['origin']): Message[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const shape of payloadShapes) {
    const messages = shape.messages(value, origin);
    if (messages?.length) return messages;
  }
  return undefined;
}

/**
 * The conversation in a value that is known to hold one, or JSON text of it. Text that is not JSON is one turn, and so is
 * a value of a shape that is not known, kept as it came.
 */
export function conversation(value: unknown, origin: Message['origin']): Message[] {
  if (value === undefined || value === null || value === '') return [];
  const held = jsonOrText(value);
  const messages = messagesOf(held, origin);
  if (messages) return messages;
  const role = roleOf(undefined, origin);
  if (typeof held === 'string') return [textMessage(role, origin, held)];
  if (Array.isArray(held) && held.length === 0) return [];
  return [makeMessage(role, origin, [{ type: 'other', value: held }])];
}
