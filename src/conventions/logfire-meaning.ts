import type { Message, SpanMeaning, SpanRecord } from '../model/index.js';
import { conversation } from '../payloads/index.js';
import { firstText, recordsIn } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import { payloadOf, stated, unlessEmpty, type Attributes } from './attribute-values.js';
import { eventMessage } from './genai-events-meaning.js';

export function logfireMeaning({ attributes }: SpanRecord): SpanMeaning {
  const request = jsonOrText(attributes.get('model_request_parameters'));
  const tools = recordsIn([request]).flatMap((body) => toolDefinitions(body['function_tools']));
  return stated<SpanMeaning>({
    input: payloadOf(attributes, 'tool_arguments'),
    output: payloadOf(attributes, 'tool_response', 'final_result'),
    messages: unlessEmpty(conversationOf(attributes)),
    tools: unlessEmpty(tools),
  });
}

/** The conversation of a run, or the events of one request: JSON lists of turns, or of the bodies of old events. */
function conversationOf(attributes: Attributes): Message[] {
  const turns = conversation(attributes.get('pydantic_ai.all_messages'), 'input');
  if (turns.length) return withAnswer(turns);
  const all = eventMessages(attributes.get('pydantic_ai.all_messages_events') ?? attributes.get('all_messages_events'));
  return all.length ? withAnswer(all) : eventMessages(attributes.get('events'));
}

const eventMessages = (value: unknown): Message[] =>
  recordsIn(jsonOrText(value)).flatMap((body) => eventMessage(firstText(body, 'event.name') ?? '', body) ?? []);

/** A run's list does not say which turn was its answer: it is the last one, where that is the assistant's. */
function withAnswer(messages: readonly Message[]): Message[] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return [...messages];
  return [...messages.slice(0, -1), { ...last, origin: 'output' }];
}
