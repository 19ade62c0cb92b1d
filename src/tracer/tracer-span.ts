import type { RecordedSpan, Score, Usage } from '../model/index.js';
import { bindClient } from './bind-client.js';
import { documentOf } from './document-of.js';
import { newSpanId, newTraceId } from './ids.js';
import type { Recorder } from './recorder.js';
import type { SpanOptions, SpanUpdate } from './span-facts.js';
import { SpanStarter } from './span-starter.js';
import { formatTraceparent, parseTraceparent, type TraceContext } from './trace-context.js';

export type { SpanOptions, SpanUpdate } from './span-facts.js';
export { runSpan } from './span-starter.js';

/** What is told with a span, and is nothing that is recorded of it. */
const NOT_RECORDED = new Set(['startTime', 'traceparent', 'recordOutput']);

/** Lists that grow: what is told is added. */
const LISTS = new Set(['events', 'exceptions', 'links', 'scores']);

const isTime = (time: unknown): time is number => Number.isFinite(time);

/** `Symbol.dispose`, or what compilers of `using` take in its place in engines that have none. */
const DISPOSE: typeof Symbol.dispose =
  (Symbol as Partial<SymbolConstructor>).dispose ?? (Symbol.for('Symbol.dispose') as typeof Symbol.dispose);

/**
 * A span that is being recorded. It is handed to the function that it stands for; what begins inside is begun on it, so
 * that its parent is right whatever else runs at once. None of its methods throws.
 */
export class TracerSpan extends SpanStarter {
  readonly traceId: string;
  readonly id: string;
  /** Whether anything of it is recorded. */
  readonly isRecording: boolean;
  readonly #recorder: Recorder;
  readonly #data: RecordedSpan;
  #isEnded = false;
  /** Attributes that are made when the span is written. */
  readonly #later = new Map<string, (mask: (text: string) => string) => string>();

  /** @internal Spans are begun by a tracer or by another span. */
  constructor(recorder: Recorder, name: string, options: SpanOptions | undefined, parent?: TracerSpan) {
    super();
    let told: SpanOptions = {};
    // They may be a proxy that throws.
    recorder.guard(() => (told = parent ? { ...options } : { ...recorder.root, ...options }));
    const { startTime, traceparent } = told;
    const caller = parent ? undefined : parseTraceparent(traceparent);
    this.#recorder = recorder;
    this.isRecording = parent ? parent.isRecording : (caller?.isSampled ?? recorder.isSampled(name, told));
    this.traceId = (parent ?? caller)?.traceId ?? newTraceId();
    this.id = newSpanId();
    const data: RecordedSpan = {
      traceId: this.traceId,
      id: this.id,
      name: '',
      kind: 'span',
      start: isTime(startTime) ? startTime : recorder.clock.now(),
    };
    this.#data = data;
    const parentId = parent?.id ?? caller?.spanId;
    if (parentId) data.parentId = parentId;
    if (!this.isRecording) return;
    const { service } = recorder.options;
    if (service) data.service = service;
    recorder.guard(() => {
      data.name = recorder.text('name', name);
      this.#take(told);
    });
    recorder.status.open++;
    recorder.started(data);
  }

  /** Where this span stands, for a server or a worker that goes on with the trace. */
  get context(): TraceContext {
    return { traceId: this.traceId, spanId: this.id, isSampled: this.isRecording };
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The same as `span`: a child of this one. */
  child<Result>(name: string, run: (span: TracerSpan) => Result): Result;
  child<Result>(name: string, options: SpanOptions, run: (span: TracerSpan) => Result): Result;
  child<Result>(
    name: string,
    optionsOrRun: SpanOptions | ((span: TracerSpan) => Result),
    run?: (span: TracerSpan) => Result,
  ): Result {
    return this.span(name, optionsOrRun as SpanOptions, run!);
  }

  /** Begins a child that the caller ends: by `end()`, or by `using`. */
  start(name: string, options?: SpanOptions): TracerSpan {
    return new TracerSpan(this.#recorder, name, options, this);
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

  /** @param time milliseconds since the epoch, for what happened earlier */
  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>, time?: number): this {
    return this.#record(() => {
      const copy = this.#recorder.copy('attributes', attributes);
      this.#add('events', {
        name: this.#recorder.text('events', name),
        time: isTime(time) ? time : this.#recorder.clock.now(),
        ...(copy !== undefined && { attributes: copy }),
      });
    });
  }

  /** Records an error and marks the span as failed. */
  recordException(error: unknown): this {
    return this.#record(() => {
      const copy = this.#recorder.copy('exceptions', error);
      const { name, message, stack } = Object(copy) as Readonly<Record<string, unknown>>;
      const text =
        typeof message === 'string' ? message : typeof copy === 'string' ? copy : JSON.stringify(copy ?? null);
      this.#add('exceptions', {
        type: typeof name === 'string' ? name : typeof error,
        message: text,
        time: this.#recorder.clock.now(),
        ...(typeof stack === 'string' && { stacktrace: stack }),
      });
      this.#data.status = 'error';
      this.#data.statusMessage = text;
    });
  }

  addScore(score: Score): this {
    return this.#record(() => this.#add('scores', this.#recorder.copy('scores', score)));
  }

  setStatus(status: 'ok' | 'error', message?: string): this {
    return this.#record(() => {
      this.#data.status = status;
      if (message !== undefined) this.#data.statusMessage = this.#recorder.text('statusMessage', message);
    });
  }

  /** Keeps what is known so far, in case the page dies before the end. Spans are kept when they begin anyway. */
  checkpoint(): this {
    this.#makeLater();
    return this.#record(() => this.#recorder.started(this.#data));
  }

  /**
   * Ends the span. A second end does nothing.
   *
   * @param time milliseconds since the epoch, for what ended earlier
   */
  end(time?: number): void {
    if (this.#isEnded) return;
    this.#makeLater();
    this.#isEnded = true;
    if (!this.isRecording) return;
    this.#data.end = isTime(time) ? time : this.#recorder.clock.now();
    this.#recorder.status.open--;
    this.#recorder.ended(this.#data);
  }

  /** @internal For integrations: ends the span as of now, once they have told what they learn from its bodies. */
  endAfter(learn: () => Promise<void>): void {
    if (this.#isEnded || !this.isRecording) return;
    const time = this.#recorder.clock.now();
    this.#recorder.late(learn, () => this.end(time));
  }

  /** @internal For integrations: milliseconds since the epoch by the clock of its start and end. */
  now(): number {
    return this.#recorder.clock.now();
  }

  /** @internal For integrations: whether what was said is recorded at all. */
  get keepsContent(): boolean {
    return this.#recorder.options.content !== 'none';
  }

  /** @internal For integrations: what else a recorded span may hold. */
  merge(facts: Partial<RecordedSpan>): this {
    return this.update(facts);
  }

  /**
   * @internal An attribute whose text is made of texts that were masked one by one: as a whole it may look like what it is
   * not.
   */
  setMasked(name: string, make: (mask: (text: string) => string) => string): this {
    return this.#record(() => {
      if (!this.keepsContent) return;
      const value = make((text) => this.#recorder.text(name, text));
      this.#data.attributes = { ...this.#data.attributes, [name]: value };
    });
  }

  /** @internal As `setMasked`, for what grows: made when the span is written, at a checkpoint and at its end. */
  setLater(name: string, make: (mask: (text: string) => string) => string): void {
    this.#later.set(name, make);
  }

  /** @internal For integrations: a masked JSON copy of a value as it is now. */
  snapshot(value: unknown): unknown {
    return this.#recorder.snapshot(value);
  }

  [DISPOSE](): void {
    this.end();
  }

  /** @internal What the function gave that the span stands for, unless somebody has said what came out. */
  takeResult(result: unknown): void {
    if (this.#isEnded) return;
    this.#record(() => {
      const { kind, output, messages, documents } = this.#data;
      if ((output ?? messages ?? documents) !== undefined) return;
      const isRanking = kind === 'retriever' || kind === 'reranker';
      const found = isRanking && Array.isArray(result) ? this.#recorder.copy('documents', result) : undefined;
      if (found) this.#data.documents = (found as readonly unknown[]).map(documentOf);
      else this.#take({ output: result });
    });
  }

  #makeLater(): void {
    if (!this.#isEnded) for (const [name, make] of this.#later) this.setMasked(name, make);
  }

  #record(work: () => void): this {
    if (this.#isEnded) this.#recorder.status.tooLate++;
    else if (this.isRecording) this.#recorder.guard(work);
    return this;
  }

  #take(update: object): void {
    const data = this.#data as unknown as Record<string, unknown>;
    for (const field of Object.keys(update)) {
      const value = (update as Readonly<Record<string, unknown>>)[field];
      if (field === 'attributes') this.#takeAttributes(value as object);
      else if (!NOT_RECORDED.has(field)) {
        const copy = field === 'name' ? this.#recorder.text(field, value) : this.#recorder.copy(field, value);
        if (LISTS.has(field) && Array.isArray(copy)) for (const item of copy) this.#add(field, item);
        else if (copy !== undefined) data[field] = copy;
      }
    }
  }

  #takeAttributes(attributes: object): void {
    this.#data.attributes = this.#recorder.withAttributes(this.#data.attributes, attributes);
  }

  #add(field: string, item: unknown): void {
    const data = this.#data as unknown as Record<string, unknown[]>;
    (data[field] ??= []).push(item);
  }
}
