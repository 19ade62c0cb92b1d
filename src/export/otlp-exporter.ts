import type { RecordedSpan } from '../model/index.js';
import { Backoff, retryAfter } from './backoff.js';
import { watchExit } from './page-exit.js';
import type { OtlpOptions, toOtlp } from './otlp.js';
import type { SpanExporter } from './span-exporter.js';

export interface OtlpExporterOptions extends OtlpOptions {
  /** Where an OTLP/HTTP receiver takes traces: `https://collector.example/v1/traces`. */
  url: string;
  /** Headers of each request, or what gives them: a key that expires is asked for again. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  credentials?: RequestCredentials;
  /** Milliseconds from a span's end until it is sent. 1,000 where not said otherwise. */
  delay?: number;
  /** Spans of one request, 256 where not said otherwise, and bytes of it, a million where not said otherwise. */
  batchSpans?: number;
  batchSize?: number;
  /** Spans that wait at the most; those that come when so many do are dropped. 4,096 where not said otherwise. */
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

/** How an exporter is. `handed over = stored + dropped + waiting`. */
export interface OtlpExporterStatus {
  stored: number;
  waiting: number;
  dropped: number;
  /** `queue-full`: too many waited. `rejected`: the receiver refused them. `unreadable`: they could not be written. */
  droppedFor: Readonly<Record<ExportDropReason, number>>;
  /** Attempts that failed in a row. */
  failures: number;
  /** Whether so many did that the receiver is left alone for a while. */
  isPaused: boolean;
  lastError?: string;
}

export type ExportDropReason = 'queue-full' | 'rejected' | 'unreadable';

export interface OtlpExporter extends SpanExporter {
  readonly status: OtlpExporterStatus;
  /** Sends what waits, then nothing more. */
  close(): Promise<void>;
}

/** Bytes of requests that may outlive their page: browsers allow 64 KiB at a time. */
const KEEPALIVE = 60_000;
/** Answers that say: later (opentelemetry-proto, docs/specification.md, "Retryable Response Codes"). */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Failures in a row after which the receiver is left alone. */
const PAUSE_AFTER = 5;

/**
 * Sends spans that have ended to a receiver of OTLP/HTTP, as JSON. A batch that could not be sent stays first in the queue
 * and is tried again, ever more rarely, until it is sent or the receiver refuses it; only spans for which the queue has no
 * room are dropped. When the page is hidden, what fits is sent in requests that outlive it: keep a store for the rest.
 */
export function otlpExporter(options: OtlpExporterOptions): OtlpExporter {
  return new QueueExporter(options);
}

class QueueExporter implements OtlpExporter {
  readonly #options: OtlpExporterOptions;
  readonly #backoff: Backoff;
  readonly #stopWatching: () => void;
  #queue: Readonly<RecordedSpan>[] = [];
  /** Spans in requests that are under way. */
  #sending = 0;
  #stored = 0;
  readonly #droppedFor: Record<ExportDropReason, number> = { 'queue-full': 0, rejected: 0, unreadable: 0 };
  #batchSpans: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void> | undefined;
  #lastError: string | undefined;
  #isClosed = false;
  #toOtlp: typeof toOtlp | undefined;
  /** Requests that were begun when the page was hidden. */
  #parting: Promise<unknown> = Promise.resolve();

  constructor(options: OtlpExporterOptions) {
    this.#options = options;
    this.#batchSpans = options.batchSpans ?? 256;
    this.#backoff = new Backoff(options.retry);
    this.#stopWatching = watchExit(() => this.#sendNow());
    // Wanted at the latest when the page is left, and then at once. Where it fails, it is tried again.
    this.#load().catch(() => {});
  }

  get status(): OtlpExporterStatus {
    const { failures } = this.#backoff;
    return {
      stored: this.#stored,
      waiting: this.#queue.length + this.#sending,
      dropped: Object.values(this.#droppedFor).reduce((sum, count) => sum + count, 0),
      droppedFor: { ...this.#droppedFor },
      failures,
      isPaused: failures >= PAUSE_AFTER,
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
    };
  }

  started(): void {
    // Only what has ended is sent: a receiver would keep both.
  }

  ended(span: Readonly<RecordedSpan>): void {
    const { queueSpans = 4096, delay = 1000 } = this.#options;
    if (this.#isClosed || this.#queue.length + this.#sending >= queueSpans) {
      this.#droppedFor['queue-full']++;
      return;
    }
    this.#queue.push(span);
    const isDue = this.#queue.length >= this.#batchSpans && this.#backoff.failures === 0;
    if (isDue) void this.#drain();
    else this.#timer ??= setTimeout(() => void this.#drain(), delay);
  }

  async flush(): Promise<{ stored: number; dropped: number }> {
    // Work that was under way may have begun its last batch before the last span came.
    await Promise.all([this.#work, this.#parting]);
    await this.#drain();
    const { stored, dropped } = this.status;
    return { stored, dropped };
  }

  async close(): Promise<void> {
    this.#stopWatching();
    await this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Sends until nothing waits, or the receiver is to be left alone. One request at a time. */
  #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#work ??= this.#sendAll().finally(() => {
      this.#work = undefined;
      // What is left waits for its turn; a pause ends by itself.
      if (this.#queue.length) this.#timer ??= setTimeout(() => void this.#drain(), this.#backoff.pause);
    });
    return this.#work;
  }

  async #load(): Promise<void> {
    this.#toOtlp ??= (await import('./otlp.js')).toOtlp;
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length) {
      if (await this.#sendBatch()) continue;
      if (this.status.isPaused || this.#isClosed) return;
      await this.#backoff.wait();
    }
  }

  /** Whether the next batch is through, for good or ill. */
  async #sendBatch(): Promise<boolean> {
    try {
      await this.#load();
    } catch (error) {
      this.#failed(error);
      return false;
    }
    const batch = this.#takeBatch(this.#options.batchSize ?? 1_000_000);
    return !batch || this.#send(batch, false);
  }

  #failed(error: unknown, wait?: number): void {
    this.#lastError = error instanceof Error ? error.message : String(error);
    this.#backoff.failed(wait);
  }

  /** Takes as many spans as fit; one that does not fit goes alone. `undefined` where it cannot be written at all. */
  #takeBatch(size: number): Batch | undefined {
    for (let count = Math.min(this.#queue.length, this.#batchSpans); ; count = Math.ceil(count / 2)) {
      const spans = this.#queue.slice(0, count);
      const body = this.#bodyOf(spans);
      if (count > 1 && (!body || body.length > size)) continue;
      this.#queue = this.#queue.slice(count);
      if (body) return { spans, body };
      this.#droppedFor.unreadable++;
      return undefined;
    }
  }

  /** The body of a request; `undefined` for spans that cannot be written: nested too deep, or too long for a string. */
  #bodyOf(spans: readonly RecordedSpan[]): Uint8Array<ArrayBuffer> | undefined {
    try {
      return new TextEncoder().encode(JSON.stringify(this.#toOtlp!(spans, this.#options)));
    } catch {
      return undefined;
    }
  }

  /** Whether the receiver has answered for good. What it wants later goes back to the head of the queue. */
  async #send({ spans, body }: Batch, keepalive: boolean): Promise<boolean> {
    this.#sending += spans.length;
    try {
      const response = await this.#request(body, keepalive);
      if (response.ok) await this.#arrived(spans.length, response);
      else if (RETRYABLE.has(response.status)) {
        this.#failed(answerOf(response), retryAfter(response.headers.get('retry-after')));
        this.#queue = [...spans, ...this.#queue];
        return false;
      } else this.#refused(spans, response);
      return true;
    } catch (error) {
      this.#failed(error);
      this.#queue = [...spans, ...this.#queue];
      return false;
    } finally {
      this.#sending -= spans.length;
    }
  }

  async #arrived(count: number, response: Response): Promise<void> {
    const rejected = Math.min(await rejectedOf(response), count);
    this.#stored += count - rejected;
    this.#droppedFor.rejected += rejected;
    if (rejected) this.#lastError = `The receiver rejected ${rejected} spans.`;
    this.#backoff.succeeded();
  }

  /** What is too much for it at once may go in smaller pieces. */
  #refused(spans: Batch['spans'], response: Response): void {
    this.#lastError = answerOf(response);
    if (response.status === 413 && spans.length > 1) {
      this.#batchSpans = Math.ceil(spans.length / 2);
      this.#queue = [...spans, ...this.#queue];
    } else this.#droppedFor.rejected += spans.length;
  }

  async #request(bytes: Batch['body'], keepalive: boolean): Promise<Response> {
    const { url, headers, credentials = 'same-origin', timeout = 10_000 } = this.#options;
    const all = new Headers(await (typeof headers === 'function' ? headers() : headers));
    all.set('content-type', 'application/json');
    const isPacked = !keepalive && (this.#options.gzip ?? isOwnOrigin(url)) && typeof CompressionStream === 'function';
    if (isPacked) all.set('content-encoding', 'gzip');
    const body = isPacked ? await packed(bytes) : bytes;
    const signal = AbortSignal.timeout(timeout);
    return this.#fetch(url, { method: 'POST', headers: all, body, keepalive, credentials, signal });
  }

  /** The `fetch` behind one that is traced: spans of our own requests would be sent by more of them, for ever. */
  get #fetch(): typeof fetch {
    let found: Traced = this.#options.fetch ?? globalThis.fetch;
    while (found.__original) found = found.__original;
    return (input, init) => found.call(undefined, input, init);
  }

  /** The page may be going away. What it leaves behind stays in the queue, in case it does not. */
  #sendNow(): void {
    if (this.status.isPaused || !this.#toOtlp) return;
    let left = KEEPALIVE;
    while (this.#queue.length) {
      const waiting = this.#queue;
      const batch = this.#takeBatch(left);
      if (!batch) continue;
      left -= batch.body.length;
      if (left < 0) {
        this.#queue = waiting;
        return;
      }
      this.#parting = Promise.all([this.#parting, this.#send(batch, true)]);
    }
  }
}

/** What stands for a `fetch` names it so, by a custom that OpenTelemetry's instrumentations began. */
type Traced = typeof fetch & { __original?: typeof fetch };

interface Batch {
  spans: Readonly<RecordedSpan>[];
  body: Uint8Array<ArrayBuffer>;
}

const packed = (bytes: Batch['body']): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

const isOwnOrigin = (url: string): boolean =>
  typeof location === 'object' && new URL(url, location.href).origin === location.origin;

const answerOf = ({ status }: Response): string => `The receiver answered ${status}.`;

/** Spans that a receiver took the rest without (`ExportTracePartialSuccess`). */
async function rejectedOf(response: Response): Promise<number> {
  try {
    const answer = (await response.json()) as { partialSuccess?: { rejectedSpans?: unknown } } | null;
    return Math.max(0, Number(answer?.partialSuccess?.rejectedSpans ?? 0)) || 0;
  } catch {
    // Many answer with nothing, or with protobuf.
    return 0;
  }
}
