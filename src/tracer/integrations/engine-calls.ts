import type { SpanKind } from '../../model/index.js';
import { quietly } from '../quietly.js';
import type { SpanStarter } from '../span-starter.js';
import type { TracerSpan } from '../tracer-span.js';
import type { EngineCall } from './read-engine-answer.js';
import { recordFailure } from './record-failure.js';
import type { Hook } from './stand-in.js';
import type { TimedValue } from './timed-values.js';
import { IDLE_LIMIT, watchIterable, type ValuesRecord } from './watch-values.js';

/** Loaded with the first call: what reads answers is several times the size of what records them. */
const loadReader = (): Promise<typeof import('./read-engine-answer.js')> => import('./read-engine-answer.js');

export interface Operation {
  readonly operation: string;
  readonly kind: SpanKind;
}

export const CHAT: Operation = { operation: 'chat', kind: 'llm' };
export const COMPLETION: Operation = { operation: 'text_completion', kind: 'llm' };
export const EMBEDDING: Operation = { operation: 'embeddings', kind: 'embedding' };
export const RERANK: Operation = { operation: 'rerank', kind: 'reranker' };

/** What stand-ins of one engine know in common. */
export interface EngineState {
  readonly provider: string;
  /** The model that was loaded last, for requests that name none. */
  model: string | undefined;
  /** Calls that go on. */
  readonly open: Set<TracerSpan>;
}

/** The part of a request that is looked at. */
interface ModelRequest {
  readonly model?: string | null;
  readonly stream?: boolean | null;
  /** Called with each piece, where the engine can do so. */
  onData?: unknown;
  abortSignal?: unknown;
}

/**
 * Records the calls of an engine in the page that speaks as OpenAI's API does: its answer at once, as an iterable, or piece by
 * piece to a function.
 */
export function engineCall(
  { operation, kind }: Operation,
  state: EngineState,
  starter: SpanStarter,
  idleLimit = IDLE_LIMIT,
): Hook {
  return (call, args) => {
    const [said, ...others] = args;
    const asked: ModelRequest = quietly(() => ({ ...(said as ModelRequest) })) ?? {};
    const { onData } = asked;
    delete asked.onData;
    delete asked.abortSignal;
    const isStream = asked.stream === true;
    const model = asked.model ?? state.model;
    const begun = performance.now();
    const span = starter.start(model === undefined ? operation : `${operation} ${model}`, {
      kind,
      input: asked,
      provider: state.provider,
      ...(model !== undefined && { model }),
      attributes: {
        'gen_ai.operation.name': operation,
        ...(model !== undefined && { 'gen_ai.request.model': model }),
        ...(isStream && { 'gen_ai.request.stream': true }),
      },
    });
    if (!span.isRecording) return call(...args);
    loadReader().catch(() => {});
    // As it is now: applications add the answer to the same list of messages.
    const request = span.snapshot(asked);
    state.open.add(span);
    const over = (answer: Pick<EngineCall, 'response' | 'stream'>): void => {
      state.open.delete(span);
      const ended = answer.stream?.ended ?? performance.now();
      const whole: EngineCall = { span, operation, kind, provider: state.provider, request, begun, ended, ...answer };
      span.endAfter(async () => (await loadReader()).recordEngineAnswer(whole));
    };
    const values: TimedValue[] | undefined = isStream && typeof onData === 'function' ? [] : undefined;
    const seen = (reason: ValuesRecord['reason'], error?: unknown): ValuesRecord | undefined =>
      values && { values, reason, error, ended: performance.now() };
    const failed = (error: unknown): never => {
      recordFailure(span, error, 'failed');
      over({ response: undefined, stream: seen('failed', error) });
      throw error;
    };
    const streamed = (stream: ValuesRecord): void => {
      if (stream.reason === 'failed') recordFailure(span, stream.error, 'failed');
      over({ response: undefined, stream });
    };
    let answer: unknown;
    try {
      answer = values ? call(listening(said as object, onData as Listener, values), ...others) : call(...args);
    } catch (error) {
      return failed(error);
    }
    return Promise.resolve(answer).then((response) => {
      if (isIterable(response)) return watchIterable(response, { idleLimit, ended: streamed });
      if (values) over({ response: undefined, stream: seen('completed') });
      else over({ response: kind === 'llm' ? span.snapshot(response) : response, stream: undefined });
      return response;
    }, failed);
  };
}

type Listener = (value: unknown) => unknown;

/** Pieces of one answer that are kept at most. */
const MOST_VALUES = 100_000;

/** A request whose pieces are taken down on their way to the application. */
const listening = (said: object, theirs: Listener, values: TimedValue[]): object => ({
  ...said,
  onData: (value: unknown) => {
    if (values.length < MOST_VALUES) values.push({ time: performance.now(), value });
    return theirs(value);
  },
});

const isIterable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
