import type { Message, SpanMeaning, SpanRecord } from '../model/index.js';
import { chatMessage } from '../payloads/chat-message.js';
import { conversation } from '../payloads/index.js';
import { isRecord, recordsIn, type JsonRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import { firstOf, hasPrefix, payloadOf, stated, textOf, unlessEmpty, type Attributes } from './attribute-values.js';

const said = (attributes: Attributes, name: string): unknown => firstOf(attributes, `lk.pii.${name}`, `lk.${name}`);

export function liveKitMeaning({ attributes }: SpanRecord): SpanMeaning {
  if (!hasPrefix(attributes, 'lk.')) return {};
  const asked = contextMessages(said(attributes, 'chat_ctx'));
  const answered = answer(attributes);
  const tools = said(attributes, 'function_tools');
  return stated<SpanMeaning>({
    input: payloadOf(
      attributes,
      ...bothOf('function_tool.arguments', 'chat_ctx', 'user_input', 'input_text', 'user_transcript'),
    ),
    output: payloadOf(attributes, ...bothOf('function_tool.output', 'response.text')),
    messages: unlessEmpty([...asked, ...answered]),
    tools: unlessEmpty(
      // A list of names, where no more is told.
      recordsIn(jsonOrText(tools)).length
        ? toolDefinitions(tools)
        : [jsonOrText(tools)].flat().flatMap((name) => (typeof name === 'string' && name !== '' ? [{ name }] : [])),
    ),
  });
}

const bothOf = (...names: readonly string[]): string[] => names.flatMap((name) => [`lk.pii.${name}`, `lk.${name}`]);

/** A chat context: `{items: [{type: "message", role, content: […]}, {type: "function_call", …}, …]}`. */
function contextMessages(value: unknown): Message[] {
  const context = jsonOrText(value);
  const items = isRecord(context) ? context['items'] : undefined;
  return Array.isArray(items) ? recordsIn(items).map(itemMessage) : conversation(context, 'input');
}

function itemMessage(item: JsonRecord): Message {
  if (item['type'] === 'function_call') return chatMessage({ role: 'assistant', tool_calls: [item] }, 'input');
  if (item['type'] === 'function_call_output') {
    return chatMessage(
      { role: 'tool', tool_call_id: item['call_id'], name: item['name'], content: item['output'] },
      'input',
    );
  }
  return chatMessage(item, 'input');
}

function answer(attributes: Attributes): Message[] {
  const content = textOf(attributes, 'lk.pii.response.text', 'lk.response.text');
  const calls = jsonOrText(said(attributes, 'response.function_calls'));
  const listed = Array.isArray(calls) ? calls : [];
  if (content === undefined && listed.length === 0) return [];
  return [chatMessage({ role: 'assistant', content, tool_calls: listed }, 'output')];
}
