import { asNumber } from '../conventions/convention.js';
import { stated, unlessEmpty } from '../conventions/attribute-values.js';
import type { SpanMeaning, SpanOutline, SpanReader, SpanTable } from '../model/index.js';
import { messagesOf } from '../payloads/index.js';
import { firstText } from '../payloads/json-record.js';
import { jsonOrText } from '../payloads/json-text.js';
import { toolDefinitions } from '../payloads/tools.js';
import type { Format } from './format.js';
import { isObject, type JsonObject } from '../payloads/json-value.js';
import { emptyOutline } from './outline.js';
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
  usageOf,
  wrappedRows,
} from './row.js';
import { normalisedId } from './span-ids.js';

/**
 * Portkey's log export: lines or a list of calls, told by `ai_org`, `ai_model` or `portkeyHeaders` beside a `request` or
 * a `response`. Calls with one `trace_id` are one trace; who called whom stands in the headers or the metadata of those
 * that send it.
 *
 * Sources: portkey.ai/docs, api-reference/…/create-a-log-export (requested_data), product/observability/logs-export.
 * Tested on the documentation only, which leaves open whether `created_at` is the start (taken to be so), and says of the
 * analytics API that cost is in cents: so it is here, unless `cost_currency` names another unit than dollars.
 */
export const portkey: Format = {
  name: 'portkey',
  title: 'Portkey logs',

  detect(value) {
    return holdsRow(value, isRow, 'data');
  },

  *read(value, table) {
    const outline = emptyOutline();
    yield* inSteps(wrappedRows(value, table, isRow, 'data'), (row) => {
      outlineOf(row, clearOutline(outline), table);
      table.add(outline, row, reader);
    });
  },
};

const isRow = (row: JsonObject | undefined): boolean =>
  row !== undefined &&
  (row['request'] !== undefined || row['response'] !== undefined) &&
  (typeof row['ai_org'] === 'string' ||
    typeof row['ai_model'] === 'string' ||
    isObject(row['portkeyHeaders']) ||
    (row['response_time'] !== undefined && row['is_success'] !== undefined));

/** A body; some exports wrap it: `{body: {…}}`. */
const bodyOf = (row: JsonObject, name: string): unknown => {
  const value = jsonOrText(row[name]);
  return isObject(value) && isObject(value['body']) ? value['body'] : value;
};

function outlineOf(row: JsonObject, outline: SpanOutline, table: SpanTable): void {
  const metadata = partOf(row, 'metadata');
  const headers = partOf(row, 'portkeyHeaders');
  const said = (name: string): unknown =>
    row[name] ?? metadata[name] ?? metadata[`_${name}`] ?? headers[`x-portkey-${name.replaceAll('_', '-')}`];
  outline.id = normalisedId(said('span_id') ?? row['id']);
  outline.traceId = normalisedId(said('trace_id')) || outline.id;
  outline.parentId = normalisedId(said('parent_span_id'));
  outline.kind = /\/embeddings\b/.test(firstText(row, 'request_url') ?? '') ? 'embedding' : 'llm';
  outline.start = momentOf(table.origin, row['created_at']);
  outline.end = outline.start + (asNumber(row['response_time']) ?? NaN);
  outline.model = firstText(row, 'ai_model');
  outline.provider = firstText(row, 'ai_org');
  const name = said('span_name');
  outline.name = typeof name === 'string' && name !== '' ? name : (outline.model ?? 'request');
  // Portkey bills by these units; they are the gateway's OpenAI-like counts, in which the prompt includes the cached part.
  outline.usage = usageOf({ input: row['req_units'], output: row['res_units'], total: row['total_units'] });
  const cost = asNumber(row['cost']);
  const isDollars = /^(usd|\$|dollars?)$/i.test(firstText(row, 'cost_currency', 'currency') ?? '');
  if (cost !== undefined) outline.cost = isDollars ? cost : cost / 100;
  const exception = errorOf(row);
  outline.status = exception ? 'error' : isSuccess(row) ? 'ok' : 'unset';
  outline.statusMessage = exception?.message;
  outline.userId = firstText(metadata, '_user', 'user');
  outline.sessionId = firstText(metadata, '_session_id', 'session_id');
  if (Object.keys(metadata).length) outline.metadata = metadata;
}

const isSuccess = (row: JsonObject): boolean =>
  row['is_success'] === true || row['is_success'] === 'true' || row['is_success'] === 1;

function errorOf(row: JsonObject): ReturnType<typeof exceptionOf> {
  const http = asNumber(row['response_status_code']);
  const body = bodyOf(row, 'response');
  const isFailed = row['is_success'] === undefined ? (http ?? 0) >= 400 : !isSuccess(row);
  if (!isFailed) return undefined;
  return exceptionOf(isObject(body) ? body['error'] : undefined) ?? { message: `HTTP status ${http ?? 'unknown'}` };
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(['request', 'response']);

const reader: SpanReader = {
  format: portkey.name,
  record: (raw) => recordOf(isObject(raw) ? fieldsOf(raw, SHOWN_ELSEWHERE) : new Map()),
  meaning: (_record, raw) => (isObject(raw) ? meaningOf(raw) : {}),
};

function meaningOf(row: JsonObject): SpanMeaning {
  const request = bodyOf(row, 'request');
  const response = bodyOf(row, 'response');
  const prompt = firstText(row, 'prompt_slug');
  const exception = errorOf(row);
  return stated<SpanMeaning>({
    input: request ?? undefined,
    output: response ?? undefined,
    messages: unlessEmpty([...(messagesOf(request, 'input') ?? []), ...(messagesOf(response, 'output') ?? [])]),
    tools: unlessEmpty(toolDefinitions(isObject(request) ? request['tools'] : undefined)),
    parameters: callParameters(request),
    prompt: prompt === undefined ? undefined : { name: prompt },
    exceptions: exception && [exception],
  });
}
