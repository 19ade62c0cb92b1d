import { interpret } from '../conventions/index.js';
import type { Message, SpanException, SpanMeaning, TraceDocument } from '../model/index.js';
import { makeMessage } from '../payloads/chat-message.js';
import { documentOf } from '../payloads/documents.js';
import { conversation, messagesOf } from '../payloads/index.js';
import { firstText, firstValue } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { asArray, isObject, type JsonObject } from '../payloads/json-value.js';
import { toolDefinitions } from '../payloads/tools.js';
import { exceptionOf, parametersIn, recordOf } from './row.js';

/*
 * What a span of OpenAI's Agents SDK holds, by the type of its `span_data`.
 */

export const dataOf = (span: JsonObject): JsonObject => (isObject(span['span_data']) ? span['span_data'] : {});

/** The body of a response, where an exporter kept it. */
export const bodyOf = (data: JsonObject): JsonObject => (isObject(data['response']) ? data['response'] : {});

/** The bodies of chat completions that a generation gave. */
export const bodiesOf = (data: JsonObject): readonly JsonObject[] =>
  asArray(data['output']).filter((body) => isObject(body) && Array.isArray(body['choices'])) as JsonObject[];

/** What a custom span carries. */
export const customOf = (data: JsonObject): JsonObject =>
  data['type'] === 'custom' && isObject(data['data']) ? data['data'] : {};

/** Whether a span is the SDK's own: a runner's task or a turn. */
export const isOfSdk = (data: JsonObject): boolean => typeof customOf(data)['sdk_span_type'] === 'string';

/** What went wrong: `message` says in general what, and `data.error` what exactly. */
export function exceptionIn(span: JsonObject): SpanException | undefined {
  const { error } = span;
  const exception = exceptionOf(error);
  const detail = isObject(error) && isObject(error['data']) ? firstText(error['data'], 'error') : undefined;
  if (!exception || detail === undefined) return exception;
  return { ...exception, message: exception.message === undefined ? detail : `${exception.message}: ${detail}` };
}

/** The documents in a custom span: the SDK has no type for retrieving them. */
export function documentsIn(data: JsonObject): readonly TraceDocument[] {
  const list = asArray(customOf(data)['documents']);
  return list.every(isObject) ? list.map(documentOf) : [];
}

export function meaningOf(data: JsonObject): SpanMeaning {
  switch (data['type']) {
    case 'generation':
    case 'response':
      return callMeaning(data);
    case 'transcription':
    case 'speech':
      return speechMeaning(data);
    case 'agent':
      return toolsMeaning(data['tools']);
    case 'mcp_tools':
      return { ...toolsMeaning(data['result']), ...inAndOut(undefined, data['result']) };
    case 'handoff':
      return inAndOut(data['from_agent'], data['to_agent']);
    case 'guardrail':
      return inAndOut(undefined, data['triggered']);
    case 'custom': {
      if (isOfSdk(data)) return {};
      const documents = documentsIn(data);
      return { ...inAndOut(undefined, data['data']), ...(documents.length && { documents }) };
    }
    default:
      return inAndOut(jsonOrText(data['input']), jsonOrText(data['output'] ?? data['data']));
  }
}

function inAndOut(input: unknown, output: unknown): SpanMeaning {
  return interpret(
    recordOf(new Map(Object.entries({ input, output }).filter(([, value]) => value !== undefined && value !== null))),
  );
}

/** Tools by their names alone, which is all that is said of them. */
function toolsMeaning(names: unknown): SpanMeaning {
  const tools = asArray(names).flatMap((name) => (typeof name === 'string' ? [{ name }] : toolDefinitions([name])));
  return tools.length ? { tools } : {};
}

function callMeaning(data: JsonObject): SpanMeaning {
  const body = bodyOf(data);
  const input = firstValue(data, 'input') ?? body['input'];
  const output = firstValue(data, 'output') ?? body['output'];
  const messages = [
    ...conversation(body['instructions'], 'input').map((message) => ({ ...message, role: 'system' })),
    ...(input === undefined ? [] : conversation(input, 'input')),
    ...answerOf(data, output),
  ];
  const parameters = parametersIn(data['model_config']) ?? parametersIn(body, NO_PARAMETERS);
  const tools = toolDefinitions(body['tools']);
  return {
    ...inAndOut(input, output),
    ...(messages.length && { messages }),
    ...(parameters && { parameters }),
    ...(tools.length && { tools }),
  };
}

function answerOf(data: JsonObject, output: unknown): readonly Message[] {
  const bodies = bodiesOf(data);
  return bodies.length
    ? bodies.flatMap((body) => messagesOf(body, 'output') ?? [])
    : output === undefined
      ? []
      : conversation(output, 'output');
}

/** Fields of a response that are no parameters of the call. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created_at',
  'model',
  'status',
  'error',
  'instructions',
  'input',
  'output',
  'tools',
  'usage',
  'metadata',
]);

/** Audio is an object with its base64 under `data`, and `format`; text is text. */
function speechMeaning(data: JsonObject): SpanMeaning {
  const side = (value: unknown, origin: 'input' | 'output') => {
    if (!isObject(value) || typeof value['data'] !== 'string') return conversation(value, origin);
    const format = firstText(value, 'format');
    return [
      makeMessage(origin === 'input' ? 'user' : 'assistant', origin, [
        {
          type: 'media',
          modality: 'audio',
          data: value['data'],
          ...(format !== undefined && { mimeType: `audio/${format}` }),
        },
      ]),
    ];
  };
  const parameters = parametersIn(data['model_config']);
  return {
    ...inAndOut(data['input'], data['output']),
    messages: [...side(data['input'], 'input'), ...side(data['output'], 'output')],
    ...(parameters && { parameters }),
  };
}
