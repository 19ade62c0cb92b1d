import type { RecordedSpan } from '../model/index.js';
import { Backoff } from './backoff.js';
import { otlpJson, type OtlpEncoding } from './otlp-encoding.js';
import { absolute, sendOtlp, type Outcome } from './otlp-request.js';
import type { OtlpOptions, toOtlp } from './otlp.js';
import { isHidden, isOffline, watchPage } from './page-exit.js';
import type { SpanExporter } from './span-exporter.js';
import type { SpanOutbox } from './span-outbox.js';
import { MemoryQueue } from './span-queue.js';
import { StoreQueue } from './store-queue.js';

export interface OtlpExporterOptions extends OtlpOptions {
  /** Where an OTLP/HTTP receiver takes traces: `https://collector.example/v1/traces`. */
  url: string;
  /**
   * The store that keeps spans until the receiver has taken them, over reloads and while there is no network: what
   * `openTraceStore()` gives, the same that the tracer writes to. Where none is given, spans wait in memory.
   */
  store?: { readonly outbox: SpanOutbox } | undefined;
  /** Headers of each request, or what gives them: a key that expires is asked for again. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  credentials?: RequestCredentials;
  /** JSON where not said otherwise; `otlpProtobuf` of `llm-trace-kit/export/protobuf` for receivers that take no JSON. */
  encoding?: OtlpEncoding;
  /** Milliseconds from a span's end until it is sent. 1,000 where not said otherwise. */
  delay?: number;
  /** Spans of one request, 256 where not said otherwise, and bytes of it, a million where not said otherwise. */
  batchSpans?: number;
  batchSize?: number;
  /**
   * Spans that wait in memory at the most; those that come when so many do are dropped. 4,096 where not said otherwise.
   * A store has its own limits.
   */
  queueSpans?: number;
  /**
   * Whether bodies are compressed, where the browser can. Where not said otherwise, they are for a receiver of the same
   * origin: others must allow the header `content-encoding` by CORS, which most do not.
   */
  gzip?: boolean;
  /** Milliseconds until a request is given up. 10,000 where not said otherwise. */
  timeout?: number;
  /** Milliseconds between the first attempts, and between the last. 1,000 and 60,000 where not said otherwise. */
  retry?: { first?: number; last?: number };
  /** The page's own where none is given. */
  fetch?: typeof fetch;
}

/** How an exporter is. Numbers are of this page, since the exporter was made. */
export interface OtlpExporterStatus {
  /**
   * `ready`: what waits is sent, or tried again soon. `paused`: attempts failed again and again, the next one is a while
   * away. `offline`: there is no network; the browser will say when there is. `stopped`: the receiver wants another key or
   * is not at this address; `flush()` or a reload tries again. `elsewhere`: another page of this origin sends.
   */
  state: 'ready' | 'paused' | 'offline' | 'stopped' | 'elsewhere';
  /** Spans that the receiver has taken. */
  stored: number;
  /** Spans that wait. Of a store, as many as were found when it was last read. */
  waiting: number;
  dropped: number;
  droppedFor: Readonly<Record<ExportDropReason, number>>;
  /** Attempts that failed in a row. */
  failures: number;
  /** What went wrong last, in the receiver's own words where it said any: somebody else's text. */
  lastError?: string;
}

/**
 * `queue-full`: too many waited in memory. `rejected`: the receiver refused them. `unreadable`: they could not be written.
 * `deleted`: they were deleted from the store before they were sent.
 */
export type ExportDropReason = 'queue-full' | 'rejected' | 'unreadable' | 'deleted';

export interface OtlpExporter extends SpanExporter {
  readonly status: OtlpExporterStatus;
  /** Ends the exporter: what waits in memory is sent first, what waits in a store is left to the next one. */
  close(): Promise<void>;
}

/** Bytes of requests that may outlive their page: browsers allow 64 KiB at a time. */
const KEEPALIVE = 60_000;
/** Failures in a row after which the receiver is left alone for a while. */
const PAUSE_AFTER = 5;
/** Milliseconds that a flush waits between two attempts at the most. */
const PATIENCE = 10_000;

/**
 * Sends spans that have ended to a receiver of OTLP/HTTP. A batch that could not be sent stays first and is tried again,
 * ever more rarely, until the receiver takes or refuses it.
 *
 * With a `store`, spans wait on disk and are sent by one page of the origin, after a reload too: a span is done with only
 * when the receiver has answered. A page that dies between answer and note sends it again, under the same id. What ended
 * before the store had this exporter, and what was imported, is not sent. Without a store, they wait in memory: what fits
 * is sent when the page is hidden, in requests that outlive it, and the rest is gone with the page.
 */
export function otlpExporter(options: OtlpExporterOptions): OtlpExporter {
  return new QueueExporter(options);
}

class QueueExporter implements OtlpExporter {
  readonly #options: OtlpExporterOptions;
  readonly #queue: MemoryQueue | StoreQueue;
  readonly #backoff: Backoff;
  readonly #stopWatching: () => void;
  #stored = 0;
  readonly #droppedFor: Record<ExportDropReason, number> = { 'queue-full': 0, rejected: 0, unreadable: 0, deleted: 0 };
  /** Spans of a request at the most, and of the next one. */
  #mostSpans: number;
  #nextSpans: number;
  /** Failures of the receiver's own, in a row, on the same spans. */
  #faults = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void> | undefined;
  /** Ends the pause between two attempts. */
  #wake: (() => void) | undefined;
  /** When the next attempt may be made, and until when the receiver asked to be left alone, as `performance.now()` has it. */
  #resumeAt = 0;
  #askedUntil = 0;
  #lastError: string | undefined;
  #isOffline = false;
  #isStopped = false;
  #isClosed = false;
  #toOtlp: typeof toOtlp | undefined;
  /** Requests that were begun when the page was hidden. */
  #parting: Promise<unknown> = Promise.resolve();

  constructor(options: OtlpExporterOptions) {
    const { store, url, batchSpans = 256, queueSpans = 4096, retry } = options;
    this.#options = options;
    this.#mostSpans = this.#nextSpans = batchSpans;
    this.#backoff = new Backoff(retry);
    this.#stopWatching = watchPage({ leaving: () => this.#leaving(), online: () => this.#online() });
    this.#queue = store
      ? new StoreQueue(store.outbox, placeOf(url), () => this.#sendSoon())
      : new MemoryQueue(queueSpans);
    // Wanted at the latest when the page is left, and then at once. Where it fails, it is tried again.
    this.#load().catch(() => {});
  }

  get status(): OtlpExporterStatus {
    const droppedFor = { ...this.#droppedFor, deleted: this.#queue.deleted };
    return {
      state: this.#state,
      stored: this.#stored,
      waiting: this.#queue.waiting,
      dropped: Object.values(droppedFor).reduce((sum, count) => sum + count, 0),
      droppedFor,
      failures: this.#backoff.failures,
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
    };
  }

  get #state(): OtlpExporterStatus['state'] {
    if (this.#queue.isElsewhere) return 'elsewhere';
    if (this.#isStopped) return 'stopped';
    if (this.#isOffline) return 'offline';
    return this.#backoff.failures >= PAUSE_AFTER ? 'paused' : 'ready';
  }

  get #maySend(): boolean {
    return !this.#isClosed && (this.#state === 'ready' || this.#state === 'paused');
  }

  started(): void {
    // Only what has ended is sent: a receiver would keep both.
  }

  ended(span: Readonly<RecordedSpan>): void {
    if (this.#queue.add(span)) this.#sendSoon();
    else this.#droppedFor['queue-full']++;
  }

  async flush(): Promise<{ stored: number; dropped: number }> {
    // Work that was under way may have begun its last batch before the last span came.
    await Promise.all([this.#work, this.#parting, this.#queue instanceof StoreQueue && this.#queue.ready]);
    this.#isStopped = false;
    await this.#drain();
    const { stored, dropped } = this.status;
    return { stored, dropped };
  }

  async close(): Promise<void> {
    this.#stopWatching();
    if (this.#queue instanceof MemoryQueue) await this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#wake?.();
    // Only then may another page send: what is under way is noted first.
    await this.#work;
    this.#queue.close();
  }

  #sendSoon(): void {
    const { delay = 1000 } = this.#options;
    if (!this.#maySend) return;
    const isDue = this.#queue.waiting >= this.#nextSpans && this.#backoff.failures === 0;
    if (isDue) void this.#drain();
    else this.#timer ??= setTimeout(() => void this.#drain(), delay);
  }

  /** Sends until nothing waits, or the receiver is to be left alone. One request at a time. */
  #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#work ??= this.#sendAll().finally(() => {
      this.#work = undefined;
      // What is left waits for its turn; a pause ends by itself.
      if (this.#queue.waiting === 0 || !this.#maySend) return;
      this.#timer ??= setTimeout(() => void this.#drain(), this.#resumeAt - performance.now());
    });
    return this.#work;
  }

  async #load(): Promise<void> {
    this.#toOtlp ??= (await import('./otlp.js')).toOtlp;
  }

  async #sendAll(): Promise<void> {
    if (performance.now() < this.#askedUntil) return;
    while (!this.#isClosed && !this.#queue.isElsewhere) {
      const result = await this.#sendFirst();
      if (result === 'sent') continue;
      const pause = this.#resumeAt - performance.now();
      if (result === 'none' || this.#state !== 'ready' || pause > PATIENCE) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, pause);
      });
    }
  }

  /** Sends the first batch. `sent`: it is through, for good or ill, or goes in smaller pieces. */
  async #sendFirst(): Promise<'sent' | 'failed' | 'none'> {
    try {
      await this.#load();
      const spans = await this.#queue.first(this.#nextSpans);
      if (spans.length === 0) return 'none';
      const { count, body } = this.#batchOf(spans, this.#options.batchSize ?? 1_000_000);
      this.#queue.hold(count);
      const before = this.#backoff.failures;
      if (!body) this.#droppedFor.unreadable++;
      if (!body || (await this.#send(body, count, isHidden() && body.length <= KEEPALIVE))) {
        await this.#queue.done(count);
        return 'sent';
      }
      // Neither: it goes in smaller pieces.
      return this.#backoff.failures === before ? 'sent' : 'failed';
    } catch (error) {
      this.#lastError = textOf(error);
      this.#failed();
      return 'failed';
    } finally {
      this.#queue.hold(0);
    }
  }

  /** Whether the spans of a request are done with. */
  async #send(body: Uint8Array<ArrayBuffer>, count: number, keepalive: boolean): Promise<boolean> {
    try {
      return this.#take(await sendOtlp(body, this.#options, keepalive), count);
    } catch (error) {
      this.#lastError = textOf(error);
      this.#isOffline = isOffline();
      this.#failed();
      return false;
    }
  }

  /** As many of the first spans as fit; one that does not fit goes alone. Without a body where that cannot be written. */
  #batchOf(spans: readonly RecordedSpan[], size: number): { count: number; body?: Uint8Array<ArrayBuffer> } {
    for (let count = spans.length; ; count = Math.ceil(count / 2)) {
      const body = this.#bodyOf(spans.slice(0, count));
      if (count > 1 && (!body || body.length > size)) continue;
      return { count, ...(body && { body }) };
    }
  }

  /** The body of a request; `undefined` for spans that cannot be written: nested too deep, or too long for a string. */
  #bodyOf(spans: readonly RecordedSpan[]): Uint8Array<ArrayBuffer> | undefined {
    try {
      return (this.#options.encoding ?? otlpJson).encode(this.#toOtlp!(spans, this.#options));
    } catch {
      return undefined;
    }
  }

  /** Takes note of what became of a request. Whether its spans are done with. */
  #take({ is, rejected, message, wait }: Outcome, count: number): boolean {
    if (message !== undefined) this.#lastError = message;
    if (is === 'stored') {
      const lost = Math.min(rejected, count);
      this.#stored += count - lost;
      this.#droppedFor.rejected += lost;
      this.#backoff.succeeded();
      this.#isOffline = false;
      this.#faults = 0;
      this.#nextSpans = Math.min(this.#mostSpans, this.#nextSpans * 2);
      return true;
    }
    const isFaulty = is === 'fault' && ++this.#faults >= PAUSE_AFTER;
    if (isFaulty) this.#faults = 0;
    if (is === 'refused' || ((isFaulty || is === 'too-large') && count === 1)) {
      this.#droppedFor.rejected += count;
      return true;
    }
    // What is too much once is too much again. A failure may be due to one span, which is found by sending fewer.
    if (isFaulty || is === 'too-large') this.#nextSpans = Math.ceil(count / 2);
    if (is === 'too-large') this.#mostSpans = this.#nextSpans;
    else this.#failed(wait);
    this.#isStopped = is === 'closed';
    return false;
  }

  #failed(wait = 0): void {
    this.#backoff.failed(wait);
    this.#resumeAt = performance.now() + this.#backoff.pause;
    this.#askedUntil = wait > 0 ? this.#resumeAt : 0;
  }

  #online(): void {
    this.#isOffline = false;
    this.#wake?.();
    if (!this.#isStopped) void this.#drain();
  }

  /** The page may be going away. What is on disk is safe; of what is in memory, what outlives the page is sent. */
  #leaving(): void {
    const queue = this.#queue;
    if (this.#state !== 'ready' || !this.#toOtlp) return;
    if (queue instanceof StoreQueue) {
      void this.#drain();
      return;
    }
    let left = KEEPALIVE;
    for (let spans = queue.unheld; spans.length; spans = queue.unheld) {
      const { count, body } = this.#batchOf(spans.slice(0, this.#nextSpans), left);
      if (body && body.length > left) return;
      const taken = queue.part(count);
      if (body) {
        left -= body.length;
        this.#parting = Promise.all([this.#parting, this.#part(queue, taken, body)]);
      } else {
        this.#droppedFor.unreadable++;
        queue.parted(taken, true);
      }
    }
  }

  async #part(queue: MemoryQueue, spans: readonly RecordedSpan[], body: Uint8Array<ArrayBuffer>): Promise<void> {
    const isDone = await this.#send(body, spans.length, true);
    queue.parted(spans, isDone);
    if (!isDone) this.#sendSoon();
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Tells places of exporters in a store apart. What follows the path may hold a key, which no disk needs to know. */
function placeOf(url: string): string {
  try {
    const { origin, pathname } = absolute(url);
    return origin + pathname;
  } catch {
    return 'an address that cannot be read';
  }
}
