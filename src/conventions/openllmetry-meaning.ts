import type {
  Message,
  Payload,
  PromptTemplate,
  SpanEvent,
  SpanMeaning,
  SpanRecord,
  ToolDefinition,
  TraceDocument,
} from '../model/index.js';
import { chatMessage } from '../payloads/chat-message.js';
import { partsInText } from '../payloads/content-part.js';
import { firstValue, isRecord, textOrJson } from '../payloads/json-record.js';
import { jsonOrText, unquoted } from '../payloads/json-text.js';
import {
  firstOf,
  hasPrefix,
  parametersOf,
  payloadOf,
  stated,
  textOf,
  unlessEmpty,
  type Attributes,
} from './attribute-values.js';
import { asNumber } from './convention.js';
import { unflatten, type Branch } from './flattened.js';

const PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['llm.frequency_penalty', 'frequency_penalty'],
  ['llm.presence_penalty', 'presence_penalty'],
  ['llm.top_k', 'top_k'],
  ['llm.chat.stop_sequences', 'stop_sequences'],
  ['llm.is_streaming', 'stream'],
]);

export function openLlmetryMeaning({ attributes, events }: SpanRecord): SpanMeaning {
  const documents = unlessEmpty(events.filter(({ name }) => QUERY_RESULTS.has(name)).map(queryResult));
  if (!hasPrefix(attributes, 'gen_ai.prompt.', 'gen_ai.completion.', 'llm.', 'traceloop.')) {
    return stated<SpanMeaning>({ documents });
  }
  const messages = [
    ...unflatten(attributes, 'gen_ai.prompt')
      .list()
      .map((item) => message(item, 'input')),
    ...unflatten(attributes, 'gen_ai.completion')
      .list()
      // Written where a candidate is missing.
      .filter((item) => item.value !== 'None')
      .map((item) => message(item, 'output')),
  ];
  return stated<SpanMeaning>({
    input: entityInput(payloadOf(attributes, 'traceloop.entity.input')),
    output: entityOutput(payloadOf(attributes, 'traceloop.entity.output')),
    messages: unlessEmpty(messages),
    tools: unlessEmpty(unflatten(attributes, 'llm.request.functions').list().flatMap(tool)),
    documents,
    parameters: parametersOf(attributes, PARAMETERS),
    prompt: promptTemplate(attributes),
  });
}

function message(item: Branch, origin: Message['origin']): Message {
  const calls = item.list('tool_calls').map((call) => ({
    id: call.get('id'),
    name: call.get('name') ?? call.get('function.name'),
    arguments: call.get('arguments') ?? call.get('function.arguments'),
  }));
  return chatMessage(
    {
      role: item.get('role'),
      name: item.get('name'),
      content: partsInText(item.get('content') ?? item.value),
      reasoning: item.get('reasoning'),
      tool_call_id: item.get('tool_call_id'),
      tool_calls: calls,
      finish_reason: item.get('finish_reason'),
      refusal: item.get('refusal'),
    },
    origin,
  );
}

function tool(item: Branch): ToolDefinition[] {
  const name = item.text('name');
  if (name === undefined) return [];
  const parameters = jsonOrText(item.get('parameters') ?? item.get('input_schema'));
  return [{ name, ...stated<Partial<ToolDefinition>>({ description: item.text('description'), parameters }) }];
}

/** What a workflow, task or tool was called with: LangChain's `{inputs, tags, …}`, or a function's `{args, kwargs}`. */
function entityInput(value: Payload | undefined): Payload | undefined {
  if (!isRecord(value)) return unquoted(value) as Payload | undefined;
  const inputs = firstValue(value, 'inputs', 'input_str');
  if (inputs !== undefined) return jsonOrText(inputs) as Payload;
  const { args, kwargs } = value;
  const isEmpty = (list: unknown): boolean =>
    list === undefined || list === null || (Array.isArray(list) ? list : Object.keys(list)).length === 0;
  if (Array.isArray(args) && isEmpty(kwargs) && args.length === 1) return args[0] as Payload;
  if (isRecord(kwargs) && isEmpty(args)) return kwargs;
  return value;
}

function entityOutput(value: Payload | undefined): Payload | undefined {
  const outputs = isRecord(value) ? firstValue(value, 'outputs', 'output') : undefined;
  return (outputs === undefined ? unquoted(value) : jsonOrText(outputs)) as Payload | undefined;
}

const QUERY_RESULTS: ReadonlySet<string> = new Set(['db.query.result', 'db.search.result']);

/** One hit of a vector query; the events come in the order of their rank. */
function queryResult({ name, attributes }: SpanEvent): TraceDocument {
  const stating = (field: string): unknown => firstOf(attributes, `${name}.${field}`, `db.query.result.${field}`);
  const id = stating('id');
  const content = stating('document');
  const distance = asNumber(stating('distance'));
  const metadata = jsonOrText(stating('metadata'));
  return stated<TraceDocument>({
    id: id === undefined ? undefined : textOrJson(id),
    content: content === undefined ? undefined : textOrJson(content),
    score: asNumber(stating('score')),
    // A distance is no score: the nearer, the better.
    metadata:
      distance === undefined
        ? metadata
        : { ...(isRecord(metadata) ? metadata : metadata !== undefined && { metadata }), distance },
  });
}

function promptTemplate(attributes: Attributes): PromptTemplate | undefined {
  if (!hasPrefix(attributes, 'traceloop.prompt.')) return undefined;
  const version = attributes.get('traceloop.prompt.version_name') ?? attributes.get('traceloop.prompt.version');
  return stated<PromptTemplate>({
    name: textOf(attributes, 'traceloop.prompt.key'),
    version: version === undefined ? undefined : textOrJson(version),
    template: textOf(attributes, 'traceloop.prompt.template'),
    variables: jsonOrText(attributes.get('traceloop.prompt.template_variables')),
  });
}
