import type { Message, MessagePart } from '../model/index.js';
import { makeMessage, roleOf, textMessage, toolCalls } from './chat-message.js';
import { citationsIn, citeWhole } from './citations.js';
import { contentParts, toolResultValue } from './content-part.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import type { PayloadShape } from './payload.js';

/** Roles by the `type` of a message, and by the class that a serialised one names. */
const ROLES: ReadonlyMap<unknown, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['AIMessageChunk', 'assistant'],
  ['HumanMessageChunk', 'user'],
  ['system', 'system'],
  ['developer', 'developer'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['HumanMessage', 'user'],
  ['AIMessage', 'assistant'],
  ['SystemMessage', 'system'],
  ['SystemMessageChunk', 'system'],
  ['ToolMessage', 'tool'],
  ['ToolMessageChunk', 'tool'],
  ['FunctionMessage', 'tool'],
]);

/**
 * Messages of LangChain in its three spellings: serialised (`{lc: 1, type: "constructor", id: […, "HumanMessage"],
 * kwargs}`), `{type: "human", data: {content}}` and `{type: "human", content}`; alone, in lists, in lists of lists (a
 * batch), under `messages`, and in the `generations` of a result (langchain-ai/langchain, langchain_core/messages/ and
 * langchain_core/load/).
 */
export const langChain: PayloadShape = {
  name: 'LangChain',
  messages(value, origin) {
    if (isRecord(value) && Array.isArray(value['generations'])) return generations(value['generations']);
    const held = isRecord(value) && Array.isArray(value['messages']) ? value['messages'] : value;
    const list = Array.isArray(held) ? held.flat() : [held];
    if (!list.some((item) => spelling(item))) return undefined;
    return list
      .filter((item) => item !== null && item !== undefined)
      .map((item) => message(item, origin) ?? makeMessage(roleOf(undefined, origin), origin, contentParts(item)));
  },
};

/** The fields of a message and the role that it speaks in, where the value is a message. */
function spelling(value: unknown): { fields: JsonRecord; role: string } | undefined {
  if (!isRecord(value) || value['role'] !== undefined) return undefined;
  const { kwargs, data, id, type } = value;
  if (isRecord(kwargs) && Array.isArray(id)) {
    const role = ROLES.get(id.at(-1)) ?? (id.at(-1) === 'ChatMessage' ? roleOf(kwargs['role'], 'input') : undefined);
    return role === undefined ? undefined : { fields: kwargs, role };
  }
  const fields = isRecord(data) ? data : value;
  if (fields['content'] === undefined) return undefined;
  const role = type === 'chat' ? roleOf(fields['role'], 'input') : ROLES.get(type);
  return role === undefined ? undefined : { fields, role };
}

function message(value: unknown, origin: Message['origin']): Message | undefined {
  const found = spelling(value);
  if (!found) return undefined;
  const { fields, role } = found;
  const extra = isRecord(fields['additional_kwargs']) ? fields['additional_kwargs'] : {};
  const parts = role === 'tool' ? [toolResult(fields)] : contentParts(fields['content']);
  citeWhole(parts, citationsIn(extra['annotations'], firstValue(extra, 'search_results', 'citations')));
  const thought = firstText(extra, 'reasoning_content');
  if (thought !== undefined) parts.unshift({ type: 'reasoning', text: thought });
  const refusal = firstText(extra, 'refusal');
  if (refusal !== undefined) parts.push({ type: 'refusal', text: refusal });
  for (const call of callsOf(fields, extra)) if (!hasCall(parts, call)) parts.push(call);

  const response = isRecord(fields['response_metadata']) ? fields['response_metadata'] : {};
  const finishReason = firstText(response, 'finish_reason', 'stop_reason');
  return makeMessage(role, origin, parts, { name: firstText(fields, 'name'), finishReason });
}

function toolResult(fields: JsonRecord): MessagePart {
  const id = firstText(fields, 'tool_call_id');
  const name = firstText(fields, 'name');
  return {
    type: 'tool-result',
    result: toolResultValue(fields['content']),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(fields['status'] === 'error' && { isError: true }),
  };
}

/** LangChain's own list of calls, with those that it could not parse, or else the provider's list. */
function callsOf(fields: JsonRecord, extra: JsonRecord): MessagePart[] {
  const own = [...toolCalls(fields), ...toolCalls({ tool_calls: fields['invalid_tool_calls'] })];
  return own.length ? own : toolCalls(extra);
}

/** Whether the content holds the call already, as Anthropic's blocks do. */
const hasCall = (parts: readonly MessagePart[], call: MessagePart): boolean =>
  call.type === 'tool-call' &&
  call.id !== undefined &&
  parts.some((part) => part.type === 'tool-call' && part.id === call.id);

/** The answers of a result: one list a prompt, of one or more candidates. */
function generations(batch: readonly unknown[]): Message[] | undefined {
  const messages = recordsIn(batch.flat()).flatMap((generation): Message[] => {
    const written = message(generation['message'], 'output');
    // JavaScript's and Python's name for it; some models say only here why they stopped.
    const info = firstValue(generation, 'generationInfo', 'generation_info');
    const finishReason = isRecord(info) ? firstText(info, 'finish_reason', 'stop_reason') : undefined;
    if (written) return [{ ...(finishReason !== undefined && { finishReason }), ...written }];
    const text = generation['text'];
    return typeof text === 'string' ? [textMessage('assistant', 'output', text)] : [];
  });
  return messages.length ? messages : undefined;
}
