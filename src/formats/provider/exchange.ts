import { jsonOrText } from '../../payloads/json-text.js';
import { asArray, isObject, type JsonObject } from '../../payloads/json-value.js';
import { bodyShape, type BodyShape } from './provider-shape.js';
import { mayBeStream, streamsIn, type Stream } from '../../payloads/streams/streams.js';
import { isSse, parseSse, SseTranscript } from './sse-transcript.js';

/** One call of a model as it went over the wire. */
export interface Exchange {
  readonly request: JsonObject | undefined;
  /** The response body; of a streamed one, the body that its pieces make. */
  readonly response: JsonObject | undefined;
  /** The pieces of a streamed response. */
  readonly chunks: readonly unknown[];
}

/** A pair that a log keeps, under the names that loggers give its sides. */
export function pairOf(value: JsonObject): { request: unknown; response: unknown } | undefined {
  const { request, response } = value;
  return request !== undefined || response !== undefined ? { request, response } : undefined;
}

/** The call that a value holds: a body alone, a pair of them, or a pair that has been put together from a stream. */
export function exchangeOf(value: unknown): Exchange | undefined {
  if (!isObject(value)) return undefined;
  const own = bodyShape(value);
  if (own?.side === 'request') return { request: value, response: undefined, chunks: [] };
  if (own) return { request: undefined, response: value, chunks: [] };
  const pair = pairOf(value);
  if (!pair) return undefined;
  const held = jsonOrText(pair.request);
  const request = isObject(held) ? held : undefined;
  const answer = streamOf(pair.response);
  const isKnown = (body: JsonObject | undefined): boolean => body !== undefined && bodyShape(body) !== undefined;
  if (!isKnown(request) && !isKnown(answer?.body)) return undefined;
  const chunks = asArray(value['stream']);
  return { request, response: answer?.body, chunks: chunks.length ? chunks : (answer?.chunks ?? []) };
}

/** A response in any of its forms: its body, JSON text of it, the pieces of a stream, or a transcript of them. */
function streamOf(response: unknown): Stream | undefined {
  const held = typeof response === 'string' && isSse(response) ? parseSse(response) : jsonOrText(response);
  const values = held instanceof SseTranscript ? held.values : held;
  if (isObject(values)) return { body: values, chunks: [] };
  if (!Array.isArray(values)) return undefined;
  if (mayBeStream(values)) {
    for (const stream of streamsIn(values)) return stream;
  }
  const first: unknown = values.find(isObject);
  return isObject(first) ? { body: first, chunks: values } : undefined;
}

/** What the call was: the response tells it better than the request. */
export function shapeOf({ request, response }: Exchange): BodyShape {
  const answered = response && bodyShape(response);
  const asked = request && bodyShape(request);
  const best = answered && answered.side !== 'error' ? answered : (asked ?? answered);
  return {
    side: answered?.side ?? 'request',
    operation: best?.operation ?? 'chat',
    provider: answered?.provider ?? asked?.provider,
  };
}
