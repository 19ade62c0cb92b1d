import * as webLlm from '@mlc-ai/web-llm';

interface Choice {
  finish_reason: string | null;
  message: { content: string | null };
  delta: { content?: string; tool_calls?: unknown[] };
}

export interface Answer {
  id: string;
  created: number;
  choices: Choice[];
}

type Stream = AsyncGenerator<Answer>;

export interface ChatRequest {
  messages: { role: string; content: string }[];
  temperature?: number;
  stream_options?: { include_usage: boolean };
  tools?: unknown[];
}

interface Creates<Request> {
  create(request: Request & { stream: true }): Promise<Stream>;
  create(request: Request): Promise<Answer>;
}

interface Embeddings {
  data: { embedding: number[] }[];
}

export interface ProgressReport {
  progress: number;
  timeElapsed: number;
  text: string;
}

type ProgressCallback = (report: ProgressReport) => void;

export interface EngineConfig {
  initProgressCallback?: ProgressCallback;
  logLevel?: 'SILENT';
}

/** What the tests use of an engine, by the published types: those name their files in a way that this compiler does not follow. */
export interface Engine {
  readonly modelId?: string[];
  readonly chat: { completions: Creates<ChatRequest> };
  readonly completions: Creates<{ prompt: string }>;
  readonly embeddings: { create(request: { input: string | string[] }): Promise<Embeddings> };
  chatCompletion(request: ChatRequest): Promise<Answer>;
  completion(request: { prompt: string }): Promise<Answer>;
  embedding(request: { input: string | string[] }): Promise<Embeddings>;
  reload(model: string): Promise<void>;
  unload(): Promise<void>;
  interruptGenerate(): Promise<void>;
  getInitProgressCallback(): ProgressCallback | undefined;
  setInitProgressCallback(callback: ProgressCallback): void;
}

/** The engines of the published package. */
export const { MLCEngine, WebWorkerMLCEngine } = webLlm as unknown as {
  MLCEngine: new (config: EngineConfig) => Engine;
  WebWorkerMLCEngine: new (worker: object, config: EngineConfig) => Engine;
};

/** What the model of a doubled engine says, token by token. An error is thrown in its place. */
export type Reply = readonly (string | Error)[];

/** A chat model that has been loaded: tokens instead of a graphics card (`LLMChatPipeline` of mlc-ai/web-llm). */
class PipelineDouble {
  #message = '';
  #next = 0;
  #finish: string | undefined;
  #limit = Infinity;

  readonly #reply: Reply;
  readonly #prompt: number;

  constructor(reply: Reply, prompt: number) {
    this.#reply = reply;
    this.#prompt = prompt;
  }

  step(limit: number | null | undefined): Promise<void> {
    this.#limit = limit ?? Infinity;
    const token = this.#reply[this.#next++];
    if (token instanceof Error) return Promise.reject(token);
    this.#message += token ?? '';
    if (this.#next >= this.#reply.length) this.#finish = 'stop';
    else if (this.#next >= this.#limit) this.#finish = 'length';
    return Promise.resolve();
  }

  begin(limit: number | null | undefined): Promise<void> {
    this.#message = '';
    this.#next = 0;
    this.#finish = undefined;
    return this.step(limit);
  }

  stopped = (): boolean => this.#finish !== undefined;
  triggerStop = (): void => void (this.#finish = 'abort');
  getMessage = (): string => this.#message;
  getFinishReason = (): string | undefined => this.#finish;
  getTokenLogprobArray = (): unknown[] => [];
  setSeed = (): void => {};
  getCurRoundCompletionTotalTokens = (): number => this.#next;
  getCurRoundDecodingTotalTokens = (): number => this.#next - 1;
  getCurRoundPrefillTotalTokens = (): number => this.#prompt;
  getCurRoundPrefillTotalTime = (): number => 0.5;
  getCurRoundDecodingTotalTime = (): number => (this.#next - 1) / 20;
  getCurRoundPrefillTokensPerSec = (): number => this.#prompt / 0.5;
  getCurRoundDecodingTokensPerSec = (): number => 20;
  getCurRoundGrammarInitTotalTime = (): number => 0.01;
  getCurRoundGrammarPerTokenTotalTime = (): number => 0.02;
  getCurRoundLatencyBreakdown = (): undefined => undefined;
}

class EmbeddingDouble {
  embedStep = (input: string | string[]): Promise<number[][]> =>
    Promise.resolve([input].flat().map(() => [0.25, 0.5, 0.75]));
  getCurRoundEmbedTotalTokens = (): number => 4;
  getCurRoundEmbedTokensPerSec = (): number => 100;
}

/** The lock of one model: these tests never wait for it. */
const lock = { acquire: () => Promise.resolve(), release: () => Promise.resolve() };

/** The texts that the engine reports while it loads (tvmjs and `reload` of mlc-ai/web-llm). */
const LOADING: readonly (readonly [progress: number, text: string])[] = [
  [0, 'Start to fetch params'],
  [0.25, 'Fetching param cache[1/4]: 12MB fetched. 25% completed, 1 secs elapsed.'],
  [1, 'Fetching param cache[4/4]: 48MB fetched. 100% completed, 3 secs elapsed.'],
  [1, 'Loading GPU shader modules[1/2]: 50% completed, 1 secs elapsed.'],
  [1, 'Finish loading on WebGPU - test'],
];

/**
 * The real engine of the published package, all of its own code, around a model that needs neither a graphics card nor a
 * download: its pipelines are doubled at the members that hand them over.
 */
export function engineDouble(reply: Reply, { prompt = 7, ...config }: EngineConfig & { prompt?: number } = {}) {
  const engine = new MLCEngine({ logLevel: 'SILENT', ...config });
  const pipeline = new PipelineDouble(reply, prompt);
  const inside = engine as unknown as Record<string, unknown>;
  const loaded: unknown[] = [];
  const modelOf = (asked: unknown): string => (typeof asked === 'string' ? asked : MODEL);
  (inside['loadedModelIdToLock'] as Map<string, unknown>).set(MODEL, lock).set(EMBEDDING_MODEL, lock);
  const doubles = {
    getLLMStates: (_request: string, model: unknown) => [modelOf(model), pipeline, {}],
    getEmbeddingStates: () => [EMBEDDING_MODEL, new EmbeddingDouble(), {}],
    prefill: (_input: unknown, _pipeline: unknown, _chat: unknown, config: { max_tokens?: number }) =>
      pipeline.begin(config.max_tokens),
    decode: (_pipeline: unknown, config: { max_tokens?: number }) => pipeline.step(config.max_tokens),
    reloadInternal(model: string) {
      loaded.push(model);
      if (model === 'missing') return Promise.reject(new Error('No such model'));
      for (const [progress, text] of LOADING) engine.getInitProgressCallback()?.({ progress, timeElapsed: 1, text });
      return Promise.resolve();
    },
  };
  Object.assign(inside, doubles);
  return { engine, loaded };
}

/** A model that the engine lets call tools. */
export const MODEL = 'Hermes-3-Llama-3.1-8B-q4f16_1-MLC';
export const EMBEDDING_MODEL = 'snowflake-arctic-embed-s-q0f32-MLC-b4';
