import { internalsOfPayload, withoutLogprobs } from '../../internals/logprobs/find.js';
import { callParameters } from '../../payloads/call-parameters.js';
import { messagesOf } from '../../payloads/index.js';
import { firstText, isRecord, recordsIn, type JsonRecord } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { streamsIn } from '../../payloads/streams/streams.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { usageOf } from '../../payloads/usage.js';
import type { Message, Usage } from '../../model/index.js';
import { harmlessHeaders, harmlessUrl } from '../masking.js';
import { recordInternals } from '../record-internals.js';
import { hasContent } from './first-content.js';
import type { AnswerHead, Attempt } from './http-capture.js';
import { providerOf } from './provider-host.js';
import type { BodyRecord } from './read-through.js';
import { lineValues, sseValues, textOf, type TimedValue } from './timed-values.js';

/** A call that is over. */
export interface EndedCall extends Attempt {
  /** `undefined` where no answer came. */
  readonly head: AnswerHead | undefined;
  readonly body: BodyRecord;
  /** Whether it failed because the application gave it up. */
  readonly isAborted: boolean;
  /** `performance.now()`. */
  readonly ended: number;
}

/** Content chunks whose times are recorded one by one. */
const MOST_TIMES = 1000;

/** Tells a span what its call sent and got, once it is over: nothing is parsed before. */
export function recordAnswer(call: EndedCall): void {
  const { span, request, kind, head, body } = call;
  const values = head && timedValues(head.type, body);
  const response = values ? assembled(values.map(({ value }) => value)) : head && wholeBody(head.type, body);
  const answered = isRecord(response) ? response : undefined;
  const asked = isRecord(request) ? request : undefined;
  const usage = usageOf(answered) ?? lastUsage(values);
  const failure = failureOf(head?.status ?? 0, response);
  const messages = kind === 'llm' || kind === 'span' ? conversationOf(asked, answered, failure === undefined) : [];
  const tools = toolDefinitions(asked?.['tools']);
  const parameters = asked && callParameters(asked);
  const model = answered && firstText(answered, 'model', 'modelVersion');
  const provider = call.isProviderGiven ? undefined : providerOf(call.url);
  const timing = values && timingOf(values, call, usage);
  const finishReasons = messages.flatMap(({ finishReason }) => finishReason ?? []);
  const id = answered && firstText(answered, 'id', 'responseId');
  const hasSucceeded = failure === undefined && head !== undefined && head.status < 400;
  const isMissing =
    usage === undefined && hasSucceeded && (kind === 'llm' || kind === 'embedding') && answered !== undefined;
  span.update({
    ...(response !== undefined && { output: recordedOutput(call, response) }),
    ...(messages.length > 0 && { messages }),
    ...(messages.length > 0 && kind === 'span' && { kind: 'llm' }),
    ...(tools.length > 0 && { tools }),
    ...(parameters && { parameters }),
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    ...(usage && { usage }),
    ...(timing?.first !== undefined && { timeToFirstToken: timing.first }),
  });
  const isWhole = finishReasons.length > 0 || answered?.['status'] === 'completed';
  const reason = endReason(call, isWhole);
  span.setAttributes({
    'url.full': harmlessUrl(call.url.href),
    ...(head && headAttributes(head)),
    ...(id !== undefined && { 'gen_ai.response.id': id }),
    ...(model !== undefined && { 'gen_ai.response.model': model }),
    ...(finishReasons.length > 0 && { 'gen_ai.response.finish_reasons': finishReasons }),
    ...timing?.attributes,
    ...(isMissing && { 'llm_trace.usage_missing': true }),
    ...(reason !== undefined && { 'llm_trace.end_reason': reason }),
    ...(failure !== undefined && head && head.status >= 400 && { 'error.type': String(head.status) }),
  });
  if (body.reason !== 'failed' && failure !== undefined) span.setStatus('error', failure);
}

/** What came back, without what is long and tells nobody anything there. Probabilities of tokens have a place of their own. */
export function recordedOutput({ span, kind }: Pick<EndedCall, 'span' | 'kind'>, response: unknown): unknown {
  if (kind === 'embedding') return withoutVectors(response);
  const internals = internalsOfPayload(response);
  if (!internals) return response;
  recordInternals(span, internals);
  return withoutLogprobs(response);
}

const headAttributes = ({ status, headers }: AnswerHead): Record<string, unknown> => ({
  'http.response.status_code': status,
  ...Object.fromEntries(
    Object.entries(harmlessHeaders(headers)).map(([name, value]) => [`http.response.header.${name}`, value]),
  ),
});

/** Why a call ended otherwise than by the end of its answer. */
function endReason({ body, head, isAborted }: EndedCall, isWhole: boolean): string | undefined {
  // Some clients stop reading at the word that ends a stream.
  if (body.reason === 'stopped' && isWhole) return undefined;
  if (isAborted) return 'aborted';
  // Clients cancel the answer of an attempt that they repeat.
  const isRepeated = body.reason === 'stopped' && head !== undefined && head.status >= 400;
  return body.reason === 'completed' || isRepeated ? undefined : body.reason;
}

/** The values of a body that is a stream, by its type or by how it begins: some servers send it as plain text. */
function timedValues(type: string, { pieces }: BodyRecord): TimedValue[] | undefined {
  if (/ndjson|jsonl|json-seq/.test(type)) return [...lineValues(pieces)];
  const isEvents =
    type.includes('event-stream') || (/^text\/|^$/.test(type) && /^(?:data|event|id|:)/.test(beginning(pieces)));
  return isEvents ? [...sseValues(pieces)] : undefined;
}

const beginning = (pieces: BodyRecord['pieces']): string => textOf(pieces.slice(0, 1)).slice(0, 10);

/** The body that the pieces make; the pieces themselves where they are of no API that is known. */
export function assembled(values: readonly unknown[]): unknown {
  for (const { body } of streamsIn(values)) return body;
  const failed = values.find((value) => isRecord(value) && value['error'] !== undefined);
  return failed ?? (values.length ? values : undefined);
}

function wholeBody(type: string, { pieces, size }: BodyRecord): unknown {
  if (!pieces.length) return size ? `[${size} bytes of ${type || 'unknown type'}]` : undefined;
  const held = jsonOrText(textOf(pieces));
  if (!Array.isArray(held)) return held;
  // Gemini streams a JSON array where no events are asked for.
  for (const { body } of streamsIn(held)) return body;
  return held;
}

/** Usage that stands in a last event of a stream that is not put together (images, transcripts). */
function lastUsage(values: readonly TimedValue[] | undefined): Usage | undefined {
  for (const { value } of values?.toReversed() ?? []) {
    const usage = usageOf(value);
    if (usage) return usage;
  }
  return undefined;
}

function failureOf(status: number, response: unknown): string | undefined {
  const error = isRecord(response) ? response['error'] : undefined;
  const text = typeof error === 'string' ? error : isRecord(error) ? firstText(error, 'message', 'type') : undefined;
  if (status >= 400) return text === undefined ? `HTTP ${status}` : `${status} ${text}`;
  return isRecord(error) || typeof error === 'string' ? (text ?? 'The answer holds an error.') : undefined;
}

export function conversationOf(
  asked: JsonRecord | undefined,
  answered: JsonRecord | undefined,
  isAnswer: boolean,
): Message[] {
  // Lists of results (images) are no turns.
  const isTurn = isAnswer && answered !== undefined && !Array.isArray(answered['data']);
  return [...(messagesOf(asked, 'input') ?? []), ...(isTurn ? (messagesOf(answered, 'output') ?? []) : [])];
}

/**
 * Vectors are long and tell nobody anything: their length is kept. OpenAI has them in `data`, Gemini in `embeddings`,
 * Vertex AI in `predictions`.
 */
export function withoutVectors(response: unknown): unknown {
  if (!isRecord(response)) return response;
  const { data, embeddings, predictions } = response;
  return {
    ...response,
    ...(Array.isArray(data) && {
      data: recordsIn(data).map((item) => ({ ...item, embedding: vectorText(item['embedding']) })),
    }),
    ...(Array.isArray(embeddings) && { embeddings: embeddings.map(withoutValues) }),
    ...(Array.isArray(predictions) && {
      predictions: recordsIn(predictions).map((item) => ({ ...item, embeddings: withoutValues(item['embeddings']) })),
    }),
  };
}

const withoutValues = (embedding: unknown): unknown =>
  isRecord(embedding) ? { ...embedding, values: vectorText(embedding['values']) } : embedding;

function vectorText(vector: unknown): string {
  if (Array.isArray(vector)) return `[${vector.length} numbers]`;
  return typeof vector === 'string' ? `[${vector.length} characters of base64]` : '[no vector]';
}

/** When the answer came, in milliseconds from the request: its first content, and each chunk of it. */
export function timingOf(
  values: readonly TimedValue[],
  { begun, ended }: Pick<EndedCall, 'begun' | 'ended'>,
  usage: Usage | undefined,
): { first: number | undefined; attributes: Record<string, unknown> } {
  const times = values.filter(({ value }) => hasContent(value)).map(({ time }) => Math.round((time - begun) * 10) / 10);
  const [first] = times;
  if (first === undefined) return { first, attributes: {} };
  const seconds = (ended - begun - first) / 1000;
  return {
    first,
    attributes: {
      'llm_trace.stream.chunks': times.length,
      'llm_trace.stream.chunk_times': times.slice(0, MOST_TIMES),
      ...(usage?.output !== undefined &&
        times.length > 1 &&
        seconds > 0 && { 'llm_trace.output_tokens_per_second': Math.round((usage.output / seconds) * 10) / 10 }),
    },
  };
}
