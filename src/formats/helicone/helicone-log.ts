import { asNumber } from '../../conventions/convention.js';
import { firstText } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { asText, isObject, type JsonObject } from '../../payloads/json-value.js';
import { mayBeStream, streamsIn } from '../../payloads/streams/streams.js';
import { isSse, parseSse } from '../provider/sse-transcript.js';
import { fieldsOf, partOf } from '../row.js';

/*
 * What Helicone's manual logger sends, `POST /custom/v1/log` (Helicone/helicone, packages/helpers/manual_logger; recorded
 * from @helicone/helpers 1.8): `{providerRequest, providerResponse, timing, provider}`. A log has no id. Session, user and
 * properties are the logger's headers, kept beside the response; those of a single call (its path in the session) are sent
 * as HTTP headers and are not in the body. A streamed answer is the text of its pieces, one on a line, behind the error
 * where one came. The logger adds the request's `_type`, `toolName` and `name` to the answer.
 */

/** Whether a value is the body of a log. */
export const isLog = (value: JsonObject | undefined): value is JsonObject =>
  isObject(value?.['providerRequest']) && isObject(value['providerResponse']) && isObject(value['timing']);

/** A log as a row of the request API. */
export function rowOfLog(log: JsonObject): JsonObject {
  const request = partOf(log, 'providerRequest');
  const response = partOf(log, 'providerResponse');
  const timing = partOf(log, 'timing');
  const body = answerOf(response, partOf(request, 'json'));
  return {
    ...ofHeaders(partOf(response, 'headers')),
    provider: log['provider'],
    target_url: request['url'],
    request_body: request['json'],
    response_body: body,
    response_model: isObject(body) ? firstText(body, 'model') : undefined,
    response_status: response['status'],
    request_created_at: millisOf(timing['startTime']),
    response_created_at: millisOf(timing['endTime']),
    time_to_first_token: timing['timeToFirstToken'],
  };
}

function millisOf(time: unknown): number | undefined {
  const { seconds, milliseconds } = isObject(time) ? time : {};
  const whole = asNumber(seconds);
  return whole === undefined ? undefined : whole * 1000 + (asNumber(milliseconds) ?? 0);
}

/** Names of headers have no case. */
const OF_ROW: ReadonlyMap<string, string> = new Map([
  ['helicone-request-id', 'request_id'],
  ['helicone-user-id', 'request_user_id'],
  ['helicone-prompt-id', 'prompt_id'],
]);
const OF_SESSION: ReadonlyMap<string, string> = new Map(
  ['Helicone-Session-Id', 'Helicone-Session-Name', 'Helicone-Session-Path'].map((name) => [name.toLowerCase(), name]),
);
const PROPERTY = /^helicone-property-(?=.)/i;

function ofHeaders(headers: JsonObject): JsonObject {
  const row = new Map<string, unknown>();
  const properties = new Map<string, unknown>();
  for (const [name, value] of Object.entries(headers)) {
    const field = OF_ROW.get(name.toLowerCase());
    const ofSession = OF_SESSION.get(name.toLowerCase());
    if (field !== undefined) row.set(field, value);
    else if (ofSession !== undefined) properties.set(ofSession, value);
    else if (PROPERTY.test(name)) properties.set(name.replace(PROPERTY, ''), value);
  }
  return { ...Object.fromEntries(row), properties: Object.fromEntries(properties) };
}

/** The answer: a body, the body that the pieces of a stream make, or text. */
function answerOf(response: JsonObject, request: JsonObject): unknown {
  const text = asText(response['textBody']);
  if (text !== '') {
    const said = streamed(text);
    return typeof said === 'string' && (asNumber(response['status']) ?? 0) >= 400 ? { error: said } : said;
  }
  const body = partOf(response, 'json');
  const added = ['_type', 'toolName', 'name'].filter(
    (name) => body[name] !== undefined && body[name] === request[name],
  );
  return Object.fromEntries(Object.entries(body).filter(([name]) => !added.includes(name)));
}

function streamed(text: string): unknown {
  const pieces: unknown[] = [];
  const words: string[] = [];
  if (isSse(text)) for (const piece of parseSse(text).values) pieces.push(piece);
  else {
    for (const line of text.split('\n')) {
      const held = line.startsWith('{') ? jsonOrText(line) : undefined;
      if (isObject(held)) pieces.push(held);
      else words.push(line);
    }
  }
  if (!mayBeStream(pieces)) return jsonOrText(text);
  const error = words.join('\n').trim();
  for (const { body } of streamsIn(pieces)) return error === '' ? body : { ...body, error };
  return text;
}

const BODIES: ReadonlySet<string> = new Set(['json', 'textBody']);

/** The fields of a log by their own names, but for the bodies. */
export function fieldsOfLog(log: JsonObject): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, part] of Object.entries(log)) {
    if (isObject(part)) for (const [inner, value] of fieldsOf(part, BODIES)) fields.set(`${name}.${inner}`, value);
    else if (part !== undefined && part !== null) fields.set(name, part);
  }
  return fields;
}
