import type { Message } from '../model/index.js';
import { chatMessage, makeMessage, textMessage } from './chat-message.js';
import { contentParts } from './content-part.js';
import { firstText, isRecord, type JsonRecord } from './json-record.js';
import { mediaOf } from './media.js';
import type { PayloadShape } from './payload.js';

const hasImages = (value: unknown): value is JsonRecord => isRecord(value) && Array.isArray(value['images']);

/**
 * Ollama's own API: `/api/chat` (`message`, `done`; turns with `images` and `thinking` beside the content) and
 * `/api/generate` (`prompt`; `response`, `done`) (ollama/ollama, docs/api.md). A request for a chat without images is
 * written as OpenAI writes it.
 */
export const ollama: PayloadShape = {
  name: 'Ollama',
  messages(value, origin) {
    if (!isRecord(value)) return undefined;
    const finishReason = firstText(value, 'done_reason');
    if (typeof value['done'] === 'boolean') {
      if (isRecord(value['message']))
        return [{ ...turn(value['message'], 'output'), ...(finishReason && { finishReason }) }];
      if (typeof value['response'] !== 'string') return undefined;
      return [
        {
          ...chatMessage({ role: 'assistant', content: value['response'], reasoning: value['thinking'] }, 'output'),
          ...(finishReason !== undefined && { finishReason }),
        },
      ];
    }
    const list = value['messages'];
    if (Array.isArray(list)) {
      return list.some(hasImages)
        ? list.map((item: unknown) => turn(isRecord(item) ? item : { content: item }, origin))
        : undefined;
    }
    const { prompt, model, system } = value;
    if (typeof prompt !== 'string' || typeof model !== 'string') return undefined;
    return [
      ...(typeof system === 'string' && system !== '' ? [textMessage('system', 'input', system)] : []),
      makeMessage('user', 'input', [...contentParts(prompt), ...images(value)]),
    ];
  },
};

function turn(value: JsonRecord, origin: Message['origin']): Message {
  const { role, parts, name } = chatMessage({ ...value, reasoning: value['thinking'] ?? value['reasoning'] }, origin);
  return makeMessage(role, origin, [...parts, ...images(value)], { name });
}

const images = (value: JsonRecord) =>
  hasImages(value)
    ? (value['images'] as unknown[]).flatMap((data) =>
        typeof data === 'string' ? (mediaOf({ data }, 'image') ?? []) : [],
      )
    : [];
