import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import { unflatten } from '../conventions/flattened.js';
import type {
  Message,
  Payload,
  PromptTemplate,
  Score,
  SpanKind,
  SpanMeaning,
  SpanOutline,
  SpanReader,
  SpanTable,
} from '../model/index.js';
import { chatMessage, isChatMessage } from '../payloads/chat-message.js';
import { documentsOf } from '../payloads/documents.js';
import { firstText, textOrJson } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { messagesOf } from '../payloads/index.js';
import { toolDefinitions } from '../payloads/tools.js';
import type { Format } from './format.js';
import { eventsIn, sessionIn } from './honeyhive-bodies.js';
import { asText, firstObject, isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
import {
  clearOutline,
  exceptionOf,
  fieldsOf,
  holdsRow,
  inSteps,
  momentOf,
  parametersIn,
  partOf,
  putError,
  recordOf,
  scoresOf,
  usageOf,
} from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * HoneyHive events, as its export API gives them: a list, lines, or `{events: […]}`; and the bodies that its SDK sends (see
 * `honeyhive-bodies.ts`). An event is told by `event_type` (`model`, `tool`, `chain`, `session`, or the Python name
 * `EventType.model`) and `session_id`, beside `event_id` or `event_name`. The session's own event is the root of its tree;
 * where that is not there, the events right below it are roots. A session that the SDK starts has no times: it lasts as long
 * as its events.
 *
 * Source: honeyhiveai/python-sdk, openapi/dataplane.yaml. Real events differ: messages have flattened keys
 * (`tool_calls.0.name`); a model's `is_streaming` and `headers` stand in `config` as text; times are milliseconds,
 * as float and as integer in one record; a session's end is its start; `metadata.honeyhive_event_type` is what the
 * decorator was given, "tool" for want of anything better, so the event's own type is believed.
 */
export const honeyHive: Format = {
  name: 'honeyhive',
  title: 'HoneyHive events',

  detect(value) {
    const first = firstObject(value);
    return holdsRow(value, isEvent, 'events', 'event') || (first !== undefined && sessionIn(first) !== undefined);
  },

  *read(value, table) {
    const outline = emptyOutline();
    const events = eventsIn(value, isEvent, table);
    const ids = new Set(events.map((event) => event['event_id']));
    const isOpen = (event: JsonObject): boolean => typeOf(event) === 'session' && event['start_time'] === undefined;
    const lengths = events.some(isOpen) ? lengthsOf(events, table) : undefined;
    let count = 0;
    yield* inSteps(events, (event) => {
      count++;
      outlineOf(event, clearOutline(outline), table);
      outline.id ||= `event-${count}`;
      if (event['parent_id'] === event['session_id'] && !ids.has(event['session_id'])) outline.parentId = '';
      const length = isOpen(event) ? lengths?.get(outline.id) : undefined;
      if (length) [outline.start, outline.end] = length;
      table.add(outline, event, reader);
    });
  },
};

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['model', 'llm'],
  ['tool', 'tool'],
  ['chain', 'chain'],
  ['session', 'chain'],
]);

/** `EventType.model` is how Python prints the member of an enum. */
const typeOf = (event: JsonObject): string =>
  asText(event['event_type'])
    .replace(/^EventType\./i, '')
    .toLowerCase();

const isEvent = (event: JsonObject | undefined): boolean =>
  event !== undefined &&
  KINDS.has(typeOf(event)) &&
  typeof (event['event_id'] ?? event['event_name']) === 'string' &&
  typeof event['session_id'] === 'string';

/** From the first start to the last end of the events of each session. */
function lengthsOf(events: readonly JsonObject[], table: SpanTable): ReadonlyMap<string, [start: number, end: number]> {
  const lengths = new Map<string, [number, number]>();
  for (const event of events) {
    const start = momentOf(table.origin, event['start_time']);
    const end = momentOf(table.origin, event['end_time']);
    if (Number.isNaN(start) || typeOf(event) === 'session') continue;
    const id = normalisedId(event['session_id']);
    const [first, last] = lengths.get(id) ?? [start, NaN];
    lengths.set(id, [Math.min(first, start), end > last || Number.isNaN(last) ? end : last]);
  }
  return lengths;
}

function outlineOf(event: JsonObject, outline: SpanOutline, table: SpanTable): void {
  const config = partOf(event, 'config');
  const metadata = partOf(event, 'metadata');
  const user = partOf(event, 'user_properties');
  const type = typeOf(event);
  outline.traceId = normalisedId(event['session_id']);
  outline.id = normalisedId(event['event_id']);
  outline.parentId = normalisedId(event['parent_id']);
  outline.name = asText(event['event_name']);
  outline.kind = type === 'tool' && retrieved(event) ? 'retriever' : (KINDS.get(type) ?? 'span');
  outline.start = momentOf(table.origin, event['start_time']);
  outline.end = momentOf(table.origin, event['end_time']);
  // The end is rounded to a millisecond, the duration is not.
  const duration = asNumber(event['duration']);
  if (duration !== undefined && Math.abs(outline.start + duration - outline.end) < 1)
    outline.end = outline.start + duration;
  putError(outline, event['error']);
  outline.model = firstText(metadata, 'response_model') ?? firstText(config, 'model');
  outline.provider = firstText(config, 'provider');
  // Counted as by OpenAI, whatever the provider: cached tokens are inside the prompt's, reasoning is inside the answer's.
  outline.usage = usageOf({
    input: metadata['prompt_tokens'],
    output: metadata['completion_tokens'],
    total: metadata['total_tokens'],
    cacheRead: metadata['cache_read_input_tokens'],
    cacheWrite: metadata['cache_creation_input_tokens'],
    reasoning: metadata['reasoning_tokens'],
  });
  outline.cost = asNumber(metadata['cost']);
  outline.sessionId = outline.traceId || undefined;
  outline.userId = firstText(user, 'user_id', 'userId', 'id', 'email');
  if (type !== 'session') return;
  outline.metadata = event['metadata'];
  if (outline.traceId === '') outline.traceId = outline.id;
}

/** Documents that a retriever gave for a query; HoneyHive calls it a tool. */
const retrieved = (event: JsonObject): unknown => {
  const outputs = partOf(event, 'outputs');
  const list = outputs['documents'] ?? outputs['chunks'];
  return partOf(event, 'inputs')['query'] !== undefined && Array.isArray(list) ? list : undefined;
};

const reader: SpanReader = {
  format: honeyHive.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, new Set(['inputs', 'outputs'])) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
};

/** What is no parameter of the call: who answers, and what the prompt was made from. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'provider',
  'headers',
  'template',
  'hyperparameters',
  'prompt_version',
  'name',
]);

function meaningOf(event: JsonObject): SpanMeaning {
  const config = partOf(event, 'config');
  const inputs = partOf(event, 'inputs');
  const outputs = partOf(event, 'outputs');
  const parameters = new Map([
    ...(parametersIn(config, NO_PARAMETERS) ?? []),
    ...(parametersIn(config['hyperparameters']) ?? []),
  ]);
  const exception = exceptionOf(event['error']);
  const documents = retrieved(event);
  return stated<SpanMeaning>({
    input: inputOf(event['inputs']),
    output: outputOf(event['outputs']),
    messages: unlessEmpty([...askedOf(inputs), ...answersOf(outputs)]),
    tools: unlessEmpty(toolsOf(inputs['functions'] ?? inputs['tools'] ?? config['tools'])),
    documents: documents === undefined ? undefined : unlessEmpty(documentsOf(documents)),
    parameters: parameters.size ? parameters : undefined,
    prompt: promptOf(config, inputs),
    exceptions: exception && [exception],
    scores: unlessEmpty([...scoresOf(event['metrics']), ...feedbackOf(event['feedback'])]),
  });
}

/** What a person gave as a judgement. A comment beside one judgement explains it. */
function feedbackOf(feedback: unknown): Score[] {
  if (!isObject(feedback)) return [];
  const { comment, ...judgements } = feedback;
  const [only, ...others] = scoresOf(judgements, 'human');
  if (typeof comment !== 'string' || !only || others.length) return scoresOf(feedback, 'human');
  return [{ explanation: comment, ...only }];
}

/** What a function was called with stands under `_params_`; an evaluation's datapoint under `inputs`. */
function inputOf(inputs: unknown): Payload | undefined {
  if (inputs === undefined || inputs === null) return undefined;
  if (!isObject(inputs)) return jsonOrText(inputs) as Payload;
  const keys = Object.keys(inputs);
  const only = keys.length === 1 ? inputs[keys[0]!] : undefined;
  if (isObject(only) && (keys[0] === '_params_' || keys[0] === 'inputs')) return only;
  return keys.length ? inputs : undefined;
}

function outputOf(outputs: unknown): Payload | undefined {
  if (outputs === undefined || outputs === null) return undefined;
  if (!isObject(outputs)) return jsonOrText(outputs) as Payload;
  const keys = Object.keys(outputs);
  if (keys.length === 1 && keys[0] === 'result') return jsonOrText(outputs['result']) as Payload;
  return keys.length ? outputs : undefined;
}

function askedOf(inputs: JsonObject): readonly Message[] {
  const params = partOf(inputs, '_params_');
  const list = inputs['chat_history'] ?? params['messages'] ?? inputs['messages'];
  return turnsOf(list, 'input') ?? messagesOf(inputs, 'input') ?? [];
}

function answersOf(outputs: JsonObject): readonly Message[] {
  if (typeof outputs['role'] === 'string') return [turnOf(outputs, 'output')];
  return turnsOf(outputs['chat_history'], 'output') ?? messagesOf(outputs, 'output') ?? [];
}

/** Turns in HoneyHive's own spelling; `undefined` where the list is of another. */
function turnsOf(value: unknown, origin: Message['origin']): Message[] | undefined {
  const list = jsonOrText(value);
  if (!Array.isArray(list) || !list.some((turn) => isObject(turn) && (isChatMessage(turn) || hasCalls(turn)))) {
    return undefined;
  }
  const isFlat = list.some((turn) => isObject(turn) && hasCalls(turn));
  return isFlat
    ? list.map((turn) => (isObject(turn) ? turnOf(turn, origin) : chatMessage({ content: turn }, origin)))
    : messagesOf(list, origin);
}

const hasCalls = (turn: JsonObject): boolean => Object.keys(turn).some((key) => key.startsWith('tool_calls.'));

/** A turn whose calls are flattened into keys such as `tool_calls.0.name`, or `tool_calls.0.function.name`. */
function turnOf(turn: JsonObject, origin: Message['origin']): Message {
  if (!hasCalls(turn)) return chatMessage(turn, origin);
  const calls = unflatten(new Map(Object.entries(turn)), 'tool_calls')
    .list()
    .map((call) => ({
      id: call.get('id'),
      name: call.get('name') ?? call.get('function.name'),
      arguments: call.get('arguments') ?? call.get('function.arguments'),
    }));
  return chatMessage({ ...turn, tool_calls: calls }, origin);
}

/** The schema of a tool's parameters is JSON text. */
const toolsOf = (value: unknown) =>
  toolDefinitions(value).map((tool) => ({
    ...tool,
    ...(tool.parameters !== undefined && { parameters: jsonOrText(tool.parameters) }),
  }));

const NO_VARIABLES: ReadonlySet<string> = new Set(['chat_history', '_params_', 'functions']);

function promptOf(config: JsonObject, inputs: JsonObject): PromptTemplate | undefined {
  const template = config['template'];
  if (template === undefined || template === null) return undefined;
  const version = firstText(config, 'prompt_version', 'version');
  const variables = parametersIn(inputs, NO_VARIABLES);
  return stated<PromptTemplate>({
    name: firstText(config, 'name'),
    version,
    template: textOrJson(template),
    variables: variables && Object.fromEntries(variables),
  });
}
