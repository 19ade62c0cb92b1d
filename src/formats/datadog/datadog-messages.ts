import type { Message, MessagePart } from '../../model/index.js';
import { chatMessage } from '../../payloads/chat-message.js';
import { contentParts, toolResultValue } from '../../payloads/content-part.js';
import { firstText, recordsIn } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { mediaOf } from '../../payloads/media.js';
import { asArray, isObject, type JsonObject } from '../../payloads/json-value.js';

/** The messages of one side of a span of Datadog LLM Observability (dd-trace-py, ddtrace/llmobs/types.py, Message). */
export function datadogMessages(side: JsonObject, origin: Message['origin']): Message[] {
  return asArray(side['messages']).map((item) => {
    if (!isObject(item)) return chatMessage({ content: item }, origin);
    const message = chatMessage(
      {
        ...item,
        content: undefined,
        parts: undefined,
        tool_call_id: undefined,
        tool_calls: asArray(item['tool_calls']).map(callOf),
      },
      origin,
    );
    const content = contentParts(item['content']);
    const results = recordsIn(item['tool_results']).map(resultOf);
    // The SDK for JavaScript keeps of a result only its text.
    const isResult = message.role === 'tool' && results.length === 0 && content.length > 0;
    const parts: MessagePart[] = [
      ...(isResult ? [{ type: 'tool-result', result: toolResultValue(item['content']) } as const] : content),
      ...message.parts.filter(({ type }) => type === 'tool-call' || type === 'other'),
      ...results,
      ...recordsIn(item['image_parts']).flatMap(
        (part) => mediaOf(part, 'image') ?? ({ type: 'other', value: part } as const),
      ),
      ...recordsIn(item['audio_parts']).flatMap(
        (part) => mediaOf(part, 'audio') ?? ({ type: 'other', value: part } as const),
      ),
    ];
    return { ...message, parts };
  });
}

/** The call with its id under the name that other shapes give it. */
const callOf = (call: unknown): unknown => (isObject(call) ? { ...call, id: call['tool_id'] ?? call['id'] } : call);

function resultOf(result: JsonObject): MessagePart {
  const id = firstText(result, 'tool_id');
  const name = firstText(result, 'name');
  return {
    type: 'tool-result',
    result: jsonOrText(result['result']),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
  };
}
