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
import { messagesOf } from '../../payloads/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { toolDefinitions } from '../../payloads/tools.js';
import type { Format } from '../format.js';
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
  partOf,
  recordOf,
  scoresOf,
  usageOf,
  wrappedRows,
} from '../row.js';
import { normalisedId } from '../span-ids.js';

/**
 * Helicone: the rows of its request API (`{data: […], error}`), of its export, or lines of them. A row is one call; it is
 * told by `request_id` beside a body or another of Helicone's fields. Rows with a session in their properties make a tree
 * (see `HeliconeSessions`); any other row is a trace of its own. Logged tools and vector searches are told by the body.
 *
 * Source: docs.helicone.ai, get-v1request (HeliconeRequest, LlmSchema); Helicone/helicone, packages/llm-mapper. Tested on
 * the documentation only.
 */
export const helicone: Format = {
  name: 'helicone',
  title: 'Helicone requests',

  detect(value) {
    return holdsRow(value, isRow, 'data');
  },

  *read(value, table) {
    const outline = emptyOutline();
    const sessions = new HeliconeSessions();
    yield* inSteps(wrappedRows(value, table, isRow, 'data'), (row) => {
      outlineOf(row, clearOutline(outline), sessions, table);
      table.add(outline, row, reader);
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

function outlineOf(row: JsonObject, outline: SpanOutline, sessions: HeliconeSessions, table: SpanTable): void {
  const properties = propertiesOf(row);
  const body = partOf(row, 'request_body');
  const { origin } = table;
  outline.id = normalisedId(row['request_id']);
  outline.kind = kindOf(row);
  outline.start = momentOf(origin, row['request_created_at']);
  const delay = asNumber(row['delay_ms']) ?? asNumber(row['latency']);
  outline.end = delay === undefined ? momentOf(origin, row['response_created_at']) : outline.start + delay;
  outline.model =
    firstText(row, 'model_override', 'response_model', 'request_model', 'model') ?? firstText(body, 'model');
  outline.provider = firstText(row, 'provider');
  outline.name =
    firstText(body, 'toolName', 'name', 'operation') ??
    (KINDS.has(loggedOf(row)) ? loggedOf(row) : outline.model) ??
    'request';
  // Helicone's counts are of the provider's kind: OpenAI's prompt includes what came from the cache, Anthropic's does not.
  const cacheRead = asNumber(row['prompt_cache_read_tokens']);
  const cacheWrite = asNumber(row['prompt_cache_write_tokens']);
  const prompt = asNumber(row['prompt_tokens']);
  const isApart = /anthropic/i.test(outline.provider ?? '') && prompt !== undefined;
  outline.usage = usageOf({
    input: isApart ? prompt + (cacheRead ?? 0) + (cacheWrite ?? 0) : prompt,
    output: row['completion_tokens'],
    total: isApart ? undefined : row['total_tokens'],
    cacheRead,
    cacheWrite,
    reasoning: row['reasoning_tokens'],
    audioInput: row['prompt_audio_tokens'],
    audioOutput: row['completion_audio_tokens'],
  });
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
  if (session === undefined) {
    if (Object.keys(properties).length) outline.metadata = properties;
    return;
  }
  outline.parentId = sessions.parentOf(
    session,
    asText(properties['Helicone-Session-Path']),
    outline.start,
    outline.end,
  );
  const name = firstText(properties, 'Helicone-Session-Name');
  if (name !== undefined) table.facts(session).name = name;
}

/** A status of 400 or more, or one of Helicone's own below zero (-3: cancelled, -4: blocked), and what the body says. */
function errorOf(row: JsonObject): ReturnType<typeof exceptionOf> {
  const http = asNumber(row['response_status']);
  const body = partOf(row, 'response_body')['error'] ?? partOf(partOf(row, 'llmSchema'), 'response')['error'];
  const isFailed = http !== undefined && (http >= 400 || http < 0);
  const said = exceptionOf(isObject(body) && isObject(body['heliconeMessage']) ? body['heliconeMessage'] : body);
  return said ?? (isFailed ? { message: `HTTP status ${http}` } : undefined);
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['request_body', 'response_body', 'llmSchema']);

const reader: SpanReader = {
  format: helicone.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, SHOWN_ELSEWHERE) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
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
          ...(messagesOf(output, 'output') ?? schemaMessages(answered['messages'], 'output')),
        ])
      : undefined,
    tools: unlessEmpty(toolDefinitions(logged['tools'] ?? asked['tools'])),
    documents: kindOf(row) === 'retriever' ? found(output) : undefined,
    parameters: isCall ? callParameters(logged, asked) : undefined,
    prompt: name === undefined ? undefined : { name, ...(typeof version === 'string' && { version }) },
    exceptions: exception && [exception],
    scores: unlessEmpty([...ratingOf(row), ...scoresOf(flatScores(row['scores']))]),
  });
}

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
