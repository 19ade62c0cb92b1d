import type { Message } from '../model/index.js';
import { chatMessage, hasPart, instructions, isChatMessage, turns, turnsIn } from './chat-message.js';
import { firstText, isRecord, type JsonRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

/** Blocks that no other API has. */
const TELLING_TYPES: ReadonlySet<unknown> = new Set([
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'server_tool_use',
  'mcp_tool_use',
  'mcp_tool_result',
  'web_search_tool_result',
]);

/**
 * Anthropic's Messages API: request bodies (`system`, `messages`), response bodies (`type: "message"`), and bare turns
 * whose content has blocks of its own kind (docs.anthropic.com, Messages API; anthropics/anthropic-sdk-typescript,
 * src/resources/messages/messages.ts).
 */
export const anthropic: PayloadShape = {
  name: 'Anthropic',
  messages(value, origin) {
    if (isRecord(value) && value['type'] === 'message' && value['role'] === 'assistant' && 'stop_reason' in value) {
      return [answer(value)];
    }
    const list = turnsIn(value);
    if (!list?.some(isChatMessage)) return undefined;
    const system: Message[] = isRecord(value) ? instructions(value['system'], origin) : [];
    const isRequest = isRecord(value) && system.length > 0 && typeof value['model'] === 'string';
    if (!isRequest && !hasPart(list, TELLING_TYPES)) return undefined;
    return [...system, ...turns(list, origin)];
  },
};

/** The turn of a response body. Why it was refused is said beside its content. */
function answer(body: JsonRecord): Message {
  const message = chatMessage(body, 'output');
  const details = body['stop_details'];
  const reason = isRecord(details) && details['type'] === 'refusal' ? firstText(details, 'explanation') : undefined;
  if (reason !== undefined) message.parts.push({ type: 'refusal', text: reason });
  return message;
}
