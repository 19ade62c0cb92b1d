import type { Message, SpanEvent, SpanMeaning, SpanRecord } from '../model/index.js';
import { chatMessage, makeMessage, roleOf } from '../payloads/chat-message.js';
import { contentParts, partsInText } from '../payloads/content-part.js';
import { conversation } from '../payloads/index.js';
import { firstText, isRecord, type JsonRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { stated, unlessEmpty, type Attributes } from './attribute-values.js';
import { genAiConversation } from './genai-meaning.js';

/**
 * Earlier and other ways in which GenAI instrumentations state the conversation:
 *
 * - an event with the attributes of today (`gen_ai.client.inference.operation.details`);
 * - an event a message (semantic conventions up to 1.36, docs/gen-ai/gen-ai-events.md);
 * - an event, or an attribute, with the whole prompt or completion as text (OpenLIT, Langtrace, LangSmith).
 */
export function genAiEventsMeaning({ attributes, events }: SpanRecord): SpanMeaning {
  // LangSmith's SDKs write the inputs and outputs of any run there, a tool's and a chain's too: see langsmith.ts.
  const isRun = attributes.has('langsmith.span.kind');
  const messages = [
    ...events.flatMap(eventMessages),
    ...(isRun ? [] : conversation(attributes.get('gen_ai.prompt'), 'input')),
    ...(isRun ? [] : conversation(attributes.get('gen_ai.completion'), 'output')),
  ];
  return stated<SpanMeaning>({ messages: unlessEmpty(messages) });
}

function eventMessages({ name, attributes }: SpanEvent): Message[] {
  switch (name) {
    case 'gen_ai.client.inference.operation.details':
      return genAiConversation(attributes);
    case 'gen_ai.content.prompt':
      return conversation(attributes.get('gen_ai.prompt'), 'input');
    case 'gen_ai.content.completion':
      return conversation(attributes.get('gen_ai.completion'), 'output');
    default: {
      const message = eventMessage(name, bodyOf(attributes));
      return message ? [message] : [];
    }
  }
}

/** What an event says is in its attributes, or as JSON text in one of them (Azure AI). */
function bodyOf(attributes: Attributes): JsonRecord {
  const content = jsonOrText(attributes.get('gen_ai.event.content'));
  return isRecord(content) ? content : Object.fromEntries(attributes);
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

/** The turn that an event of this name and body is; `undefined` for other events. */
export function eventMessage(name: string, body: JsonRecord): Message | undefined {
  if (name === 'gen_ai.choice') return choice(body);
  const role = ROLES.get(name);
  return role === undefined ? undefined : turn({ role, ...body }, 'input');
}

function choice(body: JsonRecord): Message {
  const held = jsonOrText(body['message']);
  const message = isRecord(held)
    ? turn({ role: 'assistant', ...held }, 'output')
    : held === undefined || held === null
      ? turn({ role: 'assistant', ...body }, 'output')
      : makeMessage(roleOf(body['role'], 'output'), 'output', contentParts(held));
  const finishReason = firstText(body, 'finish_reason');
  return finishReason === undefined ? message : { ...message, finishReason };
}

/** A turn whose content and calls may be JSON text, since attributes of events were text only. */
function turn(body: JsonRecord, origin: Message['origin']): Message {
  const message = chatMessage(
    { ...body, content: partsInText(body['content']), tool_calls: jsonOrText(body['tool_calls']) },
    origin,
  );
  // The id of a tool's message is that of the call.
  const id = firstText(body, 'id');
  for (const part of message.parts) if (part.type === 'tool-result' && id !== undefined) part.id ??= id;
  return message;
}
