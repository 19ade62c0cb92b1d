/** Recording wllama: llama.cpp in the page. */
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import { CHAT, COMPLETION, EMBEDDING, engineCall, RERANK, type EngineState, type Operation } from './engine-calls.js';
import { recordLoading } from './engine-loading.js';
import { isStandIn, standIn, type Hook } from './stand-in.js';
import { starterOf, type TraceUnder } from './trace-under.js';

export type { TraceUnder } from './trace-under.js';

export type WllamaOptions = TraceUnder & {
  /** Milliseconds after which the span of a stream ends that nobody reads. Five minutes where not given. */
  idleLimit?: number | undefined;
};

/**
 * A `Wllama` whose calls are recorded: chat, completions, embeddings, reranking, and the loading of a model. It is used as
 * before. Probabilities are recorded where the request asks for them (`logprobs: true, top_logprobs: 5`), and what llama.cpp
 * measured where its answer says so (`timings`): tokens, prefill and decoding.
 *
 * `span.use(wllama)` makes its calls children of a span.
 */
export function wrapWllama<Engine extends object>(engine: Engine, options: WllamaOptions): Engine {
  if (isStandIn(engine)) return engine;
  return wrapEngine(engine, { provider: 'wllama', model: undefined, open: new Set() }, options);
}

function wrapEngine<Engine extends object>(engine: Engine, state: EngineState, options: WllamaOptions): Engine {
  const starter = starterOf(options);
  const calls = (operation: Operation): Hook => engineCall(operation, state, starter, options.idleLimit);
  const loads =
    (nameOf: (source: unknown) => string | undefined): Hook =>
    (call, args) => {
      state.model = quietly(() => nameOf(args[0]));
      return recordLoading({}, state.provider, state.model === undefined ? [] : [state.model], starter, () =>
        call(...args),
      );
    };
  const copy = standIn(engine, {
    methods: new Map([
      ['createChatCompletion', calls(CHAT)],
      ['createCompletion', calls(COMPLETION)],
      ['createEmbedding', calls(EMBEDDING)],
      ['createRerank', calls(RERANK)],
      ['loadModel', loads(fileName)],
      ['loadModelFromUrl', loads(addressName)],
      ['loadModelFromHF', loads(repositoryName)],
    ]),
  });
  registerClient(copy, (span) => wrapEngine(engine, state, { idleLimit: options.idleLimit, span }));
  return copy;
}

const fileOf = (path: unknown): string | undefined =>
  typeof path === 'string' ? /([^/]+?)(?:\.gguf)?(?:[?#].*)?$/i.exec(path)?.[1] : undefined;

/** Of `Blob`s, or of a `Model` that was downloaded before. */
function fileName(source: unknown): string | undefined {
  const { url, name } = (Array.isArray(source) ? source[0] : source) as { url?: unknown; name?: unknown };
  return fileOf(url ?? name);
}

/** Of an address, or of a `ModelSource`. */
const addressName = (source: unknown): string | undefined =>
  fileOf(typeof source === 'string' ? source : (source as { url?: unknown }).url);

/** Of `{ repo, file }`. */
function repositoryName(source: unknown): string | undefined {
  const { repo, file } = source as { repo?: unknown; file?: unknown };
  return fileOf(file) ?? (typeof repo === 'string' ? repo : undefined);
}
