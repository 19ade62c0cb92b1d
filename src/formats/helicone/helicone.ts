import { asNumber } from '../../conventions/convention.js';
import { stated, unlessEmpty } from '../../conventions/attribute-values.js';
import type {
  Message,
  Payload,
  Score,
  SpanKind,
  SpanMeaning,
  SpanOutline,
  SpanReader,
  SpanTable,
} from '../../model/index.js';
import { chatMessage } from '../../payloads/chat-message.js';
import { documentsOf } from '../../payloads/documents.js';
import { conversation, messagesOf } from '../../payloads/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { usageOf as bodyUsage } from '../../payloads/usage.js';
import type { Format } from '../format.js';
import { shapeOf } from '../provider/exchange.js';
import { fieldsOfLog, isLog, rowOfLog } from './helicone-log.js';
import { HeliconeSessions } from './helicone-session.js';
import { asArray, asText, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { emptyOutline } from '../outline.js';
import {
  callParameters,
  clearOutline,
  exceptionOf,
  fieldsOf,
  holdsRow,
  inSteps,
  momentOf,
  parametersIn,
  partOf,
  recordOf,
  scoresOf,
  usageOf,
  wrappedRows,
} from '../row.js';
import { normalisedId } from '../span-ids.js';

/**
 * Helicone: the rows of its request API (`{data: […], error}`), of its export, or lines of them, and the bodies that its
 * manual logger sends (see `helicone-log.ts`). A row is one call; it is told by `request_id` beside a body or another of
 * Helicone's fields. A log states no id, and is given one. Rows with a session in their properties make a tree
 * (see `HeliconeSessions`); any other row is a trace of its own. Logged tools and vector searches are told by the body.
 *
 * Source: docs.helicone.ai, get-v1request (HeliconeRequest, LlmSchema); Helicone/helicone, packages/llm-mapper. The rows
 * are tested on the documentation only, the logs on a recording. Tools and searches that failed may say so in the logged
 * result (`status: "error"`), with an HTTP status of 200.
 */
export const helicone: Format = {
  name: 'helicone',
  title: 'Helicone requests',

  detect(value) {
    return holdsRow(value, isRecord, 'data');
  },

  *read(value, table) {
    const outline = emptyOutline();
    const sessions = new HeliconeSessions();
    let count = 0;
    yield* inSteps(wrappedRows(value, table, isRecord, 'data'), (record) => {
      count++;
      outlineOf(rowOf(record), `request-${count}`, clearOutline(outline), sessions, table);
      table.add(outline, record, reader);
    });
    sessions.addTo(table);
  },
};

const TELLING = [
  'request_body',
  'response_body',
  'helicone_user',
  'request_properties',
  'request_created_at',
  'llmSchema',
];

const isRow = (row: JsonObject | undefined): boolean =>
  row !== undefined && typeof row['request_id'] === 'string' && TELLING.some((name) => row[name] !== undefined);

const isRecord = (value: JsonObject | undefined): boolean => isRow(value) || isLog(value);

const rowOf = (record: JsonObject): JsonObject => (isLog(record) ? rowOfLog(record) : record);

const propertiesOf = (row: JsonObject): JsonObject => ({
  ...partOf(row, 'properties'),
  ...partOf(row, 'request_properties'),
});

/** What was called, where it was no model: `tool`, `vector_db` or `data`. */
function loggedOf(row: JsonObject): string | undefined {
  const request = partOf(partOf(row, 'llmSchema'), 'request');
  const details = ['toolDetails', 'vectorDBDetails', 'dataDetails'].map((name) => request[name]).find(isObject);
  return firstText(details ?? partOf(row, 'request_body'), '_type');
}

const KINDS: ReadonlyMap<string | undefined, SpanKind> = new Map<string | undefined, SpanKind>([
  ['tool', 'tool'],
  ['vector_db', 'retriever'],
  ['data', 'span'],
]);

function kindOf(row: JsonObject): SpanKind {
  const path = firstText(row, 'request_path', 'target_url') ?? '';
  return KINDS.get(loggedOf(row)) ?? (/\/embeddings\b/.test(path) ? 'embedding' : 'llm');
}

function outlineOf(
  row: JsonObject,
  place: string,
  outline: SpanOutline,
  sessions: HeliconeSessions,
  table: SpanTable,
): void {
  const properties = propertiesOf(row);
  const body = partOf(row, 'request_body');
  const { origin } = table;
  const answer = jsonOrText(row['response_body']);
  outline.id = normalisedId(row['request_id']) || place;
  outline.kind = kindOf(row);
  outline.start = momentOf(origin, row['request_created_at']);
  const delay = asNumber(row['delay_ms']) ?? asNumber(row['latency']);
  outline.end = delay === undefined ? momentOf(origin, row['response_created_at']) : outline.start + delay;
  outline.model =
    firstText(row, 'model_override', 'response_model', 'request_model', 'model') ?? firstText(body, 'model');
  const exchange = { request: body, response: isObject(answer) ? answer : undefined, chunks: [] };
  outline.provider = firstText(row, 'provider') ?? (KINDS.has(loggedOf(row)) ? undefined : shapeOf(exchange).provider);
  outline.name =
    firstText(body, 'toolName', 'name', 'operation') ??
    (KINDS.has(loggedOf(row)) ? loggedOf(row) : outline.model) ??
    'request';
  // Helicone's counts are of the provider's kind: OpenAI's prompt includes what came from the cache, Anthropic's does not.
  const cacheRead = asNumber(row['prompt_cache_read_tokens']);
  const cacheWrite = asNumber(row['prompt_cache_write_tokens']);
  const prompt = asNumber(row['prompt_tokens']);
  const isApart = /anthropic/i.test(outline.provider ?? '') && prompt !== undefined;
  const counted = usageOf({
    input: isApart ? prompt + (cacheRead ?? 0) + (cacheWrite ?? 0) : prompt,
    output: row['completion_tokens'],
    total: isApart ? undefined : row['total_tokens'],
    cacheRead,
    cacheWrite,
    reasoning: row['reasoning_tokens'],
    audioInput: row['prompt_audio_tokens'],
    audioOutput: row['completion_audio_tokens'],
  });
  outline.usage = counted ?? bodyUsage(answer);
  outline.cost = asNumber(row['cost']) ?? asNumber(row['costUSD']);
  outline.timeToFirstToken = asNumber(row['time_to_first_token']);

  const http = asNumber(row['response_status']);
  const exception = errorOf(row);
  outline.status = exception ? 'error' : http !== undefined && http >= 200 && http < 300 ? 'ok' : 'unset';
  outline.statusMessage = exception?.message;
  outline.userId = firstText(row, 'request_user_id', 'helicone_user');

  const session = firstText(properties, 'Helicone-Session-Id');
  outline.traceId = session ?? outline.id;
  outline.sessionId = session;
  const own = Object.entries(properties).filter(([name]) => !name.startsWith('Helicone-Session-'));
  if (own.length) outline.metadata = Object.fromEntries(own);
  if (session === undefined) return;
  outline.parentId = sessions.parentOf(
    session,
    asText(properties['Helicone-Session-Path']),
    outline.start,
    outline.end,
  );
  const name = firstText(properties, 'Helicone-Session-Name');
  if (name !== undefined) table.facts(session).name = name;
}

const OWN_STATUS: ReadonlyMap<number, string> = new Map([
  [-3, 'The request was cancelled.'],
  [-4, 'The request was blocked.'],
]);

/** A status of 400 or more, or one of Helicone's own below zero, and what the body says. */
function errorOf(row: JsonObject): ReturnType<typeof exceptionOf> {
  const http = asNumber(row['response_status']);
  const answer = partOf(row, 'response_body');
  const body =
    answer['error'] ??
    partOf(partOf(row, 'llmSchema'), 'response')['error'] ??
    (answer['status'] === 'error' && KINDS.has(loggedOf(row)) ? { message: answer['message'] ?? 'error' } : undefined);
  const isFailed = http !== undefined && (http >= 400 || http < 0);
  const said = exceptionOf(isObject(body) && isObject(body['heliconeMessage']) ? body['heliconeMessage'] : body);
  return said ?? (isFailed ? { message: OWN_STATUS.get(http) ?? `HTTP status ${http}` } : undefined);
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['request_body', 'response_body', 'llmSchema']);

const reader: SpanReader = {
  format: helicone.name,
  record: (raw) => {
    if (!isObject(raw)) return recordOf(new Map());
    return recordOf(isLog(raw) ? fieldsOfLog(raw) : fieldsOf(raw, SHOWN_ELSEWHERE));
  },
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(rowOf(raw)) : {}),
};

function meaningOf(row: JsonObject): SpanMeaning {
  const schema = partOf(row, 'llmSchema');
  const asked = partOf(schema, 'request');
  const answered = partOf(schema, 'response');
  const input = jsonOrText(row['request_body']) ?? schema['request'];
  const output = jsonOrText(row['response_body']) ?? schema['response'];
  const isCall = kindOf(row) === 'llm';
  const exception = errorOf(row);
  const name = firstText(row, 'prompt_id');
  const version = row['prompt_version'];
  const logged = isObject(input) ? input : {};
  return stated<SpanMeaning>({
    input: (isCall ? input : (either(logged, 'input', 'query', 'text') ?? input)) as Payload | undefined,
    output: output as Payload | undefined,
    messages: isCall
      ? unlessEmpty([
          ...(messagesOf(input, 'input') ?? schemaMessages(asked['messages'], 'input')),
          ...(messagesOf(output, 'output') ??
            (typeof output === 'string' && !exception
              ? conversation(output, 'output')
              : schemaMessages(answered['messages'], 'output'))),
        ])
      : undefined,
    tools: unlessEmpty(toolDefinitions(logged['tools'] ?? asked['tools'])),
    documents: kindOf(row) === 'retriever' ? found(output) : undefined,
    parameters: isCall ? callParameters(logged, asked) : parametersIn(logged, NO_PARAMETERS),
    prompt: name === undefined ? undefined : { name, ...(typeof version === 'string' && { version }) },
    exceptions: exception && [exception],
    scores: unlessEmpty([...ratingOf(row), ...scoresOf(flatScores(row['scores']))]),
  });
}

/** Of a logged tool or search: what it is, and what it was asked. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  ...['_type', 'toolName', 'name', 'operation', 'input', 'query', 'text', 'vector'],
]);

function found(output: unknown): SpanMeaning['documents'] | undefined {
  const list = isObject(output) ? either(output, 'results', 'documents', 'matches', 'similarityResults') : output;
  return unlessEmpty(documentsOf(Array.isArray(list) ? list : undefined));
}

/** Helicone's own shape of a message, where the bodies are not there: calls of tools and media stand beside the content. */
function schemaMessages(list: unknown, origin: Message['origin']): Message[] {
  return asArray(list)
    .filter(isObject)
    .map((message) => {
      const parts = message['contentArray'];
      const content = Array.isArray(parts) ? parts.map(schemaPart) : schemaPart(message);
      return chatMessage({ ...message, content, tool_calls: message['tool_calls'] }, origin);
    });
}

function schemaPart(part: unknown): unknown {
  if (!isObject(part)) return part;
  const url = part['image_url'];
  return part['_type'] === 'image' && typeof url === 'string'
    ? { type: 'image_url', image_url: { url } }
    : part['content'];
}

function ratingOf(row: JsonObject): Score[] {
  const rating = row['feedback_rating'];
  return typeof rating === 'boolean' ? [{ name: 'feedback', value: rating, source: 'human' }] : [];
}

/** A score is a number, or `{value, valueType}`. */
const flatScores = (scores: unknown): unknown =>
  isObject(scores)
    ? Object.fromEntries(
        Object.entries(scores).map(([name, score]) => [
          name,
          isObject(score) ? (score['value'] ?? textOrJson(score)) : score,
        ]),
      )
    : undefined;
