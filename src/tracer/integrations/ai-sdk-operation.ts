import { documentOf } from '../../payloads/documents.js';
import { isRecord, recordsIn, type JsonRecord } from '../../payloads/json-record.js';
import { quietly } from '../quietly.js';
import type { TracerSpan } from '../tracer-span.js';
import { ModelCall } from './ai-sdk-model-call.js';
import { aiSdkUsage, parametersIn, questionIn, withoutVectors } from './ai-sdk-values.js';
import { providerName } from './provider-name.js';
import { recordFailure } from './record-failure.js';
import type { SpanStarter } from './trace-under.js';

/** Milliseconds after which a call that is read no further is over, unless something is heard of it. */
const GRACE = 100;

interface OpenTool {
  readonly span: TracerSpan;
  /** The list that the tool is given too: it tells calls of one id apart. */
  readonly messages: unknown;
}

/** A call of a model that embeds or ranks. */
interface OpenCall {
  readonly span: TracerSpan;
  readonly values: unknown;
}

export interface OperationSetup {
  under: SpanStarter;
  idleLimit: number;
  /** Called when it is over. */
  ended: () => void;
}

/** One call of `generateText`, `streamText`, `embed` and so on: a span, and in it its steps, model calls and tools. */
export class Operation {
  readonly span: TracerSpan;
  readonly tools = new Map<string, OpenTool>();
  readonly #setup: OperationSetup;
  readonly #start: JsonRecord;
  readonly #isStream: boolean;
  readonly #calls = new Map<string, OpenCall>();
  #step: TracerSpan | undefined;
  #model: ModelCall | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(start: JsonRecord, setup: OperationSetup) {
    const { operationId, functionId, modelId, provider, tools, runtimeContext, documents } = start;
    this.#setup = setup;
    this.#start = start;
    const id = typeof operationId === 'string' ? operationId : 'ai';
    this.#isStream = id.startsWith('ai.stream');
    const isAgent = isRecord(tools) && Object.keys(tools).length > 0;
    const owner = providerName(provider);
    const parameters = parametersIn(start);
    const question = questionIn(start);
    this.span = setup.under.start(typeof functionId === 'string' ? functionId : id.replace(/^ai\./, ''), {
      kind: isAgent ? 'agent' : 'chain',
      ...(question && { input: question }),
      ...(typeof modelId === 'string' && { model: modelId }),
      ...(owner !== undefined && { provider: owner }),
      ...(parameters && { parameters }),
      ...(isRecord(runtimeContext) && Object.keys(runtimeContext).length > 0 && { metadata: runtimeContext }),
      attributes: {
        'ai.operationId': id,
        ...(typeof functionId === 'string' && { 'ai.telemetry.functionId': functionId }),
      },
    });
    if (Array.isArray(documents)) this.span.update({ inputDocuments: documents.map(documentOf) });
  }

  stepStarted({ stepNumber }: JsonRecord): void {
    this.#endStep();
    this.#step = this.span.start(`step ${String(stepNumber)}`, {
      kind: 'chain',
      attributes: { 'ai.step.number': stepNumber },
    });
    this.#heard();
  }

  stepEnded({ finishReason }: JsonRecord): void {
    this.#endStep(finishReason);
    this.#heard();
  }

  stepFailed({ error }: JsonRecord): void {
    if (this.#step) recordFailure(this.#step, error);
    this.#model?.failed(error);
    this.#endStep();
    this.#heard();
  }

  /** A call of the model begins, or another attempt of one that has failed. */
  modelStarted(event: JsonRecord): ModelCall {
    const earlier = this.#model;
    if (earlier && !earlier.span.isEnded && !earlier.isWatched) return earlier;
    const { modelId, provider, recordOutputs } = { ...this.#start, ...event };
    const call = new ModelCall({
      under: this.#step ?? this.span,
      // How an object is to be made is told at the beginning only.
      asked: { ...(event['promptMessages'] !== undefined && settingsIn(this.#start)), ...event },
      modelId,
      provider,
      idleLimit: this.#setup.idleLimit,
      isStream: this.#isStream,
      keepsOutput: recordOutputs !== false,
      retryOf: earlier,
      ended: (reason) => (reason === 'unread' ? this.#close(reason) : this.#heard()),
      stopped: () => this.#stopped(),
    });
    this.#model = call;
    this.#heard();
    return call;
  }

  /** The same, where it is seen what becomes of it. */
  modelFollowed(event: JsonRecord): ModelCall {
    const call = this.modelStarted(event);
    call.isWaiting = true;
    this.#heard();
    return call;
  }

  /** What an event tells of an answer that was not seen itself. */
  modelEnded(event: JsonRecord): void {
    const call = this.#model;
    if (call && !call.isWatched) call.answered(event);
    this.#heard();
  }

  /** Nobody reads on. An abort is told of right afterwards; of nothing else. */
  #stopped(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#close('stopped'), GRACE);
  }

  toolStarted({ toolCall, messages }: JsonRecord): void {
    if (!isRecord(toolCall)) return;
    const { toolCallId, toolName, input } = toolCall;
    const name = typeof toolName === 'string' ? toolName : 'tool';
    const span = (this.#step ?? this.span).start(name, {
      kind: 'tool',
      input,
      attributes: { 'gen_ai.tool.name': name, 'gen_ai.tool.call.id': toolCallId },
    });
    this.tools.set(String(toolCallId), { span, messages });
    this.#heard();
  }

  toolEnded({ toolCall, toolOutput }: JsonRecord): void {
    const id = isRecord(toolCall) ? String(toolCall['toolCallId']) : '';
    const span = this.tools.get(id)?.span;
    this.tools.delete(id);
    if (span && isRecord(toolOutput)) {
      if (toolOutput['type'] === 'tool-error') recordFailure(span, toolOutput['error']);
      else span.setOutput(toolOutput['output']);
    }
    span?.end();
    this.#heard();
  }

  embeddingStarted({ embedCallId, modelId, values, dimensions }: JsonRecord): void {
    this.#callStarted(`embeddings ${String(modelId)}`, 'embedding', String(embedCallId), values, {
      ...(dimensions !== undefined && { dimensions }),
    });
  }

  embeddingEnded({ embedCallId, embeddings, usage }: JsonRecord): void {
    const counts = aiSdkUsage(usage);
    const span = this.#callEnded(String(embedCallId));
    span?.update({ output: withoutVectors(embeddings), ...(counts && { usage: counts }) });
    if (!counts) span?.setAttributes({ 'llm_trace.usage_missing': true });
    span?.end();
    this.#heard();
  }

  rankingStarted({ modelId, query, documents, topN }: JsonRecord): void {
    this.#callStarted(`rerank ${String(modelId)}`, 'reranker', '', query, { ...(topN !== undefined && { topN }) });
    if (Array.isArray(documents)) this.#calls.get('')?.span.update({ inputDocuments: documents.map(documentOf) });
  }

  rankingEnded({ ranking }: JsonRecord): void {
    const span = this.#callEnded('');
    const given = this.#start['documents'];
    const documents = recordsIn(ranking).map(({ index, relevanceScore }) => ({
      ...(Array.isArray(given) && documentOf(given[Number(index)])),
      id: String(index),
      score: Number(relevanceScore),
    }));
    span?.update({ documents });
    span?.end();
    this.#heard();
  }

  #callStarted(
    name: string,
    kind: 'embedding' | 'reranker',
    id: string,
    values: unknown,
    parameters: Readonly<Record<string, unknown>>,
  ): void {
    // An attempt that failed is not told of: the next one asks for the same.
    const earlier = [...this.#calls].find(([, open]) => isSame(open.values, values));
    if (earlier) {
      this.#calls.delete(earlier[0]);
      earlier[1].span.setStatus('error', 'The attempt failed.').end();
    }
    const { modelId, provider } = this.#start;
    const owner = providerName(provider);
    const span = this.span.start(name, {
      kind,
      input: values,
      ...(typeof modelId === 'string' && { model: modelId }),
      ...(owner !== undefined && { provider: owner }),
      ...(Object.keys(parameters).length > 0 && { parameters }),
      attributes: {
        'gen_ai.operation.name': kind === 'embedding' ? 'embeddings' : 'rerank',
        ...(typeof modelId === 'string' && { 'gen_ai.request.model': modelId }),
        ...(earlier && { 'llm_trace.retry_of': earlier[1].span.id }),
      },
    });
    this.#calls.set(id, { span, values });
    this.#heard();
  }

  #callEnded(id: string): TracerSpan | undefined {
    const span = this.#calls.get(id)?.span;
    this.#calls.delete(id);
    return span;
  }

  end(event: JsonRecord): void {
    quietly(() => this.#tell(event));
    this.#close();
  }

  failed(error: unknown, reason?: string): void {
    const open = [this.span, this.#step, this.#model?.span, ...this.#open().map(({ span }) => span)];
    for (const span of open) if (span && !span.isEnded) recordFailure(span, error, reason);
    this.#close();
  }

  /** Tools and calls that go on. */
  #open(): (OpenTool | OpenCall)[] {
    return [...this.tools.values(), ...this.#calls.values()];
  }

  #tell(event: JsonRecord): void {
    const { text, content, object, embedding, ranking, finishReason, error } = event;
    const output = text || (object ?? withoutVectors(embedding) ?? content);
    this.span.update({
      ...(output !== undefined && { output }),
      ...(Array.isArray(ranking) && {
        documents: recordsIn(ranking).map(({ originalIndex, score, document }) => ({
          ...documentOf(document),
          id: String(originalIndex),
          score: Number(score),
        })),
      }),
    });
    if (typeof finishReason === 'string') {
      this.span.setAttributes({ 'gen_ai.response.finish_reasons': [finishReason] });
      if (finishReason === 'error') this.span.setStatus('error', 'The model ended with an error.');
    }
    if (error !== undefined) recordFailure(this.span, error);
  }

  #close(reason?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const told = reason === undefined ? {} : { 'llm_trace.end_reason': reason };
    const open = this.#open();
    this.tools.clear();
    this.#calls.clear();
    for (const { span } of open) span.setAttributes(told).end();
    this.span.setAttributes(told);
    this.#step?.setAttributes(told);
    this.#setup.ended();
    this.#model?.end(reason);
    this.#step?.end();
    this.span.end();
    clearTimeout(this.#timer);
  }

  #endStep(finishReason?: unknown): void {
    this.#model = undefined;
    if (typeof finishReason === 'string') {
      this.#step?.setAttributes({ 'gen_ai.response.finish_reasons': [finishReason] });
      if (finishReason === 'error') this.#step?.setStatus('error', 'The model ended with an error.');
    }
    this.#step?.end();
    this.#step = undefined;
  }

  /**
   * Something has happened. Nobody tells of a stream that is read no further: where nothing is under way and nothing is
   * heard for long, it is over.
   */
  #heard(): void {
    clearTimeout(this.#timer);
    const isBusy = this.tools.size > 0 || this.#model?.isBusy === true;
    if (!this.#isStream || isBusy || this.#isOver) return;
    this.#timer = setTimeout(() => this.#close('unread'), this.#setup.idleLimit);
  }
}

/** What an operation begins with, without what it asks. */
const settingsIn = (start: JsonRecord): JsonRecord => ({
  ...start,
  ...{ system: undefined, prompt: undefined, messages: undefined },
});

/** Whether two calls are about the same: texts, or lists of them. */
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
