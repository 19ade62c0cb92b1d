/** Recording what LangChain.js and LangGraph do, by their callbacks. */
import { isRecord } from '../../payloads/json-record.js';
import { jsonOrText } from '../../payloads/json-text.js';
import { unwrapped } from '../../payloads/langchain-io.js';
import { registerClient } from '../bind-client.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import { documentsIn, LeafRun, ModelRun, Run, nameOf, runOptions, toolOutput, type RunStart } from './langchain-run.js';
import { starterOf, type TraceUnder } from './trace-under.js';
import { IDLE_LIMIT } from './watch-values.js';

export type { TraceUnder } from './trace-under.js';

export type LangChainOptions = TraceUnder & {
  /**
   * Milliseconds after which the span of a model ends whose answer has begun to come in pieces and is read no further:
   * LangChain does not tell of it. Five minutes where not given.
   */
  idleLimit?: number | undefined;
};

type Tags = string[] | undefined;
type Metadata = Record<string, unknown> | undefined;
type Id = string | undefined;

/** What `langChainHandler` gives: a callback handler of LangChain. Runs are told by their ids. */
export interface LangChainHandler {
  readonly name: string;
  /** Times are right, and nothing is left to tell when a call is over. The methods below make nobody wait. */
  readonly awaitHandlers: true;
  handleLLMStart(
    llm: unknown,
    prompts: string[],
    runId: string,
    parentRunId?: Id,
    extra?: Metadata,
    tags?: Tags,
    metadata?: Metadata,
    runName?: string,
  ): void;
  handleChatModelStart(
    llm: unknown,
    messages: unknown[][],
    runId: string,
    parentRunId?: Id,
    extra?: Metadata,
    tags?: Tags,
    metadata?: Metadata,
    runName?: string,
  ): void;
  handleLLMNewToken(
    token: string,
    index: unknown,
    runId: string,
    parentRunId?: Id,
    tags?: Tags,
    fields?: { chunk?: unknown },
  ): void;
  handleChatModelStreamEvent(event: unknown, runId: string): void;
  handleLLMEnd(output: unknown, runId: string): void;
  handleLLMError(error: unknown, runId: string): void;
  /** The order of what follows the third argument depends on the version. */
  handleChainStart(
    chain: unknown,
    inputs: unknown,
    runId: string,
    fourth?: string,
    tags?: Tags,
    metadata?: Metadata,
    seventh?: string,
    eighth?: string,
  ): void;
  handleChainEnd(outputs: unknown, runId: string): void;
  handleChainError(error: unknown, runId: string): void;
  handleToolStart(
    tool: unknown,
    input: string,
    runId: string,
    parentRunId?: Id,
    tags?: Tags,
    metadata?: Metadata,
    runName?: string,
    toolCallId?: string,
  ): void;
  handleToolEvent(chunk: unknown, runId: string): void;
  handleToolEnd(output: unknown, runId: string): void;
  handleToolError(error: unknown, runId: string): void;
  handleRetrieverStart(
    retriever: unknown,
    query: string,
    runId: string,
    parentRunId?: Id,
    tags?: Tags,
    metadata?: Metadata,
    runName?: string,
  ): void;
  handleRetrieverEnd(documents: unknown[], runId: string): void;
  handleRetrieverError(error: unknown, runId: string): void;
  handleAgentAction(action: unknown, runId: string): void;
  handleAgentEnd(action: unknown, runId: string): void;
  handleCustomEvent(name: string, data: unknown, runId: string): void;
  /**
   * The span of the run that a function is called by, from the `config` that LangChain hands to it: for what the function
   * does besides. `undefined` where the run is not recorded.
   */
  spanOf(config: unknown): TracerSpan | undefined;
}

/**
 * A callback handler for LangChain.js and LangGraph: `callbacks: [langChainHandler({ tracer })]` in the `config` of a
 * call, or of a model. Runs are spans; the tree is that of LangChain's own run ids, whatever runs at once. With
 * `{ span }`, or from `span.use(handler)`, the outermost runs are children of the span.
 *
 * Where there is no `AsyncLocalStorage`, LangChain knows what a function belongs to by the `config` that the function
 * hands on: without, its runs are not recorded.
 */
export function langChainHandler(options: LangChainOptions): LangChainHandler {
  const runs = new Map<string, Run>();
  const idleLimit = options.idleLimit ?? IDLE_LIMIT;

  const begin = (
    runId: string,
    parentId: Id,
    start: RunStart,
    make: (span: TracerSpan, parent: Run | undefined) => Run,
  ): void => {
    quietly(() => {
      // A handler may be given twice.
      if (runs.has(runId)) return;
      const parent = parentId === undefined ? undefined : runs.get(parentId);
      const span = (parent?.span ?? starterOf(options)).start(nameOf(start), runOptions(start));
      const made = span.isRecording ? quietly(() => make(span, parent)) : undefined;
      const run = made ?? new Run(span, parent);
      runs.set(runId, run);
      run.root.heard = performance.now();
    });
  };

  const end =
    (finish: (run: Run, value: unknown) => void) =>
    (value: unknown, runId: string): void => {
      quietly(() => {
        const run = runs.get(runId);
        runs.delete(runId);
        if (!run) return;
        run.root.heard = performance.now();
        if (run.span.isRecording) quietly(() => finish(run, value));
        run.span.end();
      });
    };

  const failed = end((run, error) => run.failed(error));

  const event =
    (name: string) =>
    (value: unknown, runId: string): void => {
      quietly(() => runs.get(runId)?.span.addEvent(name, isRecord(value) ? value : { value }));
    };

  const modelStarted = (
    serialized: unknown,
    prompts: unknown,
    runId: string,
    parentRunId?: Id,
    extra?: Metadata,
    tags?: Tags,
    metadata?: Metadata,
    runName?: string,
  ): void => {
    begin(
      runId,
      parentRunId,
      { kind: 'llm', serialized, runName, tags, metadata },
      (span, parent) => new ModelRun(span, parent, { prompts, extra, metadata, runName }),
    );
  };

  const chunk = (runId: string, isFilled: boolean): void => {
    const run = runs.get(runId);
    if (!(run instanceof ModelRun)) return;
    run.root.heard = performance.now();
    if (!run.isStreamed) watch(runId, run, idleLimit);
    run.chunk(isFilled);
  };

  /** Nobody tells of an answer that is read no further. One timer a model that answers in pieces, not one a piece. */
  const watch = (runId: string, run: ModelRun, milliseconds: number): void => {
    setTimeout(() => {
      if (runs.get(runId) !== run) return;
      const all = [...runs].filter(([, { root }]) => root === run.root);
      const idle = all.some(([, each]) => each.isBusy()) ? 0 : performance.now() - run.root.heard;
      if (idle < idleLimit) return watch(runId, run, idleLimit - idle);
      for (const [id, left] of all.reverse()) {
        runs.delete(id);
        left.left();
        left.span.end();
      }
    }, milliseconds);
  };

  const handler: LangChainHandler = {
    name: 'llm-trace-kit',
    awaitHandlers: true,
    handleLLMStart: modelStarted,
    handleChatModelStart: modelStarted,
    handleLLMNewToken(token, _index, runId, _parentRunId, _tags, fields) {
      quietly(() => chunk(runId, token !== '' || callsTool(fields?.chunk)));
    },
    handleChatModelStreamEvent(streamEvent, runId) {
      quietly(() => chunk(runId, isRecord(streamEvent) && streamEvent['event'] === 'content-block-delta'));
    },
    handleLLMEnd: end((run, result) => (run instanceof ModelRun ? run.answered(result) : run.ended(result))),
    handleLLMError: failed,
    handleChainStart(serialized, inputs, runId, fourth, tags, metadata, seventh, eighth) {
      quietly(() => {
        const { parentId, type, runName } = chainArguments([fourth, seventh, eighth]);
        const kind = type === 'prompt' ? 'prompt' : 'chain';
        begin(runId, parentId, { kind, serialized, runName, tags, metadata }, (span, parent) => {
          span.setInput(unwrapped(inputs, 'input'));
          return new Run(span, parent);
        });
      });
    },
    handleChainEnd: end((run, outputs) => run.ended(unwrapped(outputs, 'output'))),
    handleChainError: failed,
    handleToolStart(serialized, input, runId, parentRunId, tags, metadata, runName, toolCallId) {
      begin(runId, parentRunId, { kind: 'tool', serialized, runName, tags, metadata }, (span, parent) => {
        span.setInput(jsonOrText(input));
        if (toolCallId !== undefined) span.setAttributes({ 'gen_ai.tool.call.id': toolCallId });
        return new LeafRun(span, parent);
      });
    },
    handleToolEvent: event('tool event'),
    handleToolEnd: end((run, output) => run.ended(toolOutput(output))),
    handleToolError: failed,
    handleRetrieverStart(serialized, query, runId, parentRunId, tags, metadata, runName) {
      begin(runId, parentRunId, { kind: 'retriever', serialized, runName, tags, metadata }, (span, parent) => {
        span.setInput(query);
        return new LeafRun(span, parent);
      });
    },
    handleRetrieverEnd: end((run, documents) => {
      run.span.update({ documents: documentsIn(documents) });
      run.span.end();
    }),
    handleRetrieverError: failed,
    handleAgentAction: event('agent action'),
    handleAgentEnd: event('agent finish'),
    handleCustomEvent(name, data, runId) {
      event(name)(data, runId);
    },
    spanOf(config) {
      return quietly(() => {
        const callbacks = isRecord(config) ? config['callbacks'] : undefined;
        const { getParentRunId } = (callbacks ?? {}) as { getParentRunId?: () => string | undefined };
        return runs.get(getParentRunId?.call(callbacks) ?? '')?.span;
      });
    },
  };
  registerClient(handler, (span) => langChainHandler({ idleLimit, span }));
  return handler;
}

/** Types of runs that are told of as chains. */
const RUN_TYPES: ReadonlySet<string> = new Set(['chain', 'prompt', 'parser', 'llm', 'tool', 'retriever', 'embedding']);

const RUN_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The texts that a chain begins with. Versions call the method with the parent's id first and the name last, or the other
 * way round (langchain-ai/langchainjs, libs/langchain-core/src/callbacks/: base.ts says one, manager.ts does the other).
 */
function chainArguments(given: readonly (string | undefined)[]): {
  parentId: string | undefined;
  type: string | undefined;
  runName: string | undefined;
} {
  const parentId = given.find((text) => text !== undefined && RUN_ID.test(text));
  const type = given.find((text) => text !== undefined && RUN_TYPES.has(text));
  return { parentId, type, runName: given.find((text) => text !== undefined && text !== parentId && text !== type) };
}

/** Whether a piece of an answer without a text brings a call of a tool. */
function callsTool(piece: unknown): boolean {
  const message = isRecord(piece) ? piece['message'] : undefined;
  const calls = isRecord(message) ? message['tool_call_chunks'] : undefined;
  return Array.isArray(calls) && calls.length > 0;
}
