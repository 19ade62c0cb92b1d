import type { Message, SpanMeaning, SpanRecord } from '../model/index.js';
import { chatMessage } from '../payloads/chat-message.js';
import { conversation } from '../payloads/index.js';
import { isRecord, recordsIn, type JsonRecord } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import { firstOf, hasPrefix, payloadOf, stated, textOf, unlessEmpty, type Attributes } from './attribute-values.js';
import {
  asCount,
  duration,
  marks,
  text,
  type Convention,
  type FactsRule,
  type OutlineFacts,
  type OutlineRule,
} from './convention.js';

/** Metrics of a call: `ttft` in seconds, -1 where it was cancelled; `prompt_cached_tokens` are inside `prompt_tokens`. */
const metrics: FactsRule = {
  rank: 5,
  facts: (value) => {
    const held = jsonOrText(value);
    if (!isRecord(held)) return {};
    const seconds = asCount(held['ttft']);
    const about = isRecord(held['metadata']) ? held['metadata'] : {};
    const word = (name: unknown): string | undefined => (typeof name === 'string' && name !== '' ? name : undefined);
    return stated<OutlineFacts>({
      input: asCount(held['prompt_tokens'] ?? held['input_tokens']),
      output: asCount(held['completion_tokens'] ?? held['output_tokens']),
      total: asCount(held['total_tokens']),
      cacheRead: asCount(held['prompt_cached_tokens']),
      timeToFirstToken: seconds === undefined ? undefined : seconds * 1000,
      model: word(about['model_name']),
      provider: word(about['model_provider']),
    });
  },
};

/**
 * LiveKit Agents (livekit/agents, livekit-agents/livekit/agents/telemetry/trace_types.py). Newer versions write what people
 * said under `lk.pii.…`, older ones the same without `pii.`; both are read.
 */
export const liveKit: Convention = {
  name: 'LiveKit Agents',
  outline: new Map<string, OutlineRule | FactsRule>([
    ['lk.function_tool.name', marks('tool', 5)],
    ['lk.chat_ctx', marks('llm', 5)],
    ['lk.pii.chat_ctx', marks('llm', 5)],
    ['lk.llm_metrics', metrics],
    ['lk.realtime_model_metrics', metrics],
    ['lk.response.ttft', duration(1000, 4)],
    ['lk.room_name', text('sessionId', 6)],
    ['lk.pii.room_name', text('sessionId', 6)],
    ['lk.participant_identity', text('userId', 6)],
  ]),
  kindOfName: (name) =>
    name === 'agent_session' || name === 'agent_turn' || name === 'assistant_turn'
      ? 'agent'
      : name === 'llm_node' || name === 'llm_request'
        ? 'llm'
        : name === 'function_tool'
          ? 'tool'
          : undefined,
  meaning,
};

const said = (attributes: Attributes, name: string): unknown => firstOf(attributes, `lk.pii.${name}`, `lk.${name}`);

function meaning({ attributes }: SpanRecord): SpanMeaning {
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
