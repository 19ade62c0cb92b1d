import type { Message } from '../model/index.js';
import { chatMessage } from '../payloads/chat-message.js';
import { conversation, messagesOf } from '../payloads/index.js';
import { textOrJson } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { asArray, asText, isObject } from '../payloads/json-value.js';

/**
 * The conversation of a span, out of what went in and what came out. Text alone is a turn where the span is the call of
 * a model; elsewhere it may be anything.
 */
export function generationTurns(input: unknown, output: unknown, isCall: boolean): readonly Message[] {
  const side = (value: unknown, origin: Message['origin']): readonly Message[] =>
    generationMessages(value, origin) ??
    (isCall && typeof value === 'string' && value !== '' ? conversation(value, origin) : []);
  return [...side(input, 'input'), ...side(output, 'output')];
}

/**
 * The conversation in a payload that is a request or a result of a generation, as the loggers of the AI SDK keep them
 * (Braintrust, Mastra): besides every provider's shape, the turns under `prompt` or `messages` beside parameters, a
 * result's `content` parts, the turns in its `response.messages`, or its `text`, `reasoningText` and `toolCalls`.
 */
function generationMessages(payload: unknown, origin: Message['origin']): readonly Message[] | undefined {
  const value = jsonOrText(payload);
  if (origin === 'input') return messagesOf(value, 'input') ?? promptTurns(value);
  // Braintrust keeps of OpenAI's response the list of its choices.
  if (Array.isArray(value) && value.some((choice) => isObject(choice) && isObject(choice['message']))) {
    return messagesOf({ choices: value }, 'output');
  }
  return (isObject(value) ? resultTurns(value) : undefined) ?? messagesOf(value, 'output');
}

function promptTurns(value: unknown): readonly Message[] | undefined {
  if (!isObject(value)) return undefined;
  const { prompt, messages, system, instructions } = value;
  const turns = messagesOf(prompt, 'input') ?? messagesOf(messages, 'input') ?? [];
  const asked = typeof prompt === 'string' ? prompt : typeof messages === 'string' ? messages : '';
  const rules = asText(system) || asText(instructions);
  const all = [
    ...(rules === '' ? [] : [chatMessage({ role: 'system', content: rules }, 'input')]),
    ...turns,
    ...(asked === '' ? [] : [chatMessage({ role: 'user', content: asked }, 'input')]),
  ];
  return all.length ? all : undefined;
}

function resultTurns(value: Readonly<Record<string, unknown>>): readonly Message[] | undefined {
  const { role, content, text, object, reasoning, reasoningText, toolCalls, sources, finishReason, response } = value;
  if (role !== undefined || Array.isArray(value['messages'])) return undefined;
  const finish = isObject(finishReason) ? finishReason['unified'] : finishReason;
  const turn = (parts: object): readonly Message[] => [
    chatMessage({ role: 'assistant', finish_reason: finish, ...parts }, 'output'),
  ];
  const isParts = Array.isArray(content) && content.every(isObject) && finishReason !== undefined;
  if (isParts && content.length) return turn({ content });
  // Mastra keeps the stream's chunk, whose payload is the call.
  const calls = asArray(toolCalls).map((call) =>
    isObject(call) && isObject(call['payload']) ? call['payload'] : call,
  );
  const thought = asText(reasoningText) || asText(reasoning);
  if (typeof text === 'string' && (text !== '' || calls.length || thought !== '')) {
    return turn({ content: text, tool_calls: calls, reasoning: thought, annotations: sources });
  }
  const turns = isObject(response) ? messagesOf(response['messages'], 'output') : undefined;
  if (turns) return turns;
  const isResult = finishReason !== undefined || value['usage'] !== undefined;
  return isObject(object) && isResult ? turn({ content: textOrJson(object) }) : undefined;
}
