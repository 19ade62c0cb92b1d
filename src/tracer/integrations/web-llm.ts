/** Recording WebLLM: language models that run in the page. */
import type { SpanKind } from '../../model/index.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import { recordLoading, type ProgressEngine } from './engine-loading.js';
import type { EngineCall } from './read-engine-answer.js';
import { recordFailure } from './record-failure.js';
import { isStandIn, standIn, type Hook, type StandInPlan } from './stand-in.js';
import { starterOf, type TraceUnder } from './trace-under.js';
import { IDLE_LIMIT, watchIterable, type ValuesRecord } from './watch-values.js';

export type { TraceUnder } from './trace-under.js';

export type WebLLMOptions = TraceUnder & {
  /**
   * Milliseconds after which the span of a stream ends that was asked for and that nobody reads. What is read later still
   * reaches the application, and is not recorded. Five minutes where not given.
   */
  idleLimit?: number | undefined;
};

/** Loaded with the first call: what reads answers is several times the size of what records them. */
const loadReader = (): Promise<typeof import('./read-engine-answer.js')> => import('./read-engine-answer.js');

interface Operation {
  operation: string;
  kind: SpanKind;
}

/** The part of a request that is looked at. */
interface ModelRequest {
  readonly model?: string | null;
  readonly stream?: boolean | null;
}

const CHAT: Operation = { operation: 'chat', kind: 'llm' };
const COMPLETION: Operation = { operation: 'text_completion', kind: 'llm' };
const EMBEDDING: Operation = { operation: 'embeddings', kind: 'embedding' };

/** What stand-ins of one engine know in common. */
interface EngineState {
  /** The model that was loaded last, for requests that name none. */
  model: string | undefined;
  /** Calls that go on. */
  readonly open: Set<TracerSpan>;
}

/**
 * An engine of WebLLM (`MLCEngine`, or that of a worker) whose calls are recorded: chat, completions, embeddings, and
 * `reload()` as the loading of a model. It is used as before; what the engine itself measures is recorded as
 * `web_llm.usage.…`.
 *
 * The engine states the usage of a stream only where the request asks for it (`stream_options: { include_usage: true }`);
 * without, the span says that it is missing. `span.use(engine)` makes its calls children of a span.
 */
export function wrapWebLLM<Engine extends object>(engine: Engine, options: WebLLMOptions): Engine {
  if (isStandIn(engine)) return engine;
  return wrapEngine(engine, { model: undefined, open: new Set() }, options);
}

function wrapEngine<Engine extends object>(engine: Engine, state: EngineState, options: WebLLMOptions): Engine {
  const calls = (operation: Operation): Hook => recordedCall(operation, state, options);
  const plan = (methods: readonly (readonly [string, Hook])[]): StandInPlan => ({ methods: new Map(methods) });
  const chat = (member: object): object =>
    standIn(member, {
      members: new Map([['completions', (inner: object) => standIn(inner, plan([['create', calls(CHAT)]]))]]),
    });
  const interrupt: Hook = (call, args) => {
    for (const span of state.open) span.addEvent('interruptGenerate');
    return call(...args);
  };
  const copy = standIn(engine, {
    methods: new Map([
      ['chatCompletion', calls(CHAT)],
      ['completion', calls(COMPLETION)],
      ['embedding', calls(EMBEDDING)],
      ['interruptGenerate', interrupt],
      [
        'reload',
        (call, args) => {
          const models = [args[0]].flat().filter((model) => typeof model === 'string');
          state.model = models.length === 1 ? models[0] : undefined;
          return recordLoading(engine as ProgressEngine, models, starterOf(options), () => call(...args));
        },
      ],
    ]),
    members: new Map([
      ['chat', chat],
      ['completions', (member: object) => standIn(member, plan([['create', calls(COMPLETION)]]))],
      ['embeddings', (member: object) => standIn(member, plan([['create', calls(EMBEDDING)]]))],
    ]),
  });
  registerClient(copy, (span) => wrapEngine(engine, state, { idleLimit: options.idleLimit, span }));
  return copy;
}

function recordedCall({ operation, kind }: Operation, state: EngineState, options: WebLLMOptions): Hook {
  return (call, args) => {
    const [said] = args;
    const { model: asked, stream: isStream } = quietly(() => ({ ...(said as ModelRequest) })) ?? {};
    const model = asked ?? state.model;
    const begun = performance.now();
    const span = starterOf(options).start(model === undefined ? operation : `${operation} ${model}`, {
      kind,
      input: said,
      provider: 'web-llm',
      ...(model !== undefined && { model }),
      attributes: {
        'gen_ai.operation.name': operation,
        ...(model !== undefined && { 'gen_ai.request.model': model }),
        ...(isStream === true && { 'gen_ai.request.stream': true }),
      },
    });
    if (!span.isRecording) return call(...args);
    loadReader().catch(() => {});
    // As it is now: applications add the answer to the same list of messages.
    const request = span.snapshot(said);
    state.open.add(span);
    const over = (answer: Pick<EngineCall, 'response' | 'stream'>): void => {
      state.open.delete(span);
      const ended = answer.stream?.ended ?? performance.now();
      const whole: EngineCall = { span, operation, kind, request, begun, ended, ...answer };
      span.endAfter(async () => (await loadReader()).recordEngineAnswer(whole));
    };
    const failed = (error: unknown): never => {
      recordFailure(span, error, 'failed');
      over({ response: undefined, stream: undefined });
      throw error;
    };
    const streamed = (stream: ValuesRecord): void => {
      if (stream.reason === 'failed') recordFailure(span, stream.error, 'failed');
      over({ response: undefined, stream });
    };
    let answer: unknown;
    try {
      answer = call(...args);
    } catch (error) {
      return failed(error);
    }
    return Promise.resolve(answer).then((response) => {
      if (isIterable(response)) {
        return watchIterable(response, { idleLimit: options.idleLimit ?? IDLE_LIMIT, ended: streamed });
      }
      over({ response: kind === 'embedding' ? response : span.snapshot(response), stream: undefined });
      return response;
    }, failed);
  };
}

const isIterable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
