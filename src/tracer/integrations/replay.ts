import type { Internals } from '../../internals/index.js';
import { recordInternals } from '../record-internals.js';
import type { Tracer } from '../tracer.js';
import { InsideModel } from './inside-model.js';
import { exposeInternals, type Exposed } from './onnx-graph.js';
import { ReplaySession, type FeedInput, type ReplayRuntime } from './replay-session.js';

export type { FeedInput, ReplayRuntime } from './replay-session.js';

/** A call that is to be looked into: a span that was read, or what its tracer recorded of it. */
export interface ReplayedCall {
  readonly internals: Internals | undefined;
  readonly traceId?: string;
  readonly id?: string;
}

export interface ReplayOptions {
  readonly call: ReplayedCall;
  /** The bytes of the model's ONNX file, as it was run. */
  readonly model: Uint8Array;
  /** The module `onnxruntime-web`, or of it `InferenceSession` and `Tensor`. */
  readonly runtime: ReplayRuntime;
  /** Options of the session, as `externalData`. It runs on the processor where not said otherwise. */
  readonly sessionOptions?: object | undefined;
  /**
   * The token that is put in place of each token of the prompt, one after the other, to see what the answer loses: one that means
   * little, as a space. Without it there is no attribution.
   */
  readonly occludeWith?: number | undefined;
  /** Inputs of the model that a replay does not know. */
  readonly inputs?: FeedInput | undefined;
  /** Records the replay, as a span below the call. */
  readonly tracer?: Tracer | undefined;
}

export type Replayed = Internals & Required<Pick<Internals, 'tokens' | 'output' | 'capture'>>;

/** Attention grows with their square. */
const MOST_TOKENS = 2048;

/** Looks into a model after an answer: see `replay` in `onnxruntime.ts`. */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { tracer, call } = options;
  if (!tracer) return replayed(options);
  const { traceId, id } = call;
  const span = tracer.start('replay', {
    attributes: { 'llm_trace.operation': 'replay' },
    ...(traceId !== undefined && id !== undefined && { traceparent: `00-${traceId}-${id}-01` }),
  });
  try {
    const internals = await replayed(options);
    recordInternals(span, internals);
    return internals;
  } catch (error) {
    span.recordException(error);
    throw error;
  } finally {
    span.end();
  }
}

async function replayed({
  call,
  model,
  runtime,
  sessionOptions,
  occludeWith,
  inputs,
}: ReplayOptions): Promise<Replayed> {
  const begun = performance.now();
  const { tokens, output, capture, ...others }: Partial<Internals> = call.internals ?? {};
  const ids = tokens?.id;
  if (!tokens || !ids?.length) throw new Error('The numbers of the tokens are not known: not captured, or masked.');
  if (ids.length > MOST_TOKENS) throw new RangeError(`A replay runs ${MOST_TOKENS} tokens, not ${ids.length}.`);
  const dropped = [...(capture?.dropped ?? [])];
  const facts = { runtime, sessionOptions, inputs };
  let exposed: Omit<Exposed, 'bytes'> = { attention: [], hidden: [] };
  const open = async (): Promise<ReplaySession> => {
    const whole = exposeInternals(model);
    const session = await ReplaySession.open(whole.bytes, facts);
    exposed = whole;
    return session;
  };
  const session = await open().catch((error: unknown) => {
    // Some runtimes do not give what some operators keep to themselves.
    dropped.push(`attention and hidden states: ${String(error)}`);
    return ReplaySession.open(model, facts);
  });
  try {
    const inside = new InsideModel(session, ids, tokens.split);
    const look = await inside.look(exposed);
    const { attention, hidden, width, vocabulary } = look;
    const instead = occludeWith === undefined ? -1 : ids.indexOf(occludeWith);
    const attribution =
      occludeWith === undefined ? undefined : await inside.occluded(occludeWith, tokens.text[instead]);
    dropped.push(...inside.dropped);
    return {
      ...others,
      v: 1,
      model: {
        ...others.model,
        vocab: vocabulary,
        ...(attention && { layers: attention.length, heads: attention.heads! }),
        ...(width !== undefined && { d_model: width }),
      },
      tokens,
      output: { ...look.output, ...output },
      ...(attention && { attention: [attention.section] }),
      ...(hidden && { hidden }),
      ...(attribution && { attribution: [attribution] }),
      capture: {
        ...capture,
        level: 2,
        cost_ms: Math.round(performance.now() - begun),
        ...(dropped.length > 0 && { dropped }),
      },
    };
  } finally {
    await session.close();
  }
}
