/** Recording ONNX Runtime in the page, and looking into its models. */
import type { Internals, InternalsModel } from '../../internals/index.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import { settle } from '../settle.js';
import type { TracerSpan } from '../tracer-span.js';
import { GenerationSteps, type CaptureLevel, type TensorLike, type Tensors } from './generation-steps.js';
import type { Replayed, ReplayOptions } from './replay.js';
import { isStandIn, standIn } from './stand-in.js';
import { starterOf, type TraceUnder } from './trace-under.js';

export type { CaptureLevel } from './generation-steps.js';
export { keepProfiles, type Profiles } from './onnx-profile.js';
export type { Replayed, ReplayedCall, ReplayOptions, ReplayRuntime } from './replay.js';
export type { TraceUnder } from './trace-under.js';

export type SessionOptions = TraceUnder & {
  /** The name of the model. */
  model?: string | undefined;
};

const PROVIDER = 'onnxruntime-web';

/**
 * A session of `onnxruntime-web` whose runs are recorded, each as a span with types and sizes of what went in and came out; what the
 * tensors hold is not. It is used as before. Where the model writes a text token by token, `tracedGeneration` makes one span of it.
 *
 * `span.use(session)` makes its runs children of a span.
 */
export function tracedSession<Session extends object>(session: Session, options: SessionOptions): Session {
  if (isStandIn(session)) return session;
  const { model } = options;
  const copy = standIn(session, {
    methods: new Map([
      [
        'run',
        (call, args) => {
          const span = starterOf(options).start(model === undefined ? 'run' : `run ${model}`, {
            provider: PROVIDER,
            ...(model !== undefined && { model }),
            input: quietly(() => shapesOf(args[0])),
          });
          return settle(() => call(...args), {
            done: (outputs) => span.setOutput(quietly(() => shapesOf(outputs))).end(),
            failed: (error) => span.recordException(error).end(),
          });
        },
      ],
    ]),
  });
  registerClient(copy, (span) => tracedSession(session, { model, span }));
  return copy;
}

/** Types and sizes of tensors. */
const shapesOf = (tensors: unknown): object =>
  Object.fromEntries(
    Object.entries(tensors as Tensors).map(([name, tensor]) => {
      const { type, dims } = tensor as TensorLike;
      return [name, `${type} ${dims.join(' × ')}`];
    }),
  );

export type GenerationOptions = TraceUnder & {
  /** The name of the model. */
  model?: string | undefined;
  /** What was asked for. */
  input?: unknown;
  /** How the tokens are chosen, as `{ temperature: 0.7 }`. */
  parameters?: Readonly<Record<string, unknown>> | undefined;
  /** The text of tokens, as tokenizers make it. Without it, tokens are recorded as numbers of the usage only. */
  decode?: ((ids: number[]) => string) | undefined;
  /** Tokens that are no text, as the end of a turn. */
  special?: Iterable<number> | undefined;
  /** How much is recorded of what goes on inside the model. 1 where not given. */
  capture?: CaptureLevel | undefined;
};

/** A text that a session of `onnxruntime-web` writes, token by token, in a loop of the application's. */
export interface Generation<Session> {
  /** To be run in place of the original: one run for the prompt, one for each token. */
  readonly session: Session;
  /** The span of the answer. It is ended by `end()`. */
  readonly span: TracerSpan;
  /** Says which token was chosen after the last run. */
  chose(token: number | bigint): void;
  /**
   * Ends the span.
   *
   * @param output the text that came out
   * @param inside what else is known of the inside of the model, as `{ ops }` of `keepProfiles()`
   */
  end(output?: unknown, inside?: Omit<Internals, 'v'>): void;
  /** Ends the span with an error. */
  fail(error: unknown): void;
}

/**
 * Records how a text comes about that the application writes itself with a session: what the model said of each token, when it
 * came, and how long the stages took.
 *
 * The prompt is `input_ids` of the first run; probabilities are worked out of `logits`, before anything was chosen.
 */
export function tracedGeneration<Session extends object>(
  session: Session,
  options: GenerationOptions,
): Generation<Session> {
  const { model, input, parameters, capture = 1 } = options;
  const begun = performance.now();
  const span = starterOf(options).start(model === undefined ? 'text_completion' : `text_completion ${model}`, {
    kind: 'llm',
    provider: PROVIDER,
    ...(model !== undefined && { model }),
    ...(input !== undefined && { input }),
    ...(parameters && { parameters }),
    attributes: {
      'gen_ai.operation.name': 'text_completion',
      ...(model !== undefined && { 'gen_ai.request.model': model }),
    },
  });
  const steps = span.isRecording ? new GenerationSteps(begun, span.keepsContent ? capture : 0) : undefined;
  const stand = standIn(session, {
    methods: new Map([
      [
        'run',
        (call, args) => {
          if (!steps) return call(...args);
          quietly(() => {
            const sequences = sequencesOf(args[0]);
            if (steps.begunAt === undefined) steps.begin(sequences);
            else steps.goOn(sequences[0]!);
          });
          return settle(() => call(...args), { done: steps.run(args[0]), failed: () => {} });
        },
      ],
    ]),
  });
  const over = (output: unknown, inside?: Omit<Internals, 'v'>): void => {
    if (output !== undefined) span.setOutput(output);
    steps?.over();
    const ended = performance.now() - begun;
    span.endAfter(async () => {
      if (!steps) return;
      const { recordGeneration, recordUsage } = await import('./read-generation.js');
      recordUsage(span, steps);
      if (steps.level === 0) return;
      const known: InternalsModel = { ...(model !== undefined && { id: model }), runtime: PROVIDER };
      await recordGeneration(span, steps, {
        decode: options.decode,
        special: new Set(options.special),
        model: known,
        ended,
        inside,
      });
    });
  };
  return {
    session: stand,
    span,
    chose: (token) => steps?.chose(token),
    end: over,
    fail: (error) => {
      span.recordException(error);
      over(undefined);
    },
  };
}

/** The tokens that go in, a sequence each. */
function sequencesOf(inputs: unknown): readonly (bigint | number)[][] {
  const { dims, data } = (inputs as Tensors)['input_ids'] as TensorLike;
  const [count, length] = dims as [number, number];
  const ids = Array.from(data as ArrayLike<bigint | number>);
  return Array.from({ length: count }, (_, at) => ids.slice(at * length, (at + 1) * length));
}

/**
 * Looks into the model after an answer: runs it once over the finished text and gives what `span.internals` says, with attention,
 * hidden states and, with `occludeWith`, what each token of the prompt did for each one of the answer. The model is run from the
 * bytes that are given, in a session of its own; nothing is fetched. How an answer comes about is not touched by it.
 *
 * With `tracer` it is recorded as a span below the call.
 *
 * @throws {Error} where the call has no numbers of tokens, or the model cannot be run
 */
export const replay = async (options: ReplayOptions): Promise<Replayed> =>
  (await import('./replay.js')).replay(options);

/**
 * A model with outputs for what goes on inside it: `decoder_attentions.0` and so on, `hidden_states.0` and so on. What it computes
 * stays the same. For sessions that are to show attention at each step (`capture: 3`).
 *
 * @param model the bytes of an ONNX file
 */
export const exposeInternals = async (model: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  (await import('./onnx-graph.js')).exposeInternals(model).bytes;
