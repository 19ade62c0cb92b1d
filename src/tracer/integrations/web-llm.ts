/** Recording WebLLM: language models that run in the page. */
import { registerClient } from '../bind-client.js';
import { CHAT, COMPLETION, EMBEDDING, engineCall, type EngineState, type Operation } from './engine-calls.js';
import { recordLoading, type ProgressEngine } from './engine-loading.js';
import { isStandIn, standIn, type Hook, type StandInPlan } from './stand-in.js';
import { starterOf, type TraceUnder } from './trace-under.js';

export type { TraceUnder } from './trace-under.js';

export type WebLLMOptions = TraceUnder & {
  /**
   * Milliseconds after which the span of a stream ends that was asked for and that nobody reads. What is read later still
   * reaches the application, and is not recorded. Five minutes where not given.
   */
  idleLimit?: number | undefined;
};

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
  return wrapEngine(engine, { provider: 'web-llm', model: undefined, open: new Set() }, options);
}

function wrapEngine<Engine extends object>(engine: Engine, state: EngineState, options: WebLLMOptions): Engine {
  const calls = (operation: Operation): Hook => engineCall(operation, state, starterOf(options), options.idleLimit);
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
          return recordLoading(engine as ProgressEngine, 'web-llm', models, starterOf(options), () => call(...args));
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
