import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import type { Message, SpanMeaning, SpanReader } from '../../model/index.js';
import { instructions } from '../../payloads/chat-message.js';
import { messagesOf } from '../../payloads/index.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { exceptionIn } from './exchange-outline.js';
import { isObject, type JsonObject } from '../../payloads/json-value.js';
import { fieldsOf, recordOf } from '../row.js';

/** What is content rather than a parameter of the call. */
const CONTENT: ReadonlySet<string> = new Set([
  ...['model', 'modelId', 'messages', 'input', 'prompt', 'system', 'instructions', 'contents', 'inputText', 'tools'],
  ...['systemInstruction', 'system_instruction', 'toolConfig', 'functions', 'metadata', 'user', 'conversation'],
]);

/** Parameters that stand in an object of their own. */
const GROUPS = [
  'generationConfig',
  'generation_config',
  'config',
  'inferenceConfig',
  'options',
  'textGenerationConfig',
];

/** The parameters that a response of OpenAI's Responses API repeats. */
const REPEATED: readonly string[] = [
  ...['background', 'max_output_tokens', 'max_tool_calls', 'parallel_tool_calls', 'previous_response_id', 'reasoning'],
  ...['service_tier', 'store', 'temperature', 'text', 'tool_choice', 'top_logprobs', 'top_p', 'truncation'],
];

/** Reads calls when somebody looks at them. `unpacked` finds the call in a record of another kind. */
export const exchangeReader = (
  format: string,
  unpacked: (raw: unknown) => Exchange | undefined = exchangeOf,
  attributesOf?: (raw: unknown) => ReadonlyMap<string, unknown>,
): SpanReader => ({
  format,
  record: (raw) => {
    const exchange = unpacked(raw);
    return recordOf(new Map([...(attributesOf?.(raw) ?? []), ...(exchange ? attributes(exchange) : [])]));
  },
  meaning: (_record, raw) => {
    const exchange = unpacked(raw);
    return exchange ? meaningOf(exchange) : {};
  },
});

/** What the messages show already. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['messages', 'input', 'prompt', 'system', 'contents', 'inputText', 'tools', 'toolConfig', 'functions'],
  ...['choices', 'output', 'content', 'candidates', 'message', 'response', 'generation', 'results', 'data'],
]);

/** The fields of both bodies by their own names; where both have one, the request's stands behind `request.`. */
function attributes({ request, response }: Exchange): Map<string, unknown> {
  const said = fieldsOf(response ?? {}, SHOWN);
  for (const [name, value] of fieldsOf(request ?? {}, SHOWN))
    said.set(said.has(name) ? `request.${name}` : name, value);
  return said;
}

export function meaningOf({ request, response }: Exchange): SpanMeaning {
  const exception = response && exceptionIn(response);
  const tools = toolsOf(request);
  return stated<SpanMeaning>({
    input: request,
    output: response,
    messages: unlessEmpty([...askedOf(request, response), ...answersOf(response)]),
    tools: unlessEmpty(tools.length ? tools : toolsOf(response)),
    parameters: request ? parametersOf(request) : repeated(response),
    exceptions: exception && [exception],
  });
}

function askedOf(request: JsonObject | undefined, response: JsonObject | undefined): readonly Message[] {
  if (request) return messagesOf(request, 'input') ?? [];
  // A response of OpenAI's repeats its instructions: text, or the turns that a stored prompt made.
  const said = response?.['object'] === 'response' ? response['instructions'] : undefined;
  return Array.isArray(said) ? (messagesOf(said, 'input') ?? []) : instructions(said ?? undefined, 'input');
}

/** Embeddings and errors are no turns. */
const answersOf = (response: JsonObject | undefined): readonly Message[] =>
  response && !Array.isArray(response['data']) ? (messagesOf(response, 'output') ?? []) : [];

function toolsOf(body: JsonObject | undefined) {
  const config = body?.['toolConfig'];
  const inConfig = body?.['config'];
  return toolDefinitions(
    body?.['tools'] ??
      (isObject(config) ? config['tools'] : undefined) ??
      body?.['functions'] ??
      (isObject(inConfig) ? inConfig['tools'] : undefined),
  );
}

function parametersOf(request: JsonObject): ReadonlyMap<string, unknown> | undefined {
  const parameters = new Map<string, unknown>();
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined || value === null || CONTENT.has(name)) continue;
    if (GROUPS.includes(name) && isObject(value)) {
      for (const [inner, item] of Object.entries(value)) if (!CONTENT.has(inner)) parameters.set(inner, item);
    } else parameters.set(name, value);
  }
  return parameters.size ? parameters : undefined;
}

function repeated(response: JsonObject | undefined): ReadonlyMap<string, unknown> | undefined {
  if (response?.['object'] !== 'response') return undefined;
  const said = REPEATED.filter((name) => response[name] !== undefined && response[name] !== null);
  return said.length ? new Map(said.map((name) => [name, response[name]])) : undefined;
}
