import type { Message } from '../../model/index.js';
import { isRecord, type JsonRecord } from '../../payloads/json-record.js';
import { toolDefinitions } from '../../payloads/tools.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import {
  answeredMessage,
  askedMessages,
  isOutput,
  parametersIn,
  questionIn,
  streamedAnswer,
  wholeAnswer,
  type ModelAnswer,
} from './ai-sdk-values.js';
import { ChunkTimes } from './chunk-times.js';
import { jsonCopy } from './json-copy.js';
import { providerName } from './provider-name.js';
import { headerAttributes, recordFailure } from './record-failure.js';
import type { SpanStarter, TraceUnder } from './trace-under.js';
import type { TimedValue } from './timed-values.js';
import { watchStream, type ValuesRecord } from './watch-values.js';

export type AiSdkOptions = TraceUnder & {
  /**
   * Milliseconds after which the spans of a stream end that was asked for and that nobody reads. What is read later still
   * reaches the application, and is not recorded. Five minutes where not given.
   */
  idleLimit?: number | undefined;
};

/** How a call of a model is begun. */
export interface ModelCallSetup {
  under: SpanStarter;
  /** What it asks: an event of the AI SDK, or the parameters that a middleware gets. */
  asked: JsonRecord;
  modelId: unknown;
  provider: unknown;
  idleLimit: number;
  isStream?: boolean;
  /** Whether what the model says is recorded. */
  keepsOutput?: boolean;
  /** The failed attempt that it repeats. */
  retryOf?: ModelCall | undefined;
  /** Whether the application has given it up, where that can be known. */
  signal?: AbortSignal | undefined;
  /** Called when it is over, with the reason where that is not the end of its answer. */
  ended?: (reason: string | undefined) => void;
  /** Called when nobody reads on, in place of the end: who knows why is to end it. */
  stopped?: () => void;
}

/** One call of a language model, or one attempt of it, as a span. */
export class ModelCall {
  readonly span: TracerSpan;
  /** How many attempts failed before. */
  readonly count: number;
  /** Whether the model has not begun to answer, and will not be missed when it does. */
  isWaiting = false;
  readonly #setup: ModelCallSetup;
  readonly #asked: readonly Message[];
  readonly #times = new ChunkTimes();
  /** What its stream has brought, where it is read through us. */
  #values: TimedValue[] | undefined;
  #isTold = false;

  constructor(setup: ModelCallSetup) {
    const { under, asked, modelId, provider, retryOf, isStream } = setup;
    this.#setup = setup;
    this.count = retryOf ? retryOf.count + 1 : 0;
    const model = typeof modelId === 'string' ? modelId : undefined;
    const owner = providerName(provider);
    const parameters = parametersIn(asked);
    const question = jsonCopy(questionIn(asked));
    this.#asked = quietly(() => askedMessages(isRecord(question) ? question : {})) ?? [];
    this.span = under.start(model === undefined ? 'chat' : `chat ${model}`, {
      kind: 'llm',
      ...(isRecord(question) && { input: question }),
      ...(model !== undefined && { model }),
      ...(owner !== undefined && { provider: owner }),
      ...(parameters && { parameters }),
      attributes: {
        'gen_ai.operation.name': 'chat',
        ...(model !== undefined && { 'gen_ai.request.model': model }),
        ...(isStream && { 'gen_ai.request.stream': true }),
        ...(retryOf && { 'http.request.resend_count': this.count, 'llm_trace.retry_of': retryOf.span.id }),
      },
    });
    const tools = toolDefinitions(asked['tools']);
    this.span.update({ messages: this.#asked, ...(tools.length > 0 && { tools }) });
  }

  /** Whether its stream is read through us, and the span ends with that. */
  get isWatched(): boolean {
    return this.#values !== undefined;
  }

  /** Whether somebody waits for it, or for more of it. */
  get isBusy(): boolean {
    return !this.span.isEnded && (this.isWaiting || this.isWatched);
  }

  /** It failed before an answer began. */
  failed(error: unknown): void {
    if (this.span.isEnded) return;
    recordFailure(this.span, error);
    this.end();
  }

  /** It was answered at once. */
  answered(result: unknown): void {
    if (this.span.isEnded) return;
    if (isRecord(result)) {
      this.#headers(result);
      quietly(() => this.#tell(wholeAnswer(result)));
    }
    this.end();
  }

  /** It is answered piece by piece: the stream to be read in place of the given one. */
  streamed<Part>(stream: ReadableStream<Part>, result: JsonRecord): ReadableStream<Part> {
    this.#headers(result);
    const values: TimedValue[] = [];
    const ended = (record: ValuesRecord): void => {
      quietly(() => this.#streamEnded(record));
    };
    const watched = watchStream(stream, { idleLimit: this.#setup.idleLimit, values, ended });
    this.#values = values;
    return watched;
  }

  #headers(result: JsonRecord): void {
    const response = isRecord(result['response']) ? result['response'] : result['rawResponse'];
    quietly(() => this.span.setAttributes(headerAttributes(isRecord(response) ? response['headers'] : undefined)));
  }

  #streamEnded({ reason, error }: ValuesRecord): void {
    if (this.span.isEnded) return;
    if (reason === 'stopped') this.#stopped();
    else {
      if (reason === 'failed') recordFailure(this.span, error, reason);
      this.end(reason === 'unread' ? reason : undefined);
    }
  }

  #stopped(): void {
    const { signal, stopped } = this.#setup;
    const { finishReason, error } = this.#tellStream();
    // Readers may stop at the part that ends an answer, or at an error.
    if (finishReason !== undefined || error !== undefined) this.end();
    else if (signal?.aborted) {
      recordFailure(this.span, signal.reason, 'aborted');
      this.end();
    } else if (stopped) stopped();
    else this.end('stopped');
  }

  /** Tells what the stream has brought by now. */
  #tellStream(): ModelAnswer {
    const values = this.#values ?? [];
    const answer = streamedAnswer(values);
    if (this.#isTold) return answer;
    this.#isTold = true;
    for (const { value, time } of values) if (isOutput(value)) this.#times.add(time);
    this.#times.tell(this.span, answer.usage?.output);
    this.#tell(answer);
    return answer;
  }

  #tell(answer: ModelAnswer): void {
    const { content, finishReason, usage, id, model, warnings, error } = answer;
    const keeps = this.#setup.keepsOutput !== false && content.length > 0;
    this.span.update({
      ...(keeps && { output: content, messages: [...this.#asked, answeredMessage(answer)] }),
      ...(model !== undefined && { model }),
      ...(usage && { usage }),
    });
    this.span.setAttributes({
      ...(id !== undefined && { 'gen_ai.response.id': id }),
      ...(model !== undefined && { 'gen_ai.response.model': model }),
      ...(finishReason !== undefined && { 'gen_ai.response.finish_reasons': [finishReason] }),
      ...(usage === undefined && finishReason !== undefined && { 'llm_trace.usage_missing': true }),
    });
    for (const warning of warnings) this.span.addEvent('warning', { warning });
    if (error !== undefined) recordFailure(this.span, error);
    else if (finishReason === 'error') this.span.setStatus('error', 'The model ended with an error.');
  }

  /** It is over, for a reason where that is not the end of its answer. */
  end(reason?: string): void {
    if (this.span.isEnded) return;
    if (this.#values) quietly(() => this.#tellStream());
    if (reason !== undefined) this.span.setAttributes({ 'llm_trace.end_reason': reason });
    this.span.end();
    this.#setup.ended?.(reason);
  }
}
