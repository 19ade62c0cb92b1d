import type {
  Message,
  PromptTemplate,
  RecordedSpan,
  Score,
  SpanKind,
  ToolDefinition,
  TraceDocument,
  Usage,
} from '../model/index.js';
import { ask } from './ask.js';
import { bindClient } from './bind-client.js';
import { newSpanId, newTraceId } from './ids.js';
import type { Recorder } from './recorder.js';
import { settle } from './settle.js';
import { formatTraceparent, parseTraceparent, type TraceContext } from './trace-context.js';

/** What may be known of a span when it begins, or learnt while it runs. */
interface SpanFacts {
  /** `span` where none is given. */
  kind?: SpanKind;
  input?: unknown;
  model?: string;
  provider?: string;
  tools?: readonly ToolDefinition[];
  parameters?: Readonly<Record<string, unknown>>;
  prompt?: PromptTemplate;
  sessionId?: string;
  userId?: string;
  tags?: readonly string[];
  metadata?: unknown;
}

export interface SpanOptions extends SpanFacts {
  attributes?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, for what began earlier. */
  startTime?: number;
  /** A `traceparent` header of a caller (W3C Trace Context). Only for spans without a parent in the page. */
  traceparent?: string | null | undefined;
  /** Whether the result of the function becomes the span's output. True where not said otherwise. */
  recordOutput?: boolean;
}

/** What a span may be told while it runs. */
export interface SpanUpdate extends SpanFacts {
  name?: string;
  output?: unknown;
  messages?: readonly Message[];
  documents?: readonly TraceDocument[];
  inputDocuments?: readonly TraceDocument[];
  usage?: Usage;
  /** US dollars. */
  cost?: number;
  /** Milliseconds. */
  timeToFirstToken?: number;
}

/** @internal What a new span takes from where it begins. */
export interface SpanOrigin {
  recorder: Recorder;
  parent?: TracerSpan | undefined;
  service?: string | undefined;
  isSampled: boolean;
}

/**
 * A span that is being recorded. It is handed to the function that it stands for; what begins inside is begun on it, so
 * that its parent is right whatever else runs at once. None of its methods throws.
 */
export class TracerSpan {
  readonly traceId: string;
  readonly id: string;
  /** Whether anything of it is recorded. */
  readonly isRecording: boolean;
  readonly #recorder: Recorder;
  readonly #service: string | undefined;
  readonly #data: RecordedSpan;
  #isEnded = false;

  /** @internal Spans are begun by a tracer or by another span. */
  constructor(name: string, options: SpanOptions, { recorder, parent, service, isSampled }: SpanOrigin) {
    const caller = parent ? undefined : parseTraceparent(options.traceparent);
    this.#recorder = recorder;
    this.#service = service;
    this.isRecording = parent ? parent.isRecording : isSampled && (caller?.isSampled ?? true);
    this.traceId = parent?.traceId ?? caller?.traceId ?? newTraceId();
    this.id = newSpanId();
    const parentId = parent?.id ?? caller?.spanId;
    this.#data = {
      traceId: this.traceId,
      id: this.id,
      ...(parentId !== undefined && { parentId }),
      name: '',
      kind: options.kind ?? 'span',
      start: options.startTime ?? recorder.clock.now(),
      ...(service !== undefined && { service }),
    };
    if (!this.isRecording) return;
    recorder.guard(() => {
      this.#take({ ...told(options), name });
      if (options.attributes) this.#takeAttributes(options.attributes);
      recorder.started(this.#data);
    });
  }

  /** Where this span stands, for a server or a worker that goes on with the trace. */
  get context(): TraceContext {
    return { traceId: this.traceId, spanId: this.id, isSampled: this.isRecording };
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Runs a function as a child of this span, and ends the child with it. Gives back what the function gives. */
  span<Result>(name: string, run: (span: TracerSpan) => Result): Result;
  span<Result>(name: string, options: SpanOptions, run: (span: TracerSpan) => Result): Result;
  span<Result>(
    name: string,
    optionsOrRun: SpanOptions | ((span: TracerSpan) => Result),
    run?: (span: TracerSpan) => Result,
  ): Result {
    const [options, work] = typeof optionsOrRun === 'function' ? [{}, optionsOrRun] : [optionsOrRun, run!];
    return runSpan(this.start(name, options), options, work);
  }

  /** The same as `span`: a child of this one. */
  child<Result>(name: string, run: (span: TracerSpan) => Result): Result;
  child<Result>(name: string, options: SpanOptions, run: (span: TracerSpan) => Result): Result;
  child<Result>(
    name: string,
    optionsOrRun: SpanOptions | ((span: TracerSpan) => Result),
    run?: (span: TracerSpan) => Result,
  ): Result {
    return typeof optionsOrRun === 'function' ? this.span(name, optionsOrRun) : this.span(name, optionsOrRun, run!);
  }

  /** Begins a child that the caller ends: by `end()`, or by `using`. */
  start(name: string, options: SpanOptions = {}): TracerSpan {
    return new TracerSpan(name, options, {
      recorder: this.#recorder,
      parent: this,
      service: this.#service,
      isSampled: true,
    });
  }

  /** Calls a function with this span in front of its arguments. */
  run<Args extends unknown[], Result>(work: (span: TracerSpan, ...args: Args) => Result, ...args: Args): Result {
    return work(this, ...args);
  }

  /** The function with this span in front of its arguments, for callbacks and timers. */
  bind<Args extends unknown[], Result>(work: (span: TracerSpan, ...args: Args) => Result): (...args: Args) => Result {
    return (...args) => work(this, ...args);
  }

  /** A client whose calls are children of this span. A client that no integration has wrapped comes back as it is. */
  use<Client extends object>(client: Client): Client {
    return bindClient(client, this);
  }

  /** Headers that let a server go on with the trace (W3C Trace Context). */
  headers(): { traceparent: string } {
    return { traceparent: formatTraceparent(this.context) };
  }

  /** Tells the span what is known by now. What was told before and is not told again stays. */
  update(update: SpanUpdate): this {
    return this.#record(() => this.#take(update));
  }

  setInput(input: unknown): this {
    return this.update({ input });
  }

  setOutput(output: unknown): this {
    return this.update({ output });
  }

  setUsage(usage: Usage): this {
    return this.update({ usage });
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    return this.#record(() => this.#takeAttributes(attributes));
  }

  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>): this {
    return this.#record(() => {
      const time = this.#recorder.clock.now();
      const copy = this.#recorder.copy('attributes', attributes) as Readonly<Record<string, unknown>> | undefined;
      const event = { name: this.#recorder.text(name), time, ...(copy && { attributes: copy }) };
      this.#data.events = [...(this.#data.events ?? []), event];
    });
  }

  /** Records an error and marks the span as failed. */
  recordException(error: unknown): this {
    return this.#record(() => {
      const recorder = this.#recorder;
      const shown = ask(() => error instanceof Error) ? (error as Error) : undefined;
      const message = recorder.text(shown ? shown.message : error);
      const exception = {
        type: shown ? recorder.text(shown.name) : typeof error,
        message,
        time: recorder.clock.now(),
        ...(shown?.stack && { stacktrace: recorder.text(shown.stack) }),
      };
      this.#data.exceptions = [...(this.#data.exceptions ?? []), exception];
      this.#data.status = 'error';
      this.#data.statusMessage = message;
    });
  }

  addScore(score: Score): this {
    return this.#record(() => {
      this.#data.scores = [...(this.#data.scores ?? []), this.#recorder.copy('scores', score) as Score];
    });
  }

  setStatus(status: 'ok' | 'error', message?: string): this {
    return this.#record(() => {
      this.#data.status = status;
      if (message !== undefined) this.#data.statusMessage = this.#recorder.text(message);
    });
  }

  /** Keeps what is known so far, in case the page dies before the end. Spans are kept when they begin anyway. */
  checkpoint(): this {
    return this.#record(() => this.#recorder.started(this.#data));
  }

  /**
   * Ends the span. A second end does nothing.
   *
   * @param time milliseconds since the epoch, for what ended earlier
   */
  end(time?: number): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    if (!this.isRecording) return;
    this.#data.end = time ?? this.#recorder.clock.now();
    this.#recorder.ended(this.#data);
  }

  /** @internal For integrations: ends the span as of now, once they have told what they learn from its bodies. */
  endAfter(learn: () => Promise<void>): void {
    if (this.#isEnded || !this.isRecording) return;
    const time = this.#recorder.clock.now();
    this.#recorder.late(learn, () => this.end(time));
  }

  [Symbol.dispose](): void {
    this.end();
  }

  /** @internal What the function gave that the span stands for, unless somebody has said what came out. */
  takeResult(result: unknown): void {
    this.#record(() => {
      const { kind, output, messages, documents } = this.#data;
      if ((output ?? messages ?? documents) !== undefined || !isRecordable(result)) return;
      const isRanking = (kind === 'retriever' || kind === 'reranker') && Array.isArray(result);
      this.#take(isRanking ? { documents: result.map(asDocument) } : { output: result });
    });
  }

  #record(work: () => void): this {
    if (this.isRecording && !this.#isEnded) this.#recorder.guard(work);
    return this;
  }

  #take(update: SpanUpdate): void {
    const data = this.#data as unknown as Record<string, unknown>;
    for (const [field, value] of Object.entries(update)) {
      const copy = field === 'name' ? this.#recorder.text(value) : this.#recorder.copy(field, value);
      if (copy !== undefined) data[field] = copy;
    }
  }

  #takeAttributes(attributes: Readonly<Record<string, unknown>>): void {
    const copy = this.#recorder.copy('attributes', attributes) as Record<string, unknown>;
    const all = Object.create(null) as Record<string, unknown>;
    this.#data.attributes = Object.assign(all, this.#data.attributes, copy);
  }
}

/** Options that say how a span is begun, and are nothing that it would be told. */
const OTHER_OPTIONS: ReadonlySet<string> = new Set(['attributes', 'kind', 'recordOutput', 'startTime', 'traceparent']);

const told = (options: SpanOptions): SpanUpdate =>
  Object.fromEntries(Object.entries(options).filter(([option]) => !OTHER_OPTIONS.has(option)));

/** Runs a function inside an open span and ends the span with it: when it returns, or when what it returns is done. */
export function runSpan<Result>(span: TracerSpan, options: SpanOptions, work: (span: TracerSpan) => Result): Result {
  return settle(
    () => work(span),
    (result) => {
      if (options.recordOutput !== false) span.takeResult(result);
      span.end();
    },
    (error) => {
      span.recordException(error);
      span.end();
    },
  );
}

/** Results that tell something when they are copied: not the handles of things that go on. */
function isRecordable(result: unknown): boolean {
  if (result === undefined || typeof result === 'function') return false;
  if (typeof result !== 'object' || result === null) return true;
  return !ask(() => Symbol.asyncIterator in result || result instanceof Response || result instanceof ReadableStream);
}

/** A document in one of the shapes that retrievers give. */
function asDocument(value: unknown): TraceDocument {
  if (typeof value === 'string') return { content: value };
  const found = (typeof value === 'object' && value !== null ? value : { content: value }) as Record<string, unknown>;
  const content = found['content'] ?? found['pageContent'] ?? found['page_content'] ?? found['text'];
  const { id, score, metadata } = found;
  return {
    ...((typeof id === 'string' || typeof id === 'number') && { id: String(id) }),
    ...(content !== undefined && { content: typeof content === 'string' ? content : JSON.stringify(content) }),
    ...(typeof score === 'number' && { score }),
    ...(metadata !== undefined && { metadata }),
  };
}
