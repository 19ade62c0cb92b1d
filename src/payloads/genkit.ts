import type { MessagePart } from '../model/index.js';
import { makeMessage, roleOf, turnsIn } from './chat-message.js';
import { contentPart, contentParts } from './content-part.js';
import { firstText, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';
import { mediaOf } from './media.js';
import type { PayloadShape } from './payload.js';

const PART_KEYS = ['text', 'media', 'toolRequest', 'toolResponse', 'data', 'reasoning'];

const isTurn = (value: unknown): value is JsonRecord =>
  isRecord(value) &&
  typeof value['role'] === 'string' &&
  recordsIn(value['content']).some(
    (part) => part['type'] === undefined && PART_KEYS.some((key) => part[key] !== undefined),
  );

/**
 * Firebase Genkit: requests (`{messages, config, tools}`), responses (`{message, finishReason, usage}`), and bare turns,
 * whose parts have no type (firebase/genkit, js/ai/src/model-types.ts).
 */
export const genkitModel: PayloadShape = {
  name: 'Genkit',
  messages(value, origin) {
    const response = isRecord(value) && isTurn(value['message']) ? value : undefined;
    const list = response ? [response['message']] : turnsIn(value);
    if (!list?.some(isTurn)) return undefined;
    const finishReason = response && firstText(response, 'finishReason');
    return list.filter(isRecord).map((turn) => {
      const role = roleOf(turn['role'], origin);
      return makeMessage(role === 'model' ? 'assistant' : role, origin, contentParts(turn['content'], part), {
        finishReason,
      });
    });
  },
};

function part(value: unknown): MessagePart {
  if (!isRecord(value)) return contentPart(value);
  const { toolRequest: request, toolResponse: response, media, reasoning } = value;
  if (isRecord(request)) {
    const id = firstText(request, 'ref');
    const name = firstText(request, 'name') ?? '';
    return { type: 'tool-call', name, arguments: jsonOrText(request['input']), ...(id !== undefined && { id }) };
  }
  if (isRecord(response)) {
    const id = firstText(response, 'ref');
    const name = firstText(response, 'name');
    return {
      type: 'tool-result',
      result: jsonOrText(response['output']),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
    };
  }
  if (typeof reasoning === 'string') return { type: 'reasoning', text: reasoning };
  const found = isRecord(media) ? mediaOf(media) : undefined;
  return found ?? contentPart(value);
}
