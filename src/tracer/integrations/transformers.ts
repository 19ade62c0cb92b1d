/** Recording transformers.js: models that run in the page. */
import type { SpanKind } from '../../model/index.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import { settle } from '../settle.js';
import type { TracerSpan } from '../tracer-span.js';
import { ForwardWatch } from './forward-watch.js';
import { GenerationSteps, type CaptureLevel } from './generation-steps.js';
import { PipelineLoading } from './pipeline-loading.js';
import { recordFailure } from './record-failure.js';
import { isStandIn, standIn, type Call } from './stand-in.js';
import { TokenWatch, type TokenIds } from './token-watch.js';
import { starterOf, type TraceUnder } from './trace-under.js';

export type { CaptureLevel } from './generation-steps.js';
export type { TraceUnder } from './trace-under.js';

export type CaptureOptions = TraceUnder & {
  /** How much is recorded of what goes on inside a model that generates text. 1 where not given. */
  capture?: CaptureLevel | undefined;
};

export type PipelineOptions = CaptureOptions & {
  /** The name of the model. Told by its configuration where not given, which knows the name that it was trained by. */
  model?: string | undefined;
};

/** Loaded with the first call: what reads answers is several times the size of what records them. */
const loadReader = (): Promise<typeof import('./read-pipeline-answer.js')> => import('./read-pipeline-answer.js');

/** Tasks that generate tokens, and which of their arguments the options are (pipelines of huggingface/transformers.js). */
const GENERATING: ReadonlyMap<string, number> = new Map([
  ['text-generation', 1],
  ['text2text-generation', 1],
  ['summarization', 1],
  ['translation', 1],
  ['image-to-text', 1],
  ['automatic-speech-recognition', 1],
  ['document-question-answering', 2],
]);

const EMBEDDING: ReadonlySet<string> = new Set(['feature-extraction', 'image-feature-extraction']);

/** What says which tokens end an answer. */
interface Generation {
  readonly eos_token_id?: unknown;
}

/** What is looked at of a model's configuration. */
export interface ModelConfiguration {
  readonly _name_or_path?: unknown;
  readonly is_encoder_decoder?: unknown;
}

/** The part of a pipeline that is looked at. */
interface Pipeline {
  readonly task?: unknown;
  readonly tokenizer?: PipelineTokenizer | null;
  readonly model?: PipelineModel;
}

export interface PipelineTokenizer {
  readonly pad_token_id?: unknown;
  readonly all_special_ids?: unknown;
  decode?(ids: number[], options: object): string;
}

export interface PipelineModel {
  readonly config?: ModelConfiguration;
  readonly generation_config?: Generation | null;
  readonly sessions?: unknown;
}

/**
 * A pipeline of transformers.js whose calls are recorded; it is called as before.
 *
 * What generates text is listened to by a streamer, which counts tokens and takes their times: the first one is the end of
 * prefill, the others are decoding. A streamer of the application's own is used as before. Of a model with an encoder the
 * library does not tell how many tokens went in. Of calls with one answer it is recorded how likely each token was, from what the
 * model said before anything was chosen; for that, `forward` of the model is watched while the call goes on.
 *
 * `span.use(pipe)` makes its calls children of a span; without, `options.tracer` or `options.span` says where they go.
 */
export function tracedPipeline<Pipe extends object>(pipe: Pipe, options: PipelineOptions): Pipe {
  if (isStandIn(pipe)) return pipe;
  const copy = standIn(pipe, { call: (call, args) => recordedCall(call, args, pipe as Pipeline, options) });
  registerClient(copy, (span) => tracedPipeline(pipe, { ...options, tracer: undefined, span }));
  return copy;
}

/**
 * The function `pipeline` of transformers.js, which loads models: the loading is recorded, and the pipelines that it gives.
 *
 * Files and bytes are told by `progress_callback`, and only where the application gives one: with it the library asks the
 * server for the size of each file before.
 */
export function tracedPipelineFactory<Factory extends object>(pipeline: Factory, options: CaptureOptions): Factory {
  if (isStandIn(pipeline)) return pipeline;
  const copy = standIn(pipeline, {
    call: (call, [task, model, given, ...others]) => {
      const named = typeof model === 'string' ? { ...options, model } : options;
      const loading = new PipelineLoading(starterOf(options), task, model, given);
      let pipe: object | undefined;
      const result = settle(() => call(task, model, loading.options, ...others) as Promise<object>, {
        done: (loaded) => {
          pipe ??= tracedPipeline(loaded as object, named);
          loading.end();
        },
        failed: (error) => loading.fail(error),
      });
      return result.then((loaded) => pipe ?? loaded);
    },
  });
  registerClient(copy, (span) => tracedPipelineFactory(pipeline, { capture: options.capture, span }));
  return copy;
}

interface Task {
  operation: string;
  kind: SpanKind;
  /** Which argument the options are, where it generates tokens. */
  optionsAt: number | undefined;
}

function taskOf(name: string, input: unknown): Task {
  const optionsAt = GENERATING.get(name);
  if (EMBEDDING.has(name)) return { operation: 'embeddings', kind: 'embedding', optionsAt };
  if (optionsAt === undefined) return { operation: name, kind: 'span', optionsAt };
  const isText = name === 'text-generation' && [input].flat().every((item) => typeof item === 'string');
  const operation = name !== 'text-generation' ? name : isText ? 'text_completion' : 'chat';
  return { operation, kind: 'llm', optionsAt };
}

function recordedCall(call: Call, args: readonly unknown[], pipe: Pipeline, options: PipelineOptions): unknown {
  // `translation_en_to_fr` is a translation.
  const task = typeof pipe.task === 'string' ? pipe.task : 'pipeline';
  const name = task.split('_', 1)[0]!;
  const { operation, kind, optionsAt } = taskOf(name, args[0]);
  const { config, generation_config: generation } = pipe.model ?? {};
  const model = options.model ?? config?._name_or_path;
  const isNamed = typeof model === 'string' && model !== '';
  const begun = performance.now();
  const span = starterOf(options).start(isNamed ? `${operation} ${model}` : operation, {
    kind,
    input: args[0],
    provider: 'transformers.js',
    ...(isNamed && { model }),
    attributes: {
      'gen_ai.operation.name': operation,
      ...(isNamed && { 'gen_ai.request.model': model }),
      'transformers.task': task,
    },
  });
  if (!span.isRecording) return call(...args);
  loadReader().catch(() => {});
  const given = args[optionsAt ?? 1];
  const inside = optionsAt === undefined ? undefined : insideOf(pipe.model, span, begun, options.capture);
  const tokens = new TokenWatch(begun, {
    isPromptSeen: config?.is_encoder_decoder !== true,
    padding: idsOf(pipe.tokenizer?.pad_token_id),
    ends: idsOf(quietly(() => (given as Generation | undefined)?.eos_token_id) ?? generation?.eos_token_id),
    inside,
  });
  const request = { kind, input: span.snapshot(args[0]), options: span.snapshot(quietly(() => withoutHandles(given))) };
  const over = (answer: unknown): void => {
    const ended = performance.now();
    inside?.end();
    const whole = { span, request, answer, tokens, begun, ended, pipe, steps: inside?.steps };
    span.endAfter(async () => (await loadReader()).recordPipelineAnswer(whole));
  };
  const listened = optionsAt === undefined ? args : withStreamer(args, optionsAt, tokens);
  return settle(() => call(...listened), {
    done: (answer) => over(kind === 'embedding' ? answer : span.snapshot(answer)),
    failed: (error) => {
      recordFailure(span, error, 'failed');
      over(undefined);
    },
  });
}

/** What watches the runs of a model, where its inside is captured. */
function insideOf(model: object | undefined, span: TracerSpan, begun: number, level: CaptureLevel = 1) {
  if (level === 0 || !model || !span.keepsContent) return undefined;
  const forwards = ForwardWatch.of(model);
  return { steps: new GenerationSteps(begun, level), forwards, end: forwards.begin() };
}

/** The arguments, with a streamer among the options that counts tokens and hands them on. */
function withStreamer(args: readonly unknown[], at: number, tokens: TokenWatch): readonly unknown[] {
  const given = args[at];
  if (given !== undefined && (typeof given !== 'object' || given === null)) return args;
  const { streamer } = (given ?? {}) as { streamer?: object | null };
  const copy = Array.from({ length: Math.max(args.length, at + 1) }, (_, index) => args[index]);
  copy[at] = { ...given, streamer: tokens.streamer(streamer ?? undefined) };
  return copy;
}

/** Options that are values: not streamers, stopping criteria, caches. */
const withoutHandles = (given: unknown): unknown =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
    ? Object.fromEntries(
        Object.entries(given).filter(
          ([name, value]) =>
            name === 'tools' || ((typeof value !== 'object' || Array.isArray(value)) && typeof value !== 'function'),
        ),
      )
    : undefined;

/** The ids of tokens that a configuration names: one, several or none. */
const idsOf = (value: unknown): TokenIds =>
  new Set([value].flat().flatMap((id) => (typeof id === 'number' || typeof id === 'bigint' ? BigInt(id) : [])));
