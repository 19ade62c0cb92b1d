import type { Message } from '../model/index.js';
import { chatMessage, isChatMessage, makeMessage, textMessage, turns, turnsIn } from './chat-message.js';
import { citationsIn, citeWhole, isText } from './citations.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

/**
 * OpenAI's Chat Completions API: request bodies (`messages`), response bodies (`choices[].message`), and bare turns
 * (openai/openai-openapi, CreateChatCompletionRequest and …Response). Also what many others write alike: it takes any
 * turn with a role and content, so it comes after the shapes that can be told by more than that.
 */
export const openAiChat: PayloadShape = {
  name: 'OpenAI chat',
  messages(value, origin) {
    if (isRecord(value) && Array.isArray(value['choices'])) return choices(value);
    const list = turnsIn(value);
    return list?.some(isChatMessage) ? turns(list, origin) : undefined;
  },
};

/**
 * The answers of a response body. A chunk of a streamed one has a `delta`, a legacy completion its `text`. Perplexity lists
 * what the answer cites beside them (docs.perplexity.ai, chat completions): as results of its search, formerly as addresses.
 */
function choices(response: JsonRecord): Message[] | undefined {
  const sources = citationsIn(firstValue(response, 'search_results', 'citations'));
  const messages = recordsIn(response['choices']).flatMap((choice): Message[] => {
    const finishReason = firstText(choice, 'finish_reason');
    const body = choice['message'] ?? choice['delta'];
    if (isRecord(body)) {
      const { role, parts, name } = chatMessage(body, 'output');
      if (!parts.some((part) => isText(part) && part.citations)) citeWhole(parts, sources);
      return [makeMessage(role, 'output', parts, { name, finishReason })];
    }
    const text = choice['text'];
    if (typeof text !== 'string') return [];
    return [{ ...textMessage('assistant', 'output', text), ...(finishReason !== undefined && { finishReason }) }];
  });
  return messages.length ? messages : undefined;
}
