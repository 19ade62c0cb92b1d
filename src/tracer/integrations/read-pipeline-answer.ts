import type { Message, SpanKind } from '../../model/index.js';
import { messagesOf } from '../../payloads/index.js';
import { textMessage } from '../../payloads/chat-message.js';
import { firstText, isRecord, recordsIn, type JsonRecord } from '../../payloads/json-record.js';
import { toolDefinitions } from '../../payloads/tools.js';
import type { InternalsModel } from '../../internals/index.js';
import type { TracerSpan } from '../tracer-span.js';
import type { GenerationSteps } from './generation-steps.js';
import { recordGeneration } from './read-generation.js';
import type { TokenWatch } from './token-watch.js';
import type { PipelineModel, PipelineTokenizer } from './transformers.js';

/** A call of a pipeline that is over. Times are `performance.now()`. */
export interface PipelineCall {
  readonly span: TracerSpan;
  readonly request: { readonly kind: SpanKind; readonly input: unknown; readonly options: unknown };
  /** `undefined` where there was none. */
  readonly answer: unknown;
  readonly tokens: TokenWatch;
  readonly begun: number;
  readonly ended: number;
  readonly pipe: { readonly tokenizer?: PipelineTokenizer | null; readonly model?: PipelineModel };
  /** Where the inside of the model was captured. */
  readonly steps: GenerationSteps | undefined;
}

/** Tells a span what its call asked for and got. */
export async function recordPipelineAnswer(call: PipelineCall): Promise<void> {
  const { span, request, answer, tokens } = call;
  const options = isRecord(request.options) ? request.options : {};
  const { tools: offered, ...parameters } = options;
  const tools = toolDefinitions(offered);
  const isGenerated = request.kind === 'llm';
  const finishReason = finishReasonOf(tokens, options);
  const messages = isGenerated ? conversationOf(request.input, answer, options, finishReason) : [];
  const [first] = tokens.times;
  span.update({
    ...(answer !== undefined && { output: request.kind === 'embedding' ? tensorShape(answer) : answer }),
    ...(messages.length > 0 && { messages }),
    ...(tools.length > 0 && { tools }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(tokens.steps > 0 && { usage: usageOf(tokens) }),
    ...(first !== undefined && { timeToFirstToken: first }),
  });
  const isMissing = tokens.steps === 0 && answer !== undefined && request.kind !== 'span';
  span.setAttributes({
    ...(first !== undefined && rates(tokens, first)),
    ...(finishReason !== undefined && { 'gen_ai.response.finish_reasons': [finishReason] }),
    ...(isMissing && { 'llm_trace.usage_missing': true }),
  });
  if (call.steps) await recordInside(call, call.steps, options);
}

async function recordInside(call: PipelineCall, steps: GenerationSteps, options: JsonRecord): Promise<void> {
  const { span, pipe, begun, ended } = call;
  const { tokenizer, model } = pipe;
  const special: unknown = tokenizer?.all_special_ids;
  await recordGeneration(span, steps, {
    decode:
      typeof tokenizer?.decode === 'function'
        ? (ids) => tokenizer.decode!(ids, { skip_special_tokens: false, clean_up_tokenization_spaces: false })
        : undefined,
    special: new Set(Array.isArray(special) ? special.map(Number) : []),
    isOfTexts: true,
    isPromptSeen: model?.config?.is_encoder_decoder !== true,
    model: modelOf(model),
    sampler: numbersIn(options, ['temperature', 'top_p', 'top_k', 'repetition_penalty']),
    ended: ended - begun,
  });
}

/** Names that configurations have for one thing (`config.json` of many kinds of models). */
const MODEL_NAMES: readonly (readonly [keyof InternalsModel, readonly string[]])[] = [
  ['layers', ['num_hidden_layers', 'n_layer', 'num_layers']],
  ['heads', ['num_attention_heads', 'n_head', 'num_heads']],
  ['kv_heads', ['num_key_value_heads']],
  ['d_model', ['hidden_size', 'n_embd', 'd_model']],
];

function modelOf(model: PipelineModel | undefined): InternalsModel {
  const config = isRecord(model?.config) ? model.config : {};
  const sessions = isRecord(model?.sessions) ? Object.values(model.sessions) : [];
  const used = sessions.map((session) => (isRecord(session) && isRecord(session['config']) ? session['config'] : {}));
  const [dtype, device] = ['dtype', 'device'].map((name) => {
    const values = new Set(used.flatMap((one) => (typeof one[name] === 'string' ? one[name] : [])));
    return values.size === 1 ? [...values][0] : undefined;
  });
  const sizes = MODEL_NAMES.flatMap(([name, theirs]) => {
    const found = theirs.map((one) => config[one]).find((value) => Number.isSafeInteger(value));
    return found === undefined ? [] : [[name, found] as const];
  });
  return {
    ...Object.fromEntries(sizes),
    ...(dtype !== undefined && { dtype }),
    runtime: device === undefined ? 'transformers.js' : `transformers.js ${device}`,
  };
}

const numbersIn = (options: JsonRecord, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    names.flatMap((name) => (typeof options[name] === 'number' ? [[name, options[name]] as const] : [])),
  );

const usageOf = ({ input, output }: TokenWatch) => ({
  output,
  ...(input !== undefined && { input, total: input + output }),
});

/** When each token came, and how fast prefill and decoding were. */
function rates(tokens: TokenWatch, first: number): Record<string, unknown> {
  const { input, output, steps, times, last = first } = tokens;
  const perStep = output / steps;
  return {
    'llm_trace.stream.chunks': steps,
    'llm_trace.stream.chunk_times': times,
    ...(input !== undefined && first > 0 && { 'llm_trace.input_tokens_per_second': perSecond(input, first) }),
    // The first token is the work of prefill.
    ...(last > first && { 'llm_trace.output_tokens_per_second': perSecond(output - perStep, last - first) }),
  };
}

const perSecond = (tokens: number, milliseconds: number): number => Math.round((tokens / milliseconds) * 10_000) / 10;

/** The library does not say why it stopped: by a token that ends an answer, or by the limit that was asked for. */
function finishReasonOf(tokens: TokenWatch, options: JsonRecord): string | undefined {
  if (tokens.hasEnded) return 'stop';
  return tokens.steps > 0 && tokens.steps === options['max_new_tokens'] ? 'length' : undefined;
}

function conversationOf(
  input: unknown,
  answer: unknown,
  options: JsonRecord,
  finishReason: string | undefined,
): Message[] {
  const chats = chatsOf(input);
  const asked = chats
    ? chats.flatMap((chat) => messagesOf({ messages: chat }, 'input') ?? [])
    : textsIn(input).map((text) => textMessage('user', 'input', text));
  const prompts = textsIn(input);
  const results = recordsIn([answer].flat(2));
  const said = results.flatMap((result, index) => {
    const text = firstText(result, 'generated_text', 'summary_text', 'translation_text', 'text', 'answer');
    if (text !== undefined) {
      // One prompt may have several answers, all prompts as many.
      const prompt = prompts[Math.floor((index / results.length) * prompts.length)];
      const isWhole = options['return_full_text'] !== false && prompt !== undefined && text.startsWith(prompt);
      return textMessage('assistant', 'output', isWhole ? text.slice(prompt.length) : text);
    }
    const chat = result['generated_text'];
    // A conversation comes back with what went in at its head.
    const before = chats?.[Math.floor((index / results.length) * chats.length)]?.length ?? 0;
    const choices = Array.isArray(chat) ? chat.slice(before).map((message: unknown) => ({ message })) : [];
    return messagesOf({ choices }, 'output') ?? [];
  });
  if (finishReason !== undefined) for (const message of said) message.finishReason ??= finishReason;
  return [...asked, ...said];
}

/** The conversations of an input: one, several, or `undefined` where it is none. */
function chatsOf(input: unknown): unknown[][] | undefined {
  if (isChat(input)) return [input];
  return Array.isArray(input) && input.length > 0 && input.every(isChat) ? input : undefined;
}

const isChat = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every((turn) => isRecord(turn) && 'role' in turn);

const textsIn = (input: unknown): string[] => [input].flat().filter((text) => typeof text === 'string');

/** Vectors are long and tell nobody anything: their shape is kept. */
function tensorShape(answer: unknown): unknown {
  const { dims, type } = (answer ?? {}) as { dims?: unknown; type?: unknown };
  return Array.isArray(dims) ? { dims, type } : answer;
}
