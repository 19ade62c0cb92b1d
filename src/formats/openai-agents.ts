import type { SpanKind, SpanMeaning, SpanOutline, SpanReader, SpanTable, TimeOrigin } from '../model/index.js';
import { makeMessage } from '../payloads/chat-message.js';
import { conversation, messagesOf } from '../payloads/index.js';
import { firstText, firstValue } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import { interpret } from '../conventions/index.js';
import type { Format } from './format.js';
import { asArray, asText, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
import {
  clearOutline,
  exceptionOf,
  fieldsOf,
  inSteps,
  momentOf,
  parametersIn,
  putError,
  recordOf,
  rowsOf,
} from './row.js';
import { tokenUsage } from '../payloads/token-usage.js';

/**
 * OpenAI's Agents SDK, as it sends traces to the traces API, `{data: [trace, trace.span, …]}`, as lines of these, or as
 * `{trace_id, spans}`. Told by `object` and `span_data`.
 *
 * openai/openai-agents-python, src/agents/tracing/span_data.py, spans.py and traces.py. A batch is cut anywhere: the
 * head of a trace and a span's parent may be in another file, and spans of several traces in one. The top spans of a
 * trace (one for each agent that was handed to) have no parent, so a trace has several roots. `response` spans hold
 * nothing but the id of the response; exporters that also keep the body put it into `span_data.response`.
 */
export const openAiAgents: Format = {
  name: 'openai-agents',
  title: 'OpenAI Agents SDK traces',

  detect(value) {
    const first = firstObject(value);
    if (!first) return false;
    if (isItem(first)) return true;
    const inner = Array.isArray(first['data']) ? first['data'] : first['spans'];
    return Array.isArray(inner) && isItem(firstObject(inner));
  },

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(itemsOf(value, table), (item) => {
      if (item['object'] === 'trace') addHead(item, table);
      else {
        outlineSpan(clearOutline(outline), item, table.origin);
        table.add(outline, item, reader);
      }
    });
  },
};

const isItem = (value: unknown): boolean =>
  isObject(value) &&
  (value['object'] === 'trace.span' ||
    (value['object'] === 'trace' && 'workflow_name' in value) ||
    (isObject(value['span_data']) && typeof value['span_data']['type'] === 'string'));

function* itemsOf(value: unknown, table: SpanTable): Generator<JsonObject> {
  for (const item of rowsOf(Array.isArray(value) ? (value as unknown[]) : [value], table)) {
    const inner = isItem(item) ? undefined : Array.isArray(item['data']) ? item['data'] : item['spans'];
    if (!Array.isArray(inner)) yield item;
    else {
      // The wrapper may say what a head would.
      if (typeof item['trace_id'] === 'string') addHead({ ...item, id: item['trace_id'] }, table);
      for (const row of rowsOf(inner, table)) yield row;
    }
  }
}

/** The head of a trace: no span, but what is said of the whole. */
function addHead(head: JsonObject, table: SpanTable): void {
  const facts = table.facts(asText(head['id']));
  const name = firstText(head, 'workflow_name');
  const conversationId = firstText(head, 'group_id');
  if (name !== undefined) facts.name = name;
  if (conversationId !== undefined) facts.sessionId = conversationId;
  if (isObject(head['metadata'])) facts.metadata = head['metadata'];
}

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  ['agent', 'agent'],
  ['handoff', 'agent'],
  ['generation', 'llm'],
  ['response', 'llm'],
  ['transcription', 'llm'],
  ['speech', 'llm'],
  ['function', 'tool'],
  ['mcp_tools', 'tool'],
  ['guardrail', 'guardrail'],
  ['speech_group', 'chain'],
  ['custom', 'chain'],
  // Newer SDKs: what a runner does, and each of its turns.
  ['task', 'chain'],
  ['turn', 'chain'],
]);

const dataOf = (span: JsonObject): JsonObject => (isObject(span['span_data']) ? span['span_data'] : {});

/** The body of a response, where an exporter kept it. */
const bodyOf = (data: JsonObject): JsonObject => (isObject(data['response']) ? data['response'] : {});

function outlineSpan(outline: SpanOutline, span: JsonObject, origin: TimeOrigin): void {
  const data = dataOf(span);
  const { type } = data;
  outline.traceId = asText(span['trace_id']);
  outline.id = asText(span['id']);
  outline.parentId = asText(span['parent_id']);
  outline.name = nameOf(data);
  outline.label = firstText(data, 'to_agent', 'server');
  outline.kind = KINDS.get(type) ?? 'span';
  outline.start = momentOf(origin, span['started_at']);
  outline.end = momentOf(origin, span['ended_at']);
  putError(outline, span['error']);
  const body = bodyOf(data);
  outline.model = firstText(data, 'model') ?? firstText(body, 'model');
  if (outline.kind === 'llm') {
    // The API that answers with ids of responses is OpenAI's; a generation may be any provider's.
    if (type === 'response') outline.provider = 'openai';
    // OpenAI's counts, of either API: cached tokens are inside the input, reasoning inside the output.
    outline.usage = tokenUsage(data['usage']) ?? tokenUsage(body['usage']);
  }
  const wait = momentOf(origin, data['first_content_at']) - outline.start;
  if (wait >= 0) outline.timeToFirstToken = wait;
}

function nameOf(data: JsonObject): string {
  const name = firstText(data, 'name');
  if (name !== undefined) return name;
  const to = firstText(data, 'to_agent');
  if (data['type'] === 'handoff' && to !== undefined) return `handoff to ${to}`;
  return asText(data['type']);
}

/** Shown as what went in and came out. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['input', 'output', 'response']);

const reader: SpanReader = {
  format: openAiAgents.name,
  record(raw) {
    const span = isObject(raw) ? raw : {};
    const attributes = fieldsOf(span, new Set(['span_data']));
    for (const [name, value] of fieldsOf(dataOf(span), SHOWN_ELSEWHERE)) attributes.set(`span_data.${name}`, value);
    return recordOf(attributes);
  },
  meaning(_record, raw) {
    const span = isObject(raw) ? raw : {};
    const exception = exceptionOf(span['error']);
    return { ...meaningOf(dataOf(span)), ...(exception && { exceptions: [exception] }) };
  },
};

function meaningOf(data: JsonObject): SpanMeaning {
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
    ...(output === undefined ? [] : (messagesOf(output, 'output') ?? conversation(output, 'output'))),
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
