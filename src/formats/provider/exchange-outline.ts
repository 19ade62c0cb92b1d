import type { SpanException, SpanOutline, TimeOrigin } from '../../model/index.js';
import { firstText, textOrJson } from '../../payloads/json-record.js';
import { usageOf } from '../../payloads/usage.js';
import { shapeOf, type Exchange } from './exchange.js';
import { asArray, either, isObject, type JsonObject } from '../../payloads/json-value.js';
import { clearOutline, momentOf, momentOfSeconds } from '../row.js';

/** Fills the outline of the span of one call; its ids are the caller's to set where the bodies state none. */
export function outlineExchange(exchange: Exchange, outline: SpanOutline, origin: TimeOrigin): void {
  const { request, response } = exchange;
  const { operation, provider, side } = shapeOf(exchange);
  clearOutline(outline);
  const id = response && firstText(response, 'id', 'responseId', 'response_id', 'request_id');
  if (id !== undefined) outline.traceId = outline.id = id;
  outline.kind = operation === 'embeddings' ? 'embedding' : 'llm';
  outline.model =
    (response && firstText(response, 'model', 'modelVersion', 'model_version')) ??
    (request && firstText(request, 'model', 'modelId'));
  outline.name = outline.model === undefined ? operation : `${operation} ${outline.model}`;
  outline.provider = provider;
  outline.usage = usageOf(response);
  outline.sessionId = conversationOf(request) ?? conversationOf(response);
  outline.userId = userOf(request) ?? userOf(response);
  if (!response) return;
  putTimes(outline, exchange, origin);
  const exception = exceptionIn(response);
  if (exception) {
    outline.status = 'error';
    outline.statusMessage = exception.message;
  } else if (side === 'response' && isFinished(response)) outline.status = 'ok';
}

/** OpenAI's responses can belong to a conversation. */
function conversationOf(body: JsonObject | undefined): string | undefined {
  const conversation = body?.['conversation'];
  if (typeof conversation === 'string' && conversation !== '') return conversation;
  return isObject(conversation) ? firstText(conversation, 'id') : undefined;
}

/** OpenAI's `user` and what came after it, Anthropic's `metadata.user_id`. */
function userOf(body: JsonObject | undefined): string | undefined {
  const metadata = body?.['metadata'];
  return (
    body &&
    (firstText(body, 'user', 'safety_identifier') ?? (isObject(metadata) ? firstText(metadata, 'user_id') : undefined))
  );
}

/** Gateways write milliseconds where OpenAI writes seconds: what would be the year 5138 is no count of seconds. */
const FIRST_MILLIS = 1e11;

/** Most bodies say when they began, in whole seconds, and nothing of their end. Ollama says when it was done, and how long it took. */
function putTimes(outline: SpanOutline, { response, chunks }: Exchange, origin: TimeOrigin): void {
  if (!response) return;
  const created = either(response, 'created', 'created_at', 'createTime', 'create_time');
  if (typeof response['done'] === 'boolean') {
    const { total_duration: total } = response;
    const moment = momentOf(origin, created);
    const first = chunks.find(isObject);
    const begun = momentOf(origin, first?.['created_at']);
    // Without the last line it is not known how long it took: the first piece is the first moment that is.
    outline.start = typeof total === 'number' ? moment - total / 1e6 : chunks.length > 1 ? begun : moment;
    outline.end = response['done'] ? moment : NaN;
    if (chunks.length > 1 && begun > outline.start) outline.timeToFirstToken = begun - outline.start;
    return;
  }
  outline.start =
    typeof created === 'number' && created < FIRST_MILLIS
      ? momentOfSeconds(origin, created)
      : momentOf(origin, created);
  outline.end = momentOfSeconds(origin, response['completed_at']);
}

/** Whether a response says that it has come to its end. */
function isFinished(response: JsonObject): boolean {
  const { status, choices, candidates } = response;
  if (response['object'] === 'response') return status === 'completed';
  if (either(response, 'stop_reason', 'stopReason', 'done') !== undefined) {
    return Boolean(either(response, 'stop_reason', 'stopReason', 'done'));
  }
  const answers = asArray(choices ?? candidates).filter(isObject);
  return answers.length === 0 || answers.some((answer) => Boolean(either(answer, 'finish_reason', 'finishReason')));
}

/** What went wrong: `error`, as an object or a text; a prompt that Gemini would not answer. */
export function exceptionIn(response: JsonObject): SpanException | undefined {
  const { error, promptFeedback: feedback } = response;
  if (isObject(error)) {
    // Gemini's `code` is the HTTP status; its word for the error is `status`.
    const type = firstText(error, 'type', 'status', 'code');
    return { message: firstText(error, 'message') ?? type ?? textOrJson(error), ...(type !== undefined && { type }) };
  }
  if (typeof error === 'string' && error !== '') return { message: error };
  const blocked = isObject(feedback) ? firstText(feedback, 'blockReason') : undefined;
  if (blocked !== undefined) return { type: blocked, message: `The prompt was blocked: ${blocked}` };
  return response['status'] === 'failed' ? { message: 'The response failed.' } : undefined;
}
