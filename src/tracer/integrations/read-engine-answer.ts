import type { Message, SpanKind } from '../../model/index.js';
import { callParameters } from '../../payloads/call-parameters.js';
import { textMessage } from '../../payloads/chat-message.js';
import { firstText, isRecord, type JsonRecord } from '../../payloads/json-record.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { usageOf } from '../../payloads/usage.js';
import type { TracerSpan } from '../tracer-span.js';
import { assembled, conversationOf, recordedOutput, timingOf } from './read-answer.js';
import type { ValuesRecord } from './watch-values.js';

/** A call of an engine in the page that speaks as OpenAI's API does. Times are `performance.now()`. */
export interface EngineCall {
  readonly span: TracerSpan;
  readonly operation: string;
  readonly kind: SpanKind;
  readonly provider: string;
  readonly request: unknown;
  readonly begun: number;
  readonly ended: number;
  /** What came, where it came at once. */
  readonly response: unknown;
  /** What came piece by piece. */
  readonly stream: ValuesRecord | undefined;
}

/** Tells a span what its call asked for and got, once it is over: nothing is put together before. */
export function recordEngineAnswer(call: EngineCall): void {
  const { span, operation, kind, request, stream } = call;
  const values = stream?.values;
  const response = values ? assembled(values.map(({ value }) => value)) : call.response;
  const answered = isRecord(response) ? response : undefined;
  const asked = isRecord(request) ? request : undefined;
  const usage = usageOf(answered);
  const figures = figuresOf(answered);
  const timing = values && timingOf(values, call, usage);
  const model = answered && firstText(answered, 'model');
  const messages = kind === 'llm' ? [...promptOf(asked), ...conversationOf(asked, answered, true)] : [];
  const finishReasons = messages.flatMap(({ finishReason }) => finishReason ?? []);
  const tools = toolDefinitions(asked?.['tools']);
  const parameters = asked && callParameters(asked);
  const firstToken = timing?.first ?? inMilliseconds(figures.get('time_to_first_token_s'));
  span.update({
    ...(model !== undefined && { model, name: `${operation} ${model}` }),
    ...(response !== undefined && { output: recordedOutput(call, response) }),
    ...(messages.length > 0 && { messages }),
    ...(tools.length > 0 && { tools }),
    ...(parameters && { parameters }),
    ...(usage && { usage }),
    ...(firstToken !== undefined && { timeToFirstToken: firstToken }),
  });
  const id = answered && firstText(answered, 'id');
  const reason = endReason(stream, finishReasons);
  const decoding = figures.get('decode_tokens_per_s');
  span.setAttributes({
    ...(id !== undefined && { 'gen_ai.response.id': id }),
    ...(model !== undefined && { 'gen_ai.response.model': model }),
    ...(finishReasons.length > 0 && { 'gen_ai.response.finish_reasons': finishReasons }),
    ...timing?.attributes,
    ...(decoding !== undefined && decoding > 0 && { 'llm_trace.output_tokens_per_second': decoding }),
    ...Object.fromEntries(
      Array.from(figures, ([name, value]) => [`${call.provider.replaceAll('-', '_')}.usage.${name}`, value]),
    ),
    ...(usage === undefined && answered !== undefined && { 'llm_trace.usage_missing': true }),
    ...(reason !== undefined && { 'llm_trace.end_reason': reason }),
  });
}

/** The prompt of a completion, which is no list of turns. */
const promptOf = (asked: JsonRecord | undefined): Message[] => {
  const prompt = asked?.['prompt'];
  return typeof prompt === 'string' ? [textMessage('user', 'input', prompt)] : [];
};

/** Figures that the engine measured itself (`usage.extra`, CompletionUsage in mlc-ai/web-llm). */
function figuresOf(answered: JsonRecord | undefined): ReadonlyMap<string, number> {
  const usage = answered?.['usage'];
  const extra = isRecord(usage) ? usage['extra'] : undefined;
  const figures = new Map<string, number>();
  for (const [name, value] of Object.entries(isRecord(extra) ? extra : {})) {
    // What took no time has no rate.
    if (typeof value === 'number' && Number.isFinite(value)) figures.set(name, value);
  }
  return figures;
}

const inMilliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

/**
 * Why a call ended otherwise than by the end of its answer: its reader went away, or `interruptGenerate` was called. What
 * failed has said so.
 */
function endReason(stream: ValuesRecord | undefined, finishReasons: readonly string[]): string | undefined {
  if (finishReasons.includes('abort')) return 'aborted';
  if (!stream || stream.reason === 'completed' || stream.reason === 'failed') return undefined;
  return stream.reason === 'stopped' && finishReasons.length > 0 ? undefined : stream.reason;
}
