import type { Message, MessagePart } from '../model/index.js';
import { instructions, makeMessage, roleOf, textMessage } from './chat-message.js';
import { contentPart, contentParts } from './content-part.js';
import { citeGrounding } from './gemini-grounding.js';
import { firstText, firstValue, isRecord, recordsIn, type JsonRecord } from './json-record.js';
import { jsonOrText } from './json-text.js';
import { mediaOf } from './media.js';
import type { PayloadShape } from './payload.js';

/** What tells a part, each in the two spellings of the REST API and of Python dumps. */
const PART_KEYS = [
  'text',
  'functionCall',
  'function_call',
  'functionResponse',
  'function_response',
  'inlineData',
  'inline_data',
  'fileData',
  'file_data',
  'executableCode',
  'executable_code',
  'codeExecutionResult',
  'code_execution_result',
];

const isPart = (part: unknown): boolean =>
  isRecord(part) && part['type'] === undefined && PART_KEYS.some((key) => part[key] !== undefined);

const isTurn = (value: unknown): value is JsonRecord =>
  isRecord(value) && Array.isArray(value['parts']) && value['parts'].some(isPart);

/**
 * Google's Gemini API: request bodies (`contents`, `systemInstruction`), response bodies (`candidates`), and bare turns
 * (ai.google.dev/api/caching#Content, ai.google.dev/api/generate-content).
 */
export const gemini: PayloadShape = {
  name: 'Gemini',
  messages(value, origin) {
    if (Array.isArray(value)) return value.some(isTurn) ? turns(value, origin) : undefined;
    if (!isRecord(value)) return undefined;
    if (isTurn(value)) return turns([value], origin);
    const candidates = recordsIn(value['candidates']).filter((candidate) => isRecord(candidate['content']));
    if (candidates.length) return candidates.map(answer);
    const contents = value['contents'];
    const list = Array.isArray(contents) ? contents : [contents];
    // The SDKs also take a text for a turn; a body that has only texts must name its model to be one.
    if (!list.some(isTurn) && !(typeof value['model'] === 'string' && list.some((item) => typeof item === 'string'))) {
      return undefined;
    }
    const config = isRecord(value['config']) ? value['config'] : {};
    const system =
      firstValue(value, 'systemInstruction', 'system_instruction') ??
      firstValue(config, 'systemInstruction', 'system_instruction');
    return [...instructions(isRecord(system) ? (system['parts'] ?? system) : system, origin), ...turns(list, origin)];
  },
};

function turns(list: readonly unknown[], origin: Message['origin']): Message[] {
  return list
    .filter((item) => item !== null && item !== undefined)
    .map((item) => {
      if (typeof item === 'string') return textMessage('user', origin, item);
      return isRecord(item) ? turn(item, origin) : makeMessage('user', origin, contentParts(item));
    });
}

function turn(value: JsonRecord, origin: Message['origin']): Message {
  const parts = contentParts(value['parts'], part);
  const role = roleOf(value['role'], origin);
  // Gemini calls the assistant `model`; a turn of results is the user's, or `function`.
  if (parts.length && parts.every(({ type }) => type === 'tool-result')) return makeMessage('tool', origin, parts);
  return makeMessage(role === 'model' ? 'assistant' : role === 'function' ? 'tool' : role, origin, parts);
}

function answer(candidate: JsonRecord): Message {
  const message = turn(candidate['content'] as JsonRecord, 'output');
  citeGrounding(message.parts, candidate);
  const finishReason = firstText(candidate, 'finishReason', 'finish_reason');
  return finishReason === undefined ? message : { ...message, finishReason };
}

function part(value: unknown): MessagePart {
  if (!isRecord(value)) return contentPart(value);
  const text = value['text'];
  if (typeof text === 'string') return { type: value['thought'] === true ? 'reasoning' : 'text', text };

  const call = firstValue(value, 'functionCall', 'function_call');
  if (isRecord(call)) {
    const id = firstText(call, 'id');
    const name = firstText(call, 'name') ?? '';
    return { type: 'tool-call', name, arguments: jsonOrText(call['args']), ...(id !== undefined && { id }) };
  }
  const response = firstValue(value, 'functionResponse', 'function_response');
  if (isRecord(response)) {
    const id = firstText(response, 'id');
    const name = firstText(response, 'name');
    return {
      type: 'tool-result',
      result: jsonOrText(response['response']),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
    };
  }
  const data = firstValue(value, 'inlineData', 'inline_data', 'fileData', 'file_data');
  const media = isRecord(data) ? mediaOf(data) : undefined;
  return media ?? { type: 'other', value };
}
