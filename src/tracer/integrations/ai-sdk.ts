/** Recording what the Vercel AI SDK does, by its own hooks. */
import { isRecord, type JsonRecord } from '../../payloads/json-record.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import type { AiSdkOptions, ModelCall } from './ai-sdk-model-call.js';
import { Operation } from './ai-sdk-operation.js';
import { starterOf } from './trace-under.js';
import { IDLE_LIMIT } from './watch-values.js';

export { aiSdkMiddleware, type AiSdkMiddleware } from './ai-sdk-middleware.js';
export type { AiSdkOptions } from './ai-sdk-model-call.js';
export type { TraceUnder } from './trace-under.js';

/** What `aiSdkTelemetry` gives: a `Telemetry` of the AI SDK. */
export interface AiSdkTelemetry {
  onStart(event: unknown): void;
  onStepStart(event: unknown): void;
  onStepEnd(event: unknown): void;
  onStepError(event: unknown): void;
  onLanguageModelCallStart(event: unknown): void;
  onLanguageModelCallEnd(event: unknown): void;
  onToolExecutionStart(event: unknown): void;
  onToolExecutionEnd(event: unknown): void;
  onObjectStepStart(event: unknown): void;
  onObjectStepEnd(event: unknown): void;
  onEmbedStart(event: unknown): void;
  onEmbedEnd(event: unknown): void;
  onRerankStart(event: unknown): void;
  onRerankEnd(event: unknown): void;
  onEnd(event: unknown): void;
  onAbort(event: unknown): void;
  onError(event: unknown): void;
  executeLanguageModelCall<Result>(call: { callId: string; execute: () => PromiseLike<Result> }): PromiseLike<Result>;
  /**
   * The span of a tool that is running, from what its `execute` is given besides the input: for calls that the tool
   * makes. `undefined` where it is not known for sure.
   */
  spanOf(options: { toolCallId: string; messages?: unknown }): TracerSpan | undefined;
}

/**
 * A telemetry integration for the AI SDK, version 7: `registerTelemetry(aiSdkTelemetry({ tracer }))` for all calls, or
 * `telemetry: { integrations: aiSdkTelemetry({ span }) }` for one, whose spans are then children of the span;
 * `span.use(integration)` gives the same. Each call (`generateText`, `streamText`, `embed`…) is a span, and in it its
 * steps, its calls of models (each attempt one) and its tools.
 *
 * The SDK's `recordInputs` and `recordOutputs` are kept to. Versions 4 to 6 take `aiSdkMiddleware` instead.
 */
export function aiSdkTelemetry(options: AiSdkOptions): AiSdkTelemetry {
  const operations = new Map<unknown, Operation>();
  const idleLimit = options.idleLimit ?? IDLE_LIMIT;

  /** Hands an event to the operation that it is of. */
  const on =
    (take: (operation: Operation, event: JsonRecord) => void) =>
    (event: unknown): void => {
      quietly(() => {
        const operation = isRecord(event) ? operations.get(event['callId']) : undefined;
        if (operation) take(operation, event as JsonRecord);
      });
    };

  const telemetry: AiSdkTelemetry = {
    onStart(event) {
      quietly(() => {
        if (!isRecord(event)) return;
        const { callId } = event;
        const ended = (): boolean => operations.delete(callId);
        const operation = new Operation(event, { under: starterOf(options), idleLimit, ended });
        if (operation.span.isRecording) operations.set(callId, operation);
      });
    },
    onStepStart: on((operation, event) => operation.stepStarted(event)),
    onStepEnd: on((operation, event) => operation.stepEnded(event)),
    onStepError: on((operation, event) => operation.stepFailed(event)),
    onLanguageModelCallStart: on((operation, event) => operation.modelStarted(event)),
    onLanguageModelCallEnd: on((operation, event) => operation.modelEnded(event)),
    onToolExecutionStart: on((operation, event) => operation.toolStarted(event)),
    onToolExecutionEnd: on((operation, event) => operation.toolEnded(event)),
    onObjectStepStart: on((operation, event) => operation.modelStarted(event)),
    onObjectStepEnd: on((operation, event) => operation.modelEnded(event)),
    onEmbedStart: on((operation, event) => operation.embeddingStarted(event)),
    onEmbedEnd: on((operation, event) => operation.embeddingEnded(event)),
    onRerankStart: on((operation, event) => operation.rankingStarted(event)),
    onRerankEnd: on((operation, event) => operation.rankingEnded(event)),
    onEnd: on((operation, event) => operation.end(event)),
    onAbort: on((operation, { reason }) => {
      operation.failed(reason ?? new DOMException('The operation was aborted.', 'AbortError'), 'aborted');
    }),
    onError: on((operation, { error }) => operation.failed(error)),
    async executeLanguageModelCall({ execute, ...event }) {
      const call = quietly(() => operations.get(event.callId)?.modelFollowed({ ...event }));
      if (!call) return execute();
      try {
        const result = await execute();
        quietly(() => taken(call, result));
        return result;
      } catch (error) {
        quietly(() => call.failed(error));
        throw error;
      }
    },
    spanOf({ toolCallId, messages }) {
      const known = [...operations.values()].flatMap(({ tools }) => tools.get(toolCallId) ?? []);
      const same = known.filter((tool) => tool.messages === messages);
      const [found, ...others] = same.length ? same : known;
      return others.length ? undefined : found?.span;
    },
  };
  registerClient(telemetry, (span) => aiSdkTelemetry({ idleLimit, span }));
  return telemetry;
}

/** The answer of a model, which goes on to the SDK. */
function taken(call: ModelCall, result: unknown): void {
  call.isWaiting = false;
  if (!isRecord(result) || !(result['stream'] instanceof ReadableStream)) return call.answered(result);
  const stream = result['stream'] as ReadableStream<unknown>;
  // The SDK hands its own result on, whatever is given back here: the stream has to stay the same, and is read through
  // us from when the SDK begins to read it.
  Object.defineProperty(stream, 'pipeThrough', {
    configurable: true,
    value: (...args: Parameters<typeof stream.pipeThrough>) => {
      Reflect.deleteProperty(stream, 'pipeThrough');
      return (quietly(() => call.streamed(stream, result)) ?? stream).pipeThrough(...args);
    },
  });
}
