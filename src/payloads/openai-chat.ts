import type { Message } from '../model/index.js';
import { chatMessage, isChatMessage, makeMessage, textMessage, turns, turnsIn } from './chat-message.js';
import { firstText, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

/**
 * OpenAI's Chat Completions API: request bodies (`messages`), response bodies (`choices[].message`), and bare turns
 * (openai/openai-openapi, CreateChatCompletionRequest and …Response). Also what many others write alike: it takes any
 * turn with a role and content, so it comes after the shapes that can be told by more than that.
 */
export const openAiChat: PayloadShape = {
  name: 'OpenAI chat',
  messages(value, origin) {
    if (isRecord(value) && Array.isArray(value['choices'])) return choices(recordsIn(value['choices']));
    const list = turnsIn(value);
    return list?.some(isChatMessage) ? turns(list, origin) : undefined;
  },
};

/** The answers of a response body. A chunk of a streamed one has a `delta`, a legacy completion its `text`. */
function choices(list: readonly JsonRecord[]): Message[] | undefined {
  const messages = list.flatMap((choice): Message[] => {
    const finishReason = firstText(choice, 'finish_reason');
    const body = choice['message'] ?? choice['delta'];
    if (isRecord(body)) {
      const { role, parts, name } = chatMessage(body, 'output');
      return [makeMessage(role, 'output', parts, { name, finishReason })];
    }
    const text = choice['text'];
    if (typeof text !== 'string') return [];
    return [{ ...textMessage('assistant', 'output', text), ...(finishReason !== undefined && { finishReason }) }];
  });
  return messages.length ? messages : undefined;
}
