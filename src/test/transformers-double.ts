/**
 * For tests: pipelines as the published sources of @huggingface/transformers 4.3 make them, around a model that says what
 * it is told to. A token is a character; 0 fills up, 1 ends an answer.
 */

const PADDING = 0n;
const END = 1n;

const encode = (text: string): bigint[] => Array.from(text, (character) => BigInt(character.codePointAt(0)!));
const decode = (tokens: readonly bigint[]): string =>
  tokens.map((token) => (token === PADDING || token === END ? '' : String.fromCodePoint(Number(token)))).join('');

/** What `generate()` tells of its tokens. */
export interface Streamer {
  put(tokens: bigint[][]): void;
  end(): void;
}

/** A streamer of the library's kind: it keeps the text, and calls back for each token. */
export class TextStreamer implements Streamer {
  text = '';
  hasEnded = false;
  #isPrompt = true;
  readonly #told: ((tokens: bigint[]) => void) | undefined;

  constructor(options: { token_callback_function?: (tokens: bigint[]) => void } = {}) {
    this.#told = options.token_callback_function;
  }

  put(tokens: bigint[][]): void {
    if (tokens.length > 1) throw Error('TextStreamer only supports batch size of 1');
    if (this.#isPrompt) {
      this.#isPrompt = false;
      return;
    }
    this.#told?.(tokens[0]!);
    this.text += decode(tokens[0]!);
  }

  end(): void {
    this.#isPrompt = true;
    this.hasEnded = true;
  }
}

/** An object that is called: a function with the prototype of its class. */
class Callable {
  declare readonly _call: (input: unknown, options?: object) => unknown;

  constructor() {
    const closure = (input: unknown, options?: object): unknown =>
      (closure as unknown as Callable)._call(input, options);
    return Object.setPrototypeOf(closure, new.target.prototype) as this;
  }
}

export interface ModelDouble {
  /** What the model says to each prompt. */
  reply: (prompt: string) => string | Error;
  isEncoderDecoder?: boolean;
}

interface GenerateOptions {
  input_ids: bigint[][];
  max_new_tokens?: number;
  streamer?: Streamer;
}

function modelOf({ reply, isEncoderDecoder = false }: ModelDouble) {
  return {
    config: { _name_or_path: 'test/tiny', is_encoder_decoder: isEncoderDecoder },
    generation_config: { eos_token_id: [Number(END)] },
    isDisposed: false,
    async generate({ input_ids: prompts, max_new_tokens: most = 256, streamer }: GenerateOptions): Promise<bigint[][]> {
      const answers = prompts.map((prompt) => reply(decode(prompt)));
      const begun = isEncoderDecoder ? prompts.map(() => [2n]) : prompts.map((prompt) => [...prompt]);
      streamer?.put(begun);
      const done = prompts.map(() => false);
      for (let step = 0; step < most && !done.every(Boolean); step++) {
        await Promise.resolve();
        const tokens = answers.map((answer, at): [bigint] => {
          if (answer instanceof Error) throw answer;
          const token = encode(answer)[step] ?? END;
          done[at] ||= token === END;
          return [token];
        });
        begun.forEach((sequence, at) => sequence.push(tokens[at]![0]));
        streamer?.put(tokens);
      }
      streamer?.end();
      return begun;
    },
    dispose(): Promise<void> {
      this.isDisposed = true;
      return Promise.resolve();
    },
  };
}

interface Turn {
  role: string;
  content: string;
}

const isChat = (value: unknown): value is Turn[] =>
  Array.isArray(value) && value.every((turn) => typeof turn === 'object' && turn !== null && 'role' in turn);

export class Pipeline extends Callable {
  readonly task: string;
  readonly model: ReturnType<typeof modelOf>;
  readonly tokenizer = { pad_token_id: Number(PADDING) };

  constructor(task: string, model: ModelDouble) {
    super();
    this.task = task;
    this.model = modelOf(model);
  }

  async dispose(): Promise<void> {
    await this.model.dispose();
  }

  /** Prompts of one length: the shorter ones are filled up in front. */
  encoded(prompts: readonly string[]): bigint[][] {
    const longest = Math.max(...prompts.map((prompt) => prompt.length));
    return prompts.map((prompt) => [...Array.from(prompt.padStart(longest, '\0'), (c) => BigInt(c.codePointAt(0)!))]);
  }
}

/** The instances of a pipeline's class are functions. */
type PipelineClass<Called> = new (task: string, model: ModelDouble) => Pipeline & Called;

type Input = string | string[] | Turn[] | Turn[][];

export interface GenerationOptions {
  max_new_tokens?: number;
  temperature?: number;
  return_full_text?: boolean;
  tools?: unknown[];
  streamer?: Streamer | null;
  stopping_criteria?: object;
}

export type TextGeneration = (
  input: Input,
  options?: GenerationOptions,
) => Promise<{ generated_text: string | Turn[] }[]>;

export const TextGenerationPipeline = class extends Pipeline {
  override readonly _call = async (input: unknown, options: GenerationOptions = {}): Promise<unknown> => {
    const { return_full_text: isWhole = true, max_new_tokens, streamer } = options;
    const chats = isChat(input) ? [input] : Array.isArray(input) && input.every(isChat) ? input : undefined;
    const texts = chats?.map((chat) => chat.map(({ content }) => content).join('\n')) ?? ([input].flat() as string[]);
    const input_ids = this.encoded(texts);
    const sequences = await this.model.generate({
      input_ids,
      ...(max_new_tokens !== undefined && { max_new_tokens }),
      ...(streamer && { streamer }),
    });
    const results = sequences.map((sequence, at) => {
      const text = decode(sequence);
      const added = text.slice(texts[at]!.length);
      const chat = chats?.[at];
      return [{ generated_text: chat ? [...chat, { role: 'assistant', content: added }] : isWhole ? text : added }];
    });
    return results.length === 1 && !(chats && !isChat(input)) ? results[0] : results;
  };
} as unknown as PipelineClass<TextGeneration>;

type Summarization = (text: string, options?: GenerationOptions) => Promise<{ summary_text: string }[]>;

export const SummarizationPipeline = class extends Pipeline {
  override readonly _call = async (text: unknown, { streamer }: GenerationOptions = {}): Promise<unknown> => {
    const input_ids = this.encoded([text as string]);
    const [sequence] = await this.model.generate({ input_ids, ...(streamer && { streamer }) });
    return [{ summary_text: decode(sequence!.slice(1)) }];
  };
} as unknown as PipelineClass<Summarization>;

export class Tensor {
  readonly dims: number[];
  readonly type = 'float32';
  readonly data: Float32Array;

  constructor(dims: number[]) {
    this.dims = dims;
    this.data = new Float32Array(dims.reduce((product, size) => product * size, 1));
  }
}

type FeatureExtraction = (
  texts: string | string[],
  options?: { pooling?: string; normalize?: boolean },
) => Promise<Tensor>;

export const FeatureExtractionPipeline = class extends Pipeline {
  override readonly _call = (texts: unknown): Promise<Tensor> =>
    Promise.resolve(new Tensor([[texts].flat().length, 384]));
} as unknown as PipelineClass<FeatureExtraction>;

export interface ProgressInfo {
  status: string;
  file?: string;
  loaded?: number;
  total?: number;
}

interface LoadOptions {
  device?: string;
  dtype?: string;
  progress_callback?: (info: ProgressInfo) => void;
}

/** What the library tells while it loads. */
const LOADING: readonly ProgressInfo[] = [
  { status: 'initiate', file: 'config.json' },
  { status: 'download', file: 'config.json' },
  { status: 'progress', file: 'config.json', loaded: 700, total: 700 },
  { status: 'progress_total', loaded: 700, total: 5700 },
  { status: 'done', file: 'config.json' },
  { status: 'initiate', file: 'onnx/model.onnx' },
  { status: 'progress', file: 'onnx/model.onnx', loaded: 2000, total: 5000 },
  { status: 'progress', file: 'onnx/model.onnx', loaded: 5000, total: 5000 },
  { status: 'done', file: 'onnx/model.onnx' },
  { status: 'ready' },
];

/** The function that loads a pipeline, and the options that it was given. */
export function factoryDouble(model: ModelDouble) {
  const given: unknown[] = [];
  const pipeline = async (
    task: 'text-generation',
    name: string,
    options: LoadOptions = {},
  ): Promise<Pipeline & TextGeneration> => {
    given.push(options);
    await Promise.resolve();
    if (name === 'missing') throw new Error('Could not locate file');
    for (const info of LOADING) options.progress_callback?.(info);
    return new TextGenerationPipeline(task, model);
  };
  return { pipeline, given };
}
