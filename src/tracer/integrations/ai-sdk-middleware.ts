import type { JsonRecord } from '../../payloads/json-record.js';
import { quietly } from '../quietly.js';
import { ModelCall, type AiSdkOptions } from './ai-sdk-model-call.js';
import { starterOf } from './trace-under.js';
import { IDLE_LIMIT } from './watch-values.js';

/** What a middleware is given of a call. */
interface WrappedCall {
  params: object;
  model: { readonly modelId: string; readonly provider: string };
}

/** What `aiSdkMiddleware` gives: a `LanguageModelMiddleware` of the AI SDK, versions 4 to 7. */
export interface AiSdkMiddleware {
  /** Each version of the AI SDK wants another word here, and looks at none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly specificationVersion: any;
  wrapGenerate<Result>(call: WrappedCall & { doGenerate: () => PromiseLike<Result> }): Promise<Result>;
  wrapStream<Result>(call: WrappedCall & { doStream: () => PromiseLike<Result> }): Promise<Result>;
}

/**
 * A middleware for the AI SDK, versions 4 to 7: `wrapLanguageModel({ model, middleware: aiSdkMiddleware({ tracer }) })`.
 * Each call of the model, and each attempt, is a span; of tools and steps it knows nothing. With `{ span }` the calls are
 * children of the span.
 */
export function aiSdkMiddleware(options: AiSdkOptions): AiSdkMiddleware {
  const begin = ({ params, model }: WrappedCall, isStream: boolean): ModelCall | undefined =>
    quietly(() => {
      const { abortSignal } = params as { abortSignal?: AbortSignal };
      const call = new ModelCall({
        under: starterOf(options),
        asked: params as JsonRecord,
        modelId: model.modelId,
        provider: model.provider,
        idleLimit: options.idleLimit ?? IDLE_LIMIT,
        isStream,
        signal: abortSignal,
      });
      return call.span.isRecording ? call : undefined;
    });

  return {
    specificationVersion: 'v4',
    async wrapGenerate({ doGenerate, ...wrapped }) {
      const call = begin(wrapped, false);
      const result = await failing(call, doGenerate);
      quietly(() => call?.answered(result));
      return result;
    },
    async wrapStream({ doStream, ...wrapped }) {
      const call = begin(wrapped, true);
      const result = await failing(call, doStream);
      const { stream } = result as { stream?: unknown };
      if (!call || !(stream instanceof ReadableStream)) return result;
      const watched = quietly(() => call.streamed(stream, result as JsonRecord));
      return watched ? { ...result, stream: watched } : result;
    },
  };
}

async function failing<Result>(call: ModelCall | undefined, work: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    quietly(() => call?.failed(error));
    throw error;
  }
}
