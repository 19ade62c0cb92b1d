import { quietly } from '../quietly.js';
import type { SpanOptions, TracerSpan } from '../tracer-span.js';
import { absolute, type CallRoute } from './provider-route.js';
import type { BodyRecord } from './read-through.js';

/** What an integration of an HTTP client takes. */
export interface HttpCaptureOptions {
  /** Whose API it is (`gen_ai.provider.name`). Told by the address where not given. */
  provider?: string;
  /**
   * Milliseconds after which the span of an answer ends that nobody reads: a stream that was asked for and left. What is
   * read later still reaches the application, and is not recorded. Five minutes where not given.
   */
  idleLimit?: number;
}

/** A request as a client sends it. */
export interface HttpCall {
  method: string;
  url: string;
  headers: HeadersInit | undefined;
  body: unknown;
  signal?: AbortSignal | null | undefined;
}

/** Begins the span of a call. `retryOf` is the failed attempt that the call repeats. */
export type SpanFactory = (name: string, options: SpanOptions, retryOf: TracerSpan | undefined) => TracerSpan;

export interface HttpCaptureSetup extends HttpCaptureOptions {
  start: SpanFactory;
  /** What a request is. Requests that are nothing are not recorded. */
  describe: (call: HttpCall, url: URL) => CallRoute | undefined;
  /** Which attempt of its call a request is: 0, 1, … Told by a header of the client where not given. */
  attemptOf?: (call: HttpCall) => number;
}

/** One request: a call, or one attempt of a call that the client repeats. Times are `performance.now()`. */
export interface Attempt {
  readonly span: TracerSpan;
  /** What attempts of one call have in common. */
  readonly key: string;
  readonly count: number;
  readonly url: URL;
  /** Whether the application said whose API it is. */
  readonly isProviderGiven: boolean;
  readonly request: unknown;
  readonly kind: CallRoute['kind'];
  readonly signal: AbortSignal | undefined;
  readonly begun: number;
}

/** What is known of an answer before its body is. */
export interface AnswerHead {
  readonly status: number;
  /** Its media type, with parameters. */
  readonly type: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const IDLE_LIMIT = 5 * 60_000;

/** Failed attempts that are remembered, for the retry that may come. */
const MOST_FAILED = 16;

/** Where the clients that Stainless makes (OpenAI, Anthropic and others) say which attempt it is: 0, 1, … */
const RETRY_COUNT = 'x-stainless-retry-count';

/** Milliseconds that an application is made to wait for what reads its answers. Without, they are not recorded. */
const PATIENCE = 1000;

// Loaded with the first call: what reads bodies is several times the size of what records requests.
const loadReader = (): Promise<typeof import('./read-answer.js')> => import('./read-answer.js');

type Stream = typeof import('./read-through.js');
let stream: Stream | undefined;

async function loadStream(): Promise<void> {
  stream ??= await import('./read-through.js');
}

/**
 * Records the calls of one HTTP client. Each attempt is a span of its own; what a client sees is what it would see
 * without: the same bytes at the same time, the same errors, the same addresses.
 */
export class HttpCapture {
  readonly #setup: HttpCaptureSetup;
  readonly #failed: Attempt[] = [];

  constructor(setup: HttpCaptureSetup) {
    this.#setup = setup;
  }

  /** Sends a request, and gives back what `send` gives, its body read through us. */
  send(call: HttpCall, send: () => Promise<Response>): Promise<Response> {
    const attempt = quietly(() => this.#begin(call));
    if (!attempt) return send();
    const failed = (error: unknown): never => {
      quietly(() => this.#end(attempt, undefined, { ...NOTHING, reason: 'failed', error }));
      throw error;
    };
    const loading = loadStream().catch(() => {});
    let sent: Promise<Response>;
    try {
      sent = Promise.resolve(send());
    } catch (error) {
      return failed(error);
    }
    return sent.then(async (response) => {
      if (!stream) await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
      return this.#stand(attempt, response);
    }, failed);
  }

  #begin(call: HttpCall): Attempt | undefined {
    const url = absolute(call.url);
    const route = this.#setup.describe(call, url);
    if (!route) return undefined;
    const request = requestOf(call.body);
    const count = (this.#setup.attemptOf ?? byHeader)(call);
    const key = `${url.href} ${typeof call.body === 'string' ? call.body : ''}`;
    const earlier = count > 0 ? this.#takeFailed(key, count - 1) : undefined;
    const said = request as { model?: unknown; stream?: unknown } | undefined;
    const model = typeof said?.model === 'string' ? said.model : route.model;
    const provider = this.#setup.provider ?? route.provider;
    const isStream = said?.stream === true || url.pathname.includes(':stream');
    const { operation, kind } = route;
    const options: SpanOptions = {
      kind,
      input: request,
      ...(model !== undefined && { model }),
      ...(provider !== undefined && { provider }),
      attributes: {
        'gen_ai.operation.name': operation,
        ...(model !== undefined && { 'gen_ai.request.model': model }),
        ...(isStream && { 'gen_ai.request.stream': true }),
        'http.request.method': call.method,
        'server.address': url.hostname,
        ...(count > 0 && { 'http.request.resend_count': count }),
        ...(earlier && { 'llm_trace.retry_of': earlier.span.id }),
      },
    };
    const begun = performance.now();
    const span = this.#setup.start(model === undefined ? operation : `${operation} ${model}`, options, earlier?.span);
    if (!span.isRecording) return undefined;
    loadReader().catch(() => {});
    const isProviderGiven = this.#setup.provider !== undefined;
    return { span, key, count, url, isProviderGiven, request, kind, signal: call.signal ?? undefined, begun };
  }

  #takeFailed(key: string, count: number): Attempt | undefined {
    const at = this.#failed.findIndex((attempt) => attempt.key === key && attempt.count === count);
    return at < 0 ? undefined : this.#failed.splice(at, 1)[0];
  }

  /** The response that the application gets: one in place of the original where there can be. */
  #stand(attempt: Attempt, response: Response): Response {
    const head = headOf(response);
    const idleLimit = this.#setup.idleLimit ?? IDLE_LIMIT;
    const options = { keep: !BINARY.test(head.type), idleLimit, ended: this.#ender(attempt, head) };
    const stand = quietly(() => stream?.readThrough(response, options));
    if (!stand) quietly(() => this.#end(attempt, head, NOTHING));
    return stand ?? response;
  }

  /** Made apart from where the response is in sight: what is held by it must not hold the response. */
  #ender(attempt: Attempt, head: AnswerHead): (record: BodyRecord) => void {
    return (record) => this.#end(attempt, head, record);
  }

  #end(attempt: Attempt, head: AnswerHead | undefined, body: BodyRecord): void {
    if (body.reason === 'failed') attempt.span.recordException(body.error);
    if (head === undefined || head.status >= 400) {
      this.#failed.push(attempt);
      if (this.#failed.length > MOST_FAILED) this.#failed.shift();
    }
    // Asked now: clients abort what has failed. One that goes away may have aborted first (openai 7): that is no failure.
    const isAborted = body.reason === 'failed' && attempt.signal?.aborted === true;
    const ended = { ...attempt, head, body, isAborted, ended: performance.now() };
    attempt.span.endAfter(async () => (await loadReader()).recordAnswer(ended));
  }
}

/** The record of a body that was not seen. */
const NOTHING: BodyRecord = { pieces: [], size: 0, reason: 'completed', error: undefined };

/** What can be said of an answer that may be anything: functions that stand for `fetch` give what they like. */
function headOf(response: Response): AnswerHead {
  const headers = quietly(() => [...response.headers]) ?? [];
  const [, type = ''] = headers.find(([name]) => name === 'content-type') ?? [];
  return { status: quietly(() => response.status) ?? 0, type, headers };
}

const byHeader = ({ headers }: HttpCall): number => Number(new Headers(headers).get(RETRY_COUNT) ?? 0);

/** Bodies whose bytes say nothing to a reader of traces. */
const BINARY = /^(?:audio|image|video|font)\/|^application\/(?:octet-stream|zip|pdf)/;

/** What a request says: JSON where it is JSON, the fields of a form, else what can be said of it without reading it. */
function requestOf(body: unknown): unknown {
  if (typeof body === 'string') return quietly(() => JSON.parse(body) as unknown) ?? body;
  if (body instanceof FormData || body instanceof URLSearchParams) return Object.fromEntries<unknown>(body);
  if (body instanceof ReadableStream) return '[a stream]';
  return body ?? undefined;
}

/** The functions that were put in place of a `fetch`, and what they stand for. */
const originals = new WeakMap<object, typeof fetch>();

/** The `fetch` behind a traced one: a call is to be recorded once. */
export const untraced = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => originals.get(fetch) ?? fetch;

/** A `fetch` whose calls are recorded. */
export function capturedFetch(given: typeof globalThis.fetch, capture: HttpCapture): typeof globalThis.fetch {
  const fetch = untraced(given);
  const traced: typeof globalThis.fetch = (input, init) => {
    const call = quietly(() => callOf(input, init));
    // Browsers want their `fetch` called on nothing.
    const send = (): Promise<Response> => fetch.call(undefined, input, init);
    return call ? capture.send(call, send) : send();
  };
  originals.set(traced, fetch);
  // By this custom, which OpenTelemetry's instrumentations began, exporters find the one that records nothing.
  Object.assign(traced, { __original: fetch });
  return traced;
}

function callOf(input: RequestInfo | URL, init: RequestInit | undefined): HttpCall {
  const request = input instanceof Request ? input : undefined;
  return {
    method: (init?.method ?? request?.method ?? 'GET').toUpperCase(),
    url: input instanceof Request ? input.url : String(input),
    headers: init?.headers ?? request?.headers,
    // The body of a `Request` can only be read once, and not by us.
    body: init?.body ?? (request?.body ? '[the body of a Request]' : undefined),
    signal: init?.signal ?? request?.signal,
  };
}
